import type { SignatureAlgorithm, SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes, sha256 } from "#lib/log/digest";
import { sha1 } from "#lib/log/sha1";
import { readCertificate, type Certificate } from "./certificate";
import { children, context, derElement, DerFields, oid, smallInteger, TAG, time, wholeBytes, type DerElement } from "./der";
import { derInteger, derNull, derOctets, derOid, derSequence } from "./der-writer";
import { Malformed, must } from "./malformed";
import { OID } from "./object-identifiers";
import { CLOCK_TOLERANCE_MS } from "./revocation-list";
import { signatureAlgorithm } from "./signature-algorithm";

/** What a responder says of one certificate (RFC 6960, SingleResponse). Times in milliseconds. */
export interface SingleResponse {
  certId: { hash: "SHA-1" | "SHA-256"; issuerName: Uint8Array; issuerKey: Uint8Array; serial: Uint8Array };
  /** When it was revoked; null: good. */
  revokedAt: number | null;
  thisUpdate: number;
  nextUpdate: number | null;
}

/** A successful basic response. Its certificates are unsigned: who they are is for `ocspFault` to say. */
export interface OcspResponse {
  der: Uint8Array;
  signed: Uint8Array;
  responder: { name: Uint8Array } | { key: Uint8Array };
  producedAt: number;
  responses: readonly SingleResponse[];
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
  certificates: readonly Certificate[];
}

/** A question about one certificate, without a nonce: most responders answer from a store. SHA-1 names are what all of them know. */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array {
  const algorithm = derSequence(derOid(OID.sha1), derNull());
  const certId = derSequence(algorithm, derOctets(sha1(issuer.subject)), derOctets(sha1(keyBits(issuer))), derInteger(certificate.serial));
  return derSequence(derSequence(derSequence(derSequence(certId))));
}

/** The key itself, without its algorithm: what RFC 6960 hashes. */
function keyBits({ spki }: Certificate): Uint8Array {
  const fields = DerFields.of(derElement(spki, TAG.sequence));
  fields.next(TAG.sequence);
  return wholeBytes(fields.next(TAG.bitString));
}

/** Throws `Malformed` unless the bytes are one successful basic response in DER, without critical extensions. */
export function readOcspResponse(bytes: Uint8Array): OcspResponse {
  const outer = DerFields.of(derElement(bytes, TAG.sequence));
  must(smallInteger(outer.next(TAG.enumerated), TAG.enumerated) === 0, "OCSP: the responder has no answer");
  const typed = DerFields.of(children(outer.next(context(0)), context(0))[0]);
  outer.end();
  must(oid(typed.next(TAG.oid)) === OID.ocspBasic, "OCSP: not a basic response");
  const basic = DerFields.of(derElement(typed.next(TAG.octetString).content, TAG.sequence));
  typed.end();
  const signed = basic.next(TAG.sequence);
  const algorithm = signatureAlgorithm(basic.next(TAG.sequence));
  const signature = wholeBytes(basic.next(TAG.bitString));
  const holder = basic.optional(context(0));
  basic.end();
  const [list] = holder ? children(holder, context(0)) : [];
  const certificates = list ? children(list, TAG.sequence).map(({ encoded }) => readCertificate(encoded)) : [];
  return { der: bytes, signed: signed.encoded, ...readData(signed), algorithm, signature, certificates };
}

function readData(signed: DerElement): Pick<OcspResponse, "responder" | "producedAt" | "responses"> {
  const fields = DerFields.of(signed);
  must(fields.optional(context(0)) === null, "OCSP: not of version 1");
  const name = fields.optional(context(1));
  const key = name ? null : fields.next(context(2));
  const producedAt = time(fields.next(TAG.generalizedTime));
  const responses = children(fields.next(TAG.sequence), TAG.sequence).map(readSingle);
  const extensions = fields.optional(context(1));
  fields.end();
  noCriticalIn(extensions ? children(extensions, context(1))[0] : null);
  const responder = name ? { name: name.content } : { key: derElement(key?.content ?? new Uint8Array(), TAG.octetString).content };
  return { responder, producedAt, responses };
}

function readSingle(element: DerElement): SingleResponse {
  const fields = DerFields.of(element);
  const certId = readCertId(fields.next(TAG.sequence));
  const good = fields.optional(context(0, false));
  const revoked = good ? null : fields.optional(context(1));
  must(good !== null || revoked !== null, "OCSP: the responder does not know the certificate");
  must(good === null || good.content.length === 0, "OCSP: a good that says more");
  const revokedAt = revoked ? time(DerFields.of(revoked, context(1)).next(TAG.generalizedTime)) : null;
  const thisUpdate = time(fields.next(TAG.generalizedTime));
  const next = fields.optional(context(0));
  const extensions = fields.optional(context(1));
  fields.end();
  noCriticalIn(extensions ? children(extensions, context(1))[0] : null);
  return { certId, revokedAt, thisUpdate, nextUpdate: next ? time(derElement(next.content, TAG.generalizedTime)) : null };
}

