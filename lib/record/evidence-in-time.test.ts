import { beforeAll, expect, test } from "vitest";
import { utf8 } from "#lib/log/digest";
import { gatherEvidence } from "#lib/pdf/gather-evidence";
import { WrittenAuthority } from "#lib/pdf/written-authority.under-test";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { der, derSequence } from "#lib/x509/der-writer";
import { OID } from "#lib/x509/object-identifiers";
import { context } from "#lib/x509/der";
import { archiveFault } from "./archive-stamps";
import { readTimeStamp } from "./time-stamp";

// Whether evidence is of the time for which it is to speak. Who may have signed it is in forged-answers.integration.test.ts.

let authority: WrittenAuthority;
beforeAll(async () => {
  authority = await WrittenAuthority.make();
});

const HOUR = 3_600_000;
/** When the stamp over the evidence was made. */
const COVERED = Date.parse("2027-06-01T12:00:00Z");
const hours = (n: number) => new Date(COVERED + n * HOUR);

async function inRecord(evidence: { revocationLists?: Uint8Array[]; responses?: Uint8Array[] }): Promise<string | null> {
  const over = utf8("over all");
  const stamp = readTimeStamp(await authority.token(utf8("before"), hours(-9000)));
  const token = await authority.token(over, hours(0));
  const revision = { kind: "stamp", certificates: [], revocationLists: [], responses: [], ...evidence, token, stamped: over } as const;
  return archiveFault([revision], { stamp, certificates: [] }, { verifier, anchors: [authority.root] });
}

test("[archive] accepts the revocation list that was the newest when it was covered", async () => {
  expect(await inRecord({ revocationLists: [await authority.list(hours(-200), hours(1))] })).toBeNull();
  expect(await inRecord({ revocationLists: [await authority.list(hours(-23), null)] })).toBeNull();
});
test("[archive] refuses last year's list, on which nobody stands who was revoked since", async () => {
  const why = "archive time stamp 1: a revocation list in its evidence was no longer the newest at the stamp over it";
  expect(await inRecord({ revocationLists: [await authority.list(hours(-8760), hours(-8000))] })).toBe(why);
  expect(await inRecord({ revocationLists: [await authority.list(hours(-25), null)] })).toBe(why);
});
test("last year's list is not gathered either, and that there was no newer one is said", async () => {
  const certificate = readCertificate(authority.certificate);
  const address = der(context(6, false), utf8("http://lists.test/list"));
  const point = derSequence(derSequence(der(context(0), der(context(0), address))));
  const extensions = new Map([...certificate.extensions, [OID.cRLDistributionPoints, { critical: false, value: point }]]);
  const gathered = async (list: Uint8Array) => gatherEvidence([[{ ...certificate, extensions }]], {
    ...{ verifier, anchors: [readCertificate(authority.root)], now: () => hours(0), fetchList: () => Promise.resolve(list) },
    askResponder: () => Promise.reject(new Error("nobody")),
  });
  expect((await gathered(await authority.list(hours(-2), hours(1)))).evidence.revocationLists).toHaveLength(1);
  const { evidence, without } = await gathered(await authority.list(hours(-8760), hours(-8000)));
  expect(evidence.revocationLists).toEqual([]);
  expect(without.join()).toContain("is not to be believed: there has to be a newer one");
});

const answer = (producedAt: number, until: Date) =>
  authority.response({ producedAt: hours(producedAt), thisUpdate: hours(-2), nextUpdate: hours(2) }, { notAfter: until });
test("[archive] accepts the answer of a responder whose certificate is good when it is covered", async () => {
  expect(await inRecord({ responses: [await answer(-1, hours(1))] })).toBeNull();
});
test("[archive] refuses an answer dated back into the life of its responder's certificate, and one from before what it tells", async () => {
  expect(await inRecord({ responses: [await answer(-1, hours(-0.5))] })).toContain("the OCSP responder's certificate was not valid");
  expect(await inRecord({ responses: [await answer(-3, hours(9))] })).toContain("was made before what it says was known");
  expect(await inRecord({ responses: [await answer(1, hours(9))] })).toContain("a time that has not come");
});

// RFC 6960 clause 2.4: where nextUpdate is not set, the responder always has something newer. Judged by the stamp over it, never by today.
const endless = (known: number) => authority.response({ producedAt: hours(known), thisUpdate: hours(known), nextUpdate: null }, { notAfter: hours(9) });
test("[archive] accepts an answer without an end of its own that was of the day on which it was covered, however long ago that is", async () => {
  expect(await inRecord({ responses: [await endless(-23)] })).toBeNull();
});
test("[archive] refuses one without an end of its own that was older than a day when it was covered", async () => {
  expect(await inRecord({ responses: [await endless(-25)] })).toBe("archive time stamp 1: the OCSP response was no longer good");
});
