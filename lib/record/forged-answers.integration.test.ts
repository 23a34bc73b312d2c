import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sameBytes, utf8 } from "#lib/log/digest";
import { gatherEvidence } from "#lib/pdf/gather-evidence";
import { askOcspResponder, fetchRevocationList } from "#lib/pdf/revocation-client";
import { TimeStampAuthority } from "#lib/pdf/time-stamp-authority.under-test";
import { timeStampClient } from "#lib/pdf/time-stamp-client";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { answerFor, ocspFault, ocspRequest, readOcspResponse } from "#lib/x509/ocsp";
import { archiveFault } from "./archive-stamps";
import { readTimeStamp, type TimeStamp } from "./time-stamp";

// Answers of OpenSSL's responder, each believed or not: by who gathers them, and by who reads them out of a record years later.

let authority: TimeStampAuthority;
/** The same name, other keys. */
let impostor: TimeStampAuthority;
let stranger: TimeStampAuthority;
let stamp: TimeStamp;
let certificate: Certificate;
let issuer: Certificate;
beforeAll(async () => {
  const start = (name: string) => TimeStampAuthority.start(name, { responder: true });
  [authority, impostor, stranger] = await Promise.all([start("Answered stamps"), start("Answered stamps"), start("Strange stamps")]);
  stamp = readTimeStamp(await timeStampClient({ url: authority.url, verifier })(utf8("before")));
  certificate = stamp.signed.signer;
  issuer = readCertificate(authority.root);
});
beforeEach(() => Object.assign(authority.responding, { by: "responder", serial: null, minutes: 10 }));
afterAll(async () => {
  await Promise.all([authority, impostor, stranger].map((one) => one.stop()));
});

const asked = () => Uint8Array.from(authority.answerOcsp(Buffer.from(ocspRequest(certificate, issuer))));
/** Why the one who reads the record does not believe it; null where they do. The stamp over it is of now. */
async function inRecord(response: Uint8Array, more: { lists?: Uint8Array[]; certificates?: Uint8Array[] } = {}, at = 0): Promise<string | null> {
  const over = utf8("over all");
  const token = await timeStampClient({ url: authority.url, verifier })(over);
  const { certificates = [], lists = [] } = more;
  const revision = { kind: "stamp", certificates, revocationLists: lists, responses: [response], token, stamped: over } as const;
  return archiveFault([revision], { stamp: { ...stamp, at: stamp.at + at }, certificates: [] }, { verifier, anchors: [authority.root] });
}
const gathered = () =>
  gatherEvidence([stamp.signed.certificates], { verifier, anchors: [issuer], fetchList: fetchRevocationList, askResponder: askOcspResponder, now: () => new Date() });

test("by the authority itself and by who it appointed: believed, and put into the record", async () => {
  for (const by of ["root", "responder"] as const) {
    authority.responding.by = by;
    expect(await inRecord(asked())).toBeNull();
    expect((await gathered()).evidence.responses).toHaveLength(1);
  }
  const { evidence, without } = await gathered();
  expect(without).toEqual([]);
  // OpenSSL puts the root into the token: nothing more is needed.
  expect(evidence.certificates).toEqual([]);
  expect(answerFor(readOcspResponse(evidence.responses[0] ?? new Uint8Array()), certificate, issuer)).toMatchObject({ revokedAt: null });
});

const refused: readonly [string, () => void, string][] = [
  ["the responder of another authority", () => (authority.responding.by = stranger), "the OCSP responder is another authority's"],
  ["the responder of another authority with the same name", () => (authority.responding.by = impostor), "the OCSP responder's certificate is not the authority's"],
  ["a certificate of the authority that may not answer for it", () => (authority.responding.by = "tsa"), "the OCSP responder may not answer for the authority"],
];
test.each(refused)("by %s: not believed by either", async (_, make, why) => {
  make();
  const response = asked();
  expect(await inRecord(response)).toBe(`archive time stamp 1: ${why}`);
  const { evidence, without } = await gathered();
  expect(evidence.responses).toEqual([]);
  expect(without.join()).toContain(why);
});

