import { sameBytes, sha256 } from "#lib/log/digest";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { pathFault, type Certificate } from "#lib/x509/certificate";
import { digestFault, readSignedData, signingCertificateFault, type SignedData } from "./cms";
import { context, derElement, DerFields, oid, smallInteger, TAG, time } from "#lib/x509/der";
import { must } from "#lib/x509/malformed";
import { OID } from "#lib/x509/object-identifiers";

/** What a time-stamp authority says (RFC 3161 TSTInfo): this digest existed at this time. */
export interface TimeStamp {
  signed: SignedData;
  imprint: Uint8Array;
  /** Milliseconds. */
  at: number;
  policy: string;
  nonce: Uint8Array | null;
}

/** Throws `Malformed` unless the bytes are one time-stamp token over a SHA-256 digest. */
export function readTimeStamp(token: Uint8Array): TimeStamp {
  const signed = readSignedData(token);
  must(signed.contentType === OID.timeStampInfo && signed.content !== null, "time stamp: not a time-stamp token");
  const fields = DerFields.of(derElement(signed.content, TAG.sequence));
  must(smallInteger(fields.next(TAG.integer)) === 1, "time stamp: not of version 1");
  const policy = oid(fields.next(TAG.oid));
  const imprint = readImprint(fields);
  fields.next(TAG.integer); // serial number
  const at = time(fields.next(TAG.generalizedTime));
  fields.optional(TAG.sequence); // accuracy
  fields.optional(TAG.boolean); // ordering
  const nonce = fields.optional(TAG.integer);
  fields.optional(context(0)); // the authority's name: a hint; what counts is its certificate
  must(fields.optional(context(1)) === null, "time stamp: extensions are not accepted");
  fields.end();
  return { signed, imprint, at, policy, nonce: nonce?.content ?? null };
}

function readImprint(info: DerFields): Uint8Array {
  const fields = DerFields.of(info.next(TAG.sequence));
  const algorithm = DerFields.of(fields.next(TAG.sequence));
  must(oid(algorithm.next(TAG.oid)) === OID.sha256, "time stamp: the imprint is not SHA-256");
  algorithm.optional(TAG.null);
  algorithm.end();
  const imprint = fields.next(TAG.octetString).content;
  fields.end();
  return imprint;
}

/** Why the time stamp proves nothing about this data, or null. Trust in the authority is `authorityFault`'s business. */
export async function timeStampFault({ signed, imprint, at }: TimeStamp, data: Uint8Array, verifier: SignatureVerifier): Promise<string | null> {
  if (!sameBytes(imprint, sha256(data))) return "it was made for other data";
  const digest = digestFault(signed, signed.content ?? new Uint8Array());
  if (digest) return digest;
  const purposes = signed.signer.extendedKeyUsage;
  // RFC 3161 clause 2.3: critical, and for nothing else.
  if (!purposes?.critical || purposes.purposes.join() !== OID.timeStamping) return "its certificate is not for time stamping alone";
  if (at < signed.signer.notBefore || at > signed.signer.notAfter) return "its certificate was not valid at its own time";
  const binding = signingCertificateFault(signed);
  if (binding) return binding;
  const genuine = await verifier.verify(signed.algorithm, signed.signer.spki, signed.signedBytes, signed.signature);
  return genuine ? strangerFault(signed, verifier) : "its signature does not verify";
}

/** The certificates are unsigned by the stamp: each but the signer's must have signed another of them, or there is room for anything. */
async function strangerFault({ signer, certificates }: SignedData, verifier: SignatureVerifier): Promise<string | null> {
  const below = (above: Certificate) => certificates.filter((one) => sameBytes(one.issuer, above.subject));
  for (const above of certificates.filter((one) => one !== signer)) {
    const issued = below(above);
    const others = issued.filter((one) => one !== above);
    if (others.length === 0) return "it brings a certificate that is not on its path";
    for (const { algorithm, signed, signature } of issued) {
      if (!(await verifier.verify(algorithm, above.spki, signed, signature))) return "it brings a certificate that does not verify";
    }
  }
  return null;
}

const MAX_PATH = 4;

/**
 * Why the authority's certificate does not lead to any of the anchors, or null: through the certificates in the token, each an
 * authority over the one before, all valid at the time of the stamp.
 */
export async function authorityFault(
  { signed, at }: TimeStamp, anchors: readonly Certificate[], verifier: SignatureVerifier,
): Promise<string | null> {
  let certificate = signed.signer;
  for (let length = 0; length < MAX_PATH; length++) {
    const trusted = anchors.find((anchor) => sameBytes(anchor.subject, certificate.issuer));
    if (trusted) return length === 0 ? pathFault(certificate, trusted, at, verifier) : linkFault(certificate, trusted, at, length, verifier);
    const above = signed.certificates.find((one) => sameBytes(one.subject, certificate.issuer) && !sameBytes(one.der, certificate.der));
    if (!above) break;
    const fault = await linkFault(certificate, above, at, length, verifier);
    if (fault) return fault;
    certificate = above;
  }
  return "its certificate leads to none of the time-stamp anchors given";
}

async function linkFault(
  certificate: Certificate, above: Certificate, at: number, authoritiesBelow: number, verifier: SignatureVerifier,
): Promise<string | null> {
  const { authority, keyUsage } = above;
  if (!authority || !keyUsage.has("keyCertSign")) return "a certificate in its path is no authority";
  if (authority.pathLength !== null && authority.pathLength < authoritiesBelow) return "its path is longer than an authority allows";
  if ([certificate, above].some(({ notBefore, notAfter }) => at < notBefore || at > notAfter)) return "a certificate in its path was not valid";
  const genuine = await verifier.verify(certificate.algorithm, above.spki, certificate.signed, certificate.signature);
  return genuine ? null : "a certificate in its path was not signed by the one above";
}
