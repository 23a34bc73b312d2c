import { afterAll, beforeAll, expect, test } from "vitest";
import { canonical, type Json } from "#lib/log/canonical";
import { base64url, sha256Hex, utf8 } from "#lib/log/digest";
import type { Ceremony } from "#lib/ceremony/ceremony";
import { timeStampClient } from "#lib/pdf/time-stamp-client";
import { TimeStampAuthority } from "#lib/pdf/time-stamp-authority.under-test";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { readTimeStamp } from "./time-stamp";
import { verifyStamps } from "./verify-stamps";

// Tokens of real authorities over an entry. That each is over the entry that the transcript names, and that its time can be, the
// rule book has decided before (lib/ceremony/admit-stamps.test.ts).

let first: TimeStampAuthority;
let second: TimeStampAuthority;
/** Another authority that calls itself what the first is called. */
let impostor: TimeStampAuthority;
beforeAll(async () => {
  const start = (name: string) => TimeStampAuthority.start(name);
  [first, second, impostor] = await Promise.all([start("First stamps"), start("Second stamps"), start("First stamps")]);
});
afterAll(async () => {
  await Promise.all([first, second, impostor].map((one) => one.stop()));
});

const stamped = utf8('{"an":"entry"}');
const tokenBy = (authority: TimeStampAuthority, data = stamped) => timeStampClient({ url: authority.url, verifier })(data);
const bent = (token: Uint8Array) => Uint8Array.from(token, (byte, i) => (i === token.length - 3 ? byte ^ 1 : byte));

/** What is said of a transcript whose first entry is stamped by these. */
async function judged(tokens: readonly Uint8Array[], anchors: readonly TimeStampAuthority[], more: Partial<Ceremony["marks"][number]> = {}) {
  const authority = (i: number) => (i === 0 ? "first" : "second");
  const entries = tokens.map((token, i) => ({
    ...{ v: "claviger/entry/v1", ceremony: "c-1", seq: i + 1, at: "2026-11-22T10:00:00.000Z", by: "recorder", kind: "time-stamped" },
    ...{ body: { entry: 0, authority: authority(i), token: base64url(token) }, prev: "00".repeat(32), signature: "AA" },
  }));
  const stamps = tokens.map((_, i) => ({ authority: authority(i), seq: i + 1, at: "" }) as const);
  const mark = { of: "opening", seq: 0, hash: sha256Hex(stamped), at: new Date().toISOString(), stamps, missed: [], ...more } as const;
  const bytes = [stamped, ...entries.map((entry) => canonical(entry as unknown as Json))];
  const { checks, authorities } = await verifyStamps(bytes, { marks: [mark] } as unknown as Ceremony, anchors.map(({ root }) => root), verifier);
  return { said: checks[0]?.reason ?? "", ok: checks.every(({ ok }) => ok), trusted: authorities };
}
const named = (...authorities: TimeStampAuthority[]) => authorities.map(({ root }) => sha256Hex(root));

test("says who stamped what and when, and whom of them is trusted", async () => {
  const tokens = [await tokenBy(first), await tokenBy(second)];
  expect(await judged(tokens, [first, second])).toMatchObject({ ok: true, trusted: named(first, second) });
  const one = await judged(tokens, [second]);
  expect(one).toMatchObject({ ok: true, trusted: named(second) });
  expect(one.said).toMatch(/entry 1 \(opening\) at \S+Z by CN=Test authority, policy [\d.]+, of whom you brought nothing; .*, whom you trust\. Nothing in this file shows/);
});
test("nobody is trusted where nothing was brought, and nothing is said where nothing was stamped", async () => {
  expect(await judged([await tokenBy(first)], [])).toMatchObject({ ok: true, trusted: [] });
  expect(await judged([], [first])).toEqual({ said: "", ok: true, trusted: [] });
});
test("an entry without a stamp is named, and then nobody vouches for all of them", async () => {
  const bare = { of: "key", seq: 7, hash: "", at: "", stamps: [], missed: [] } as const;
  const token = await tokenBy(first);
  const entry = { v: "claviger/entry/v1", ceremony: "c-1", seq: 1, at: "2026-11-22T10:00:00.000Z", by: "recorder", kind: "time-stamped" };
  const bytes = canonical({ ...entry, body: { entry: 0, authority: "first", token: base64url(token) }, prev: "00".repeat(32), signature: "AA" });
  const mark = { ...bare, of: "opening", seq: 0, at: new Date().toISOString(), stamps: [{ authority: "first", seq: 1, at: "" }] } as const;
  const { checks, authorities } = await verifyStamps([stamped, bytes], { marks: [mark, bare] } as unknown as Ceremony, [first.root], verifier);
  expect(checks[0]?.reason).toContain("Not stamped: entry 8 (key).");
  expect(authorities).toEqual([]);
});

test("refuses a stamp over other data, one whose signature was bent, and one that is not there", async () => {
  expect((await judged([await tokenBy(first, utf8("another entry"))], [first])).said).toContain("it was made for other data");
  expect((await judged([bent(await tokenBy(first))], [first])).said).toContain("its signature does not verify");
  expect((await judged([], [first], { stamps: [{ authority: "first", seq: 9, at: "" }] })).said).toContain("it is not there");
});
test("refuses a chain that has the names of the one that is trusted, and another key", async () => {
  const forged = await judged([await tokenBy(impostor)], [first]);
  expect(forged).toMatchObject({ ok: false, trusted: [] });
  expect(forged.said).toContain("the trust anchor's key did not sign it");
  // The renewed certificate of an authority has its name too: whoever brings both trusts both.
  expect(await judged([await tokenBy(impostor)], [first, impostor])).toMatchObject({ ok: true, trusted: named(impostor) });
});
test("refuses a certificate that is not for time stamping alone", async () => {
  const token = await tokenBy(first);
  // The purpose of the certificate inside the token is turned into another: its bytes are signed by nobody then.
  const purpose = Buffer.from("06082b06010505070308", "hex");
  const at = Buffer.from(token).indexOf(purpose) + purpose.length - 1;
  const other = Uint8Array.from(token, (byte, i) => (i === at ? 0x04 : byte));
  expect(readTimeStamp(other).signed.signer.extendedKeyUsage?.purposes).toEqual(["1.3.6.1.5.5.7.3.4"]);
  expect((await judged([other], [first])).said).toContain("its certificate is not for time stamping alone");
});