test("an impostor's own authority beside it in the record, by name the true one: not believed", async () => {
  const request = Buffer.from(ocspRequest(certificate, readCertificate(impostor.root)));
  expect(await inRecord(Uint8Array.from(impostor.answerOcsp(request)), { certificates: [impostor.root] })).toContain("that nothing asks for");
});

test("about another certificate: not believed", async () => {
  authority.responding.serial = "8";
  // Serial number 8 is none the authority knows; what is asked for is not it in any case.
  expect(() => readOcspResponse(asked())).toThrow("does not know the certificate");
  const other = { ...certificate, serial: Uint8Array.of(9) };
  expect(answerFor(readOcspResponse((Object.assign(authority.responding, { serial: null }), asked())), other, issuer)).toBeNull();
  expect(await inRecord(Uint8Array.from(stranger.answerOcsp(Buffer.from(ocspRequest(certificate, readCertificate(stranger.root))))))).toContain("that nothing asks for");
});

test("with any bit of it changed: not believed", async () => {
  const good = asked();
  for (let at = 40; at < good.length; at += 37) {
    const bent = Uint8Array.from(good, (byte, i) => (i === at ? byte ^ 4 : byte));
    const judged = async () => {
      const response = readOcspResponse(bent);
      return answerFor(response, certificate, issuer) === null ? "about another" : ocspFault(response, issuer, Date.now(), verifier);
    };
    expect(await judged().catch((fault: unknown) => String(fault)), `byte ${String(at)}`).not.toBeNull();
  }
});

test("older than it says it is good for, from a time to come, and without a signature: not believed", async () => {
  const response = readOcspResponse(asked());
  const hour = 3_600_000;
  expect(await ocspFault(response, issuer, Date.now(), verifier)).toBeNull();
  expect(await ocspFault(response, issuer, Date.now() + hour, verifier)).toContain("no longer good");
  expect(await ocspFault(response, issuer, Date.now() - hour, verifier)).toContain("a time that has not come");
  expect(await ocspFault({ ...response, signature: new Uint8Array() }, issuer, Date.now(), verifier)).toContain("does not verify");
  // Sound in itself, and by a responder whose certificate it does not bring.
  expect(await ocspFault({ ...response, certificates: [] }, issuer, Date.now(), verifier)).toContain("signed by nobody it brings");
  expect(await ocspFault({ ...response, certificates: [...response.certificates, readCertificate(stranger.root)] }, issuer, Date.now(), verifier)).toContain("not in its path");
});

test("good, of a certificate that the authority's list calls revoked; and revoked, by the responder itself", async () => {
  const gone = await TimeStampAuthority.start("Answered stamps", { responder: true, lists: true });
  const token = readTimeStamp(await timeStampClient({ url: gone.url, verifier })(utf8("before")));
  const root = readCertificate(gone.root);
  const ask = () => Uint8Array.from(gone.answerOcsp(Buffer.from(ocspRequest(token.signed.signer, root))));
  const good = ask();
  gone.revoke();
  const list = Uint8Array.from(gone.list());
  const over = utf8("over all");
  const revision = { kind: "stamp", certificates: [], revocationLists: [], responses: [], token: await timeStampClient({ url: gone.url, verifier })(over), stamped: over } as const;
  const judged = (evidence: object) => archiveFault([{ ...revision, ...evidence }], { stamp: token, certificates: [] }, { verifier, anchors: [gone.root] });
  expect(await judged({ responses: [good] })).toBeNull();
  expect(await judged({ responses: [good], revocationLists: [list] })).toContain("was revoked before");
  expect(await judged({ responses: [ask()] })).toContain("was revoked before");
  await gone.stop();
});

test("what openssl itself makes of our question", () => {
  // It answered: it read the request. Its answer names the certificate as the request did.
  const { responses } = readOcspResponse(asked());
  expect(responses).toHaveLength(1);
  expect(responses[0]?.certId.hash).toBe("SHA-1");
  expect(sameBytes(responses[0]?.certId.serial ?? new Uint8Array(), certificate.serial)).toBe(true);
});
