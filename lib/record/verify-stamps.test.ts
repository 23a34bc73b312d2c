import { beforeAll, expect, test } from "vitest";
import type { Ceremony, Mark } from "#lib/ceremony/ceremony";
import { canonical, type Json } from "#lib/log/canonical";
import { base64url, sha256Hex, utf8 } from "#lib/log/digest";
import { WrittenAuthority } from "#lib/pdf/written-authority.under-test";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { verifyStamps } from "./verify-stamps";

// How late a stamp may be, and whose word it is where authorities took turns. What OpenSSL's authority answers is in the integration test.

let first: WrittenAuthority;
let second: WrittenAuthority;
beforeAll(async () => {
  [first, second] = await Promise.all([WrittenAuthority.make("First stamps"), WrittenAuthority.make("Second stamps")]);
});

const AT = "2026-11-01T10:00:00.000Z";
const MINUTE = 60_000;
const sha = ({ root }: WrittenAuthority) => sha256Hex(root);

/** An entry of weight for each list of stamps over it: by whom, and how long after it. */
async function judged(over: readonly (readonly (readonly [WrittenAuthority, number])[])[], anchors = [first, second], good: readonly string[] = [], revoked = new Map<string, number>()) {
  const entries = over.map((_, i) => utf8(`{"an":"entry","number":${String(i)}}`));
  const weighty = [...entries];
  const marks: Mark[] = [];
  for (const [seq, stamps] of over.entries()) {
    const had: Mark["stamps"][number][] = [];
    for (const [by, late] of stamps) {
      const token = base64url(await by.token(weighty[seq] ?? utf8(""), new Date(Date.parse(AT) + late)));
      const authority = by === first ? "first" : "second";
      had.push({ authority, seq: entries.length, at: "" });
      const entry = { v: "claviger/entry/v1", ceremony: "c-1", seq: entries.length, at: AT, by: "recorder", kind: "time-stamped" };
      entries.push(canonical({ ...entry, body: { entry: seq, authority, token }, prev: "00".repeat(32), signature: "AA" } satisfies Json));
    }
    marks.push({ of: seq === 0 ? "opening" : "key", seq, hash: "", at: AT, stamps: had, missed: [] });
  }
  const { checks, authorities } = await verifyStamps(entries, { marks } as unknown as Ceremony, anchors.map(({ root }) => root), verifier, { good, revoked });
  return { ok: checks.every(({ ok }) => ok), said: checks[0]?.reason ?? "", authorities };
}

test("a stamp within a quarter of an hour vouches for the time of its entry", async () => {
  expect(await judged([[[first, 15 * MINUTE]]])).toMatchObject({ ok: true, authorities: [sha(first)] });
});
test("[STAMP-TIME] a stamp years after its entry says nothing of when that was written: it is named, and nobody vouches", async () => {
  const years = await judged([[[first, 1000]], [[first, 800 * 24 * 60 * MINUTE]]]);
  expect(years).toMatchObject({ ok: true, authorities: [] });
  expect(years.said).toMatch(/entry 2 \(key\) at 2029-01-09T\S+ by [^;]*, stamped only 800 days later, which vouches for no time, whom you trust\. /);
  expect((await judged([[[first, 16 * MINUTE]]])).said).toContain("stamped only 16 minutes later");
  expect((await judged([[[first, 5 * 60 * MINUTE]]])).said).toContain("stamped only 5 hours later");
});
test("another authority's stamp in time stands for one that came late", async () => {
  expect(await judged([[[first, 90 * MINUTE], [second, 1000]]])).toMatchObject({ authorities: [sha(second)] });
});
test("only who stamped every entry vouches for all; where nobody did, it is said that they share it", async () => {
  const one = await judged([[[first, 1000], [second, 1000]], [[second, 1000]]]);
  expect(one.authorities).toEqual([sha(second)]);
  expect(one.said).not.toContain("together");
  const turns = await judged([[[first, 1000]], [[second, 1000]]]);
  expect(turns.authorities).toEqual([sha(first), sha(second)]);
  expect(turns.said).toContain("None of those whom you trust stamped all of them: they vouch for them together.");
  expect((await judged([[[first, 1000]], [[second, 1000]]], [first])).authorities).toEqual([]);
});
test("an authority of whose certificate nothing shows that it was not revoked is named, and so is one of whose something does", async () => {
  const signer = (of: WrittenAuthority) => sha256Hex(of.certificate);
  const none = await judged([[[first, 1000]]]);
  expect(none).toMatchObject({ ok: true, authorities: [sha(first)] });
  expect(none.said).toMatch(/ Nothing in this file shows that it was not revoked: the certificate of CN=Test authority\.$/);
  const one = await judged([[[first, 1000], [second, 1000]]], [first, second], [signer(second)]);
  expect(one.said).toMatch(/ Shown not to have been revoked: the certificate of [^.]+\. Nothing in this file shows that it was not revoked: the certificate of [^.]+\.$/);
  expect((await judged([[[first, 1000]]], [first], [signer(first)])).said).not.toContain("Nothing in this file");
});
test("an authority that was revoked after the seal was over its stamps is said to be, with the time", async () => {
  const revoked = new Map([[sha256Hex(first.certificate), Date.parse(AT)]]);
  const { ok, said } = await judged([[[first, 1000]]], [first], [], revoked);
  expect(ok).toBe(true);
  expect(said).toMatch(/ Revoked on 2026-11-01T10:00:00\.000Z, after the seal was over its stamps: the certificate of CN=Test authority\.$/);
});
