import { beforeAll, expect, test } from "vitest";
import { sha256Hex } from "#lib/log/digest";
import { drawnEdition } from "#lib/pdf/drawn-edition";
import { Organisation, RECORDER_NAMED } from "#lib/pdf/organisation.under-test";
import { WrittenAuthority } from "#lib/pdf/written-authority.under-test";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { redacted } from "./redact";
import { SealedRecord } from "./sealed-record.under-test";
import { verifyFile } from "./verify-file";

// Whoever still has the recorder's key when the organisation's certificate of it has ended can date an entry back. An authority's clock cannot be.

const BEGINS = Date.parse("2026-01-06T09:00:00.000Z");
const after = (seconds: number) => new Date(BEGINS + seconds * 1000);
let root: Organisation;
let authority: WrittenAuthority;
beforeAll(async () => {
  [root, authority] = await Promise.all([Organisation.make(), WrittenAuthority.make()]);
}, 60_000);

/** An edition of a ceremony whose entries begin at nine and were stamped a hundred seconds later, under a certificate that ends then. */
async function edition(notAfter: Date, stamped = true): Promise<{ readonly file: Uint8Array; readonly us: SealedRecord }> {
  const us = await SealedRecord.make(undefined, [], async ({ spki, certificate: own }, memory) => {
    const { certificate, chain } = await root.certify(spki, own, { notAfter });
    memory.keepOrganisationChain([certificate, ...chain.slice(0, -1)]);
    const timeStamps = stamped ? [(data: Uint8Array) => authority.token(data, after(100))] : [];
    return { organisation: { root: sha256Hex(root.certificate), name: RECORDER_NAMED }, timeStamps };
  });
  const made = redacted(us.transcript, ({ kind }) => kind === "names");
  if (!made.ok) throw new Error(made.refusal.sentence);
  const withheld = made.value.withheld.map(({ entry, at }) => ({ entry, at }));
  const told = { ceremony: us.ceremony.id, head: us.ceremony.head.hash, record: sha256Hex(us.pdf), withheld };
  const file = await drawnEdition({ transcript: made.value.transcript, ceremony: us.ceremony, edition: told, logProof: null, verifierPage: null });
  return { file, us };
}
const judged = async (file: Uint8Array, timeStampAnchors = [authority.root], recorder: Uint8Array | null = null) => {
  const trusted = recorder ?? { organisation: root.certificate, name: RECORDER_NAMED };
  const { verdict, checks, conclusions, limits } = await verifyFile(file, trusted, { verifier, inflate, mode: "rehearsal", timeStampAnchors });
  const bad = checks.find(({ ok }) => !ok);
  return { verdict, bad: bad ? `${bad.name}: ${bad.reason}` : null, follows: conclusions.filter(({ holds, restsOn }) => holds && restsOn.length > 0).map(({ name }) => name), limits };
};
const UNTIMED = "No authority you trust says that the certificate of the recorder's key was still valid when the transcript was written";

test("[organisation] accepts an edition whose entries were first stamped while the certificate was good", async () => {
  const { file } = await edition(after(3600));
  const said = await judged(file);
  expect(said).toMatchObject({ verdict: "good-redacted", bad: null });
  expect(said.limits.join()).not.toContain(UNTIMED);
}, 60_000);

test("[organisation] refuses one that says it began in time and was first stamped when the certificate had ended: nothing follows from it", async () => {
  const { file, us } = await edition(after(30));
  const { verdict, bad, follows } = await judged(file);
  expect([verdict, follows]).toEqual(["bad", []]);
  expect(bad).toContain("organisation: An authority you trust first stamped the transcript at 2026-01-06T09:01:40.000Z. The certificate of the recorder's key was then not");
  // Whoever knows the recorder by itself trusts no certificate that can end.
  const byItself = await judged(file, undefined, us.certificate);
  expect(byItself).toMatchObject({ verdict: "good-redacted", bad: null });
  expect(byItself.limits.join()).not.toContain(UNTIMED);
  // A stamp of which the auditor trusts nobody moves nothing, as of a seal: the verdict then says whose word the times are.
  const untrusted = await judged(file, []);
  expect(untrusted).toMatchObject({ verdict: "good-redacted", bad: null });
  expect(untrusted.limits.join()).toContain(UNTIMED);
  expect(untrusted.follows).toContain("only-withheld");
}, 60_000);

test("[organisation] says of one that nobody stamped that its dates are the word of whoever has the recorder's key", async () => {
  const { file } = await edition(after(30), false);
  const said = await judged(file);
  expect(said).toMatchObject({ verdict: "good-redacted", bad: null });
  expect(said.limits.join()).toContain(UNTIMED);
}, 60_000);