function readCertId(element: DerElement): SingleResponse["certId"] {
  const fields = DerFields.of(element);
  const algorithm = DerFields.of(fields.next(TAG.sequence));
  const named = oid(algorithm.next(TAG.oid));
  algorithm.optional(TAG.null);
  algorithm.end();
  must(named === OID.sha1 || named === OID.sha256, `OCSP: certificates named by ${named}`);
  const issuerName = fields.next(TAG.octetString).content;
  const issuerKey = fields.next(TAG.octetString).content;
  const serial = fields.next(TAG.integer).content;
  fields.end();
  return { hash: named === OID.sha1 ? "SHA-1" : "SHA-256", issuerName, issuerKey, serial };
}

function noCriticalIn(extensions: DerElement | null | undefined): void {
  for (const extension of extensions ? children(extensions, TAG.sequence) : []) {
    const fields = DerFields.of(extension);
    const id = oid(fields.next(TAG.oid));
    must(fields.optional(TAG.boolean)?.content[0] !== 0xff, `OCSP: critical extension ${id} is not known`);
  }
}

/** What the response says of that certificate, which that authority issued; null when it says nothing of it. */
export function answerFor(response: OcspResponse, certificate: Certificate, issuer: Certificate): SingleResponse | null {
  const found = response.responses.filter(({ certId }) => {
    const digest = certId.hash === "SHA-1" ? sha1 : sha256;
    const named = sameBytes(certId.issuerName, digest(issuer.subject)) && sameBytes(certId.issuerKey, digest(keyBits(issuer)));
    return named && sameBytes(certId.serial, certificate.serial);
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** How long an answer without an end of its own is new. */
const FRESH_MS = 24 * 60 * 60_000;

/**
 * Why the response says nothing of certificates of this authority at that time (milliseconds), or null. Signed by the authority itself,
 * or by somebody to whom it gave a certificate for that and no other authority did (RFC 6960 clause 4.2.2.2), which is good at that time:
 * when the response was made is the responder's own word. Not from the future, and not older than it says it is good for. A delegate's own
 * revocation is not asked: it would be asked of the delegate.
 */
export async function ocspFault(
  response: OcspResponse, issuer: Certificate, at: number, verifier: SignatureVerifier,
): Promise<string | null> {
  for (const { thisUpdate, nextUpdate } of response.responses) {
    if (Math.max(thisUpdate, response.producedAt) > at + CLOCK_TOLERANCE_MS) return "the OCSP response is from a time that has not come";
    if (response.producedAt < thisUpdate - CLOCK_TOLERANCE_MS) return "the OCSP response was made before what it says was known";
    if (at > (nextUpdate ?? thisUpdate + FRESH_MS) + CLOCK_TOLERANCE_MS) return "the OCSP response was no longer good";
  }
  const signer = isResponder(response, issuer) ? issuer : response.certificates.find((one) => isResponder(response, one));
  if (!signer) return "the OCSP response is signed by nobody it brings";
  if (!sameBytes(signer.der, issuer.der)) {
    const fault = await delegateFault(signer, issuer, at, verifier);
    if (fault !== null) return fault;
  }
  const strange = response.certificates.find(({ der }) => !sameBytes(der, signer.der) && !sameBytes(der, issuer.der));
  if (strange) return "the OCSP response brings a certificate that is not in its path";
  const genuine = await verifier.verify(response.algorithm, signer.spki, response.signed, response.signature);
  if (!genuine) return "the signature of the OCSP response does not verify";
  return null;
}

const isResponder = ({ responder }: OcspResponse, certificate: Certificate): boolean =>
  "name" in responder ? sameBytes(responder.name, certificate.subject) : sameBytes(responder.key, sha1(keyBits(certificate)));

async function delegateFault(
  delegate: Certificate, issuer: Certificate, at: number, verifier: SignatureVerifier,
): Promise<string | null> {
  if (!sameBytes(delegate.issuer, issuer.subject)) return "the OCSP responder is another authority's";
  const issued = await verifier.verify(delegate.algorithm, issuer.spki, delegate.signed, delegate.signature);
  if (!issued) return "the OCSP responder's certificate is not the authority's";
  if (!delegate.extendedKeyUsage?.purposes.includes(OID.ocspSigning)) return "the OCSP responder may not answer for the authority";
  if (delegate.keyUsage.size > 0 && !delegate.keyUsage.has("digitalSignature")) return "the OCSP responder's key is not for signatures";
  return at < delegate.notBefore || at > delegate.notAfter ? "the OCSP responder's certificate was not valid" : null;
}

/** Where the certificate says that its responder is (RFC 5280 clause 4.2.2.1): addresses by HTTP. */
export function ocspAddresses({ extensions }: Certificate): string[] {
  const extension = extensions.get(OID.authorityInfoAccess);
  if (!extension) return [];
  try {
    return children(derElement(extension.value, TAG.sequence), TAG.sequence).flatMap((description) => {
      const fields = DerFields.of(description);
      const method = oid(fields.next(TAG.oid));
      const place = fields.any();
      if (method !== OID.ocsp || place.tag !== context(6, false)) return [];
      const address = String.fromCharCode(...place.content);
      return /^https?:\/\//.test(address) ? [address] : [];
    });
  } catch (fault) {
    if (fault instanceof Malformed) return [];
    throw fault;
  }
}
