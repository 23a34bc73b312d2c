import { sameBytes, sha256, sha256Hex } from "#lib/log/digest";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { linkFault, pathFault, readCertificate, type Certificate } from "#lib/x509/certificate";
import { digestFault, readSignedData, signingCertificateFault, type SignedData } from "./cms";
import { must } from "#lib/x509/malformed";
import { OID } from "#lib/x509/object-identifiers";
import { readStampInfo, type StampInfo } from "#lib/x509/stamp-info";

/** What a time-stamp authority says, and its signature under it. */
export interface TimeStamp extends StampInfo {
  signed: SignedData;
}

/** Throws `Malformed` unless the bytes are one time-stamp token over a SHA-256 digest. */
export function readTimeStamp(token: Uint8Array): TimeStamp {
  const signed = readSignedData(token);
  must(signed.contentType === OID.timeStampInfo && signed.content !== null, "time stamp: not a time-stamp token");
  return { signed, ...readStampInfo(signed.content) };
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
export async function strangerFault({ signer, certificates }: SignedData, verifier: SignatureVerifier): Promise<string | null> {
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

/** What `authorityFault` says of an authority that names none of the anchors as those above it. */
export const LEADS_NOWHERE = "its certificate leads to none of the time-stamp anchors given";

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
  return LEADS_NOWHERE;
}

/** Those of the anchors that the authority's certificate leads to, by their SHA-256, and why it does not lead to the others. */
export async function anchorsOver(
  stamp: TimeStamp, anchors: readonly Uint8Array[], verifier: SignatureVerifier,
): Promise<{ by: string[]; faults: string[] }> {
  const by: string[] = [];
  const faults: string[] = [];
  for (const anchor of anchors) {
    const fault = await authorityFault(stamp, [readCertificate(anchor)], verifier);
    if (fault === null) by.push(sha256Hex(anchor));
    else faults.push(fault);
  }
  return { by, faults };
}
