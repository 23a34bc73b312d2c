import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes, sha256Hex } from "#lib/log/digest";
import { ok, refuse, type Result } from "#lib/result";
import { pathFault, readCertificate } from "#lib/x509/certificate";
import { Malformed } from "#lib/x509/malformed";

/** The two certificates of a recorder, DER. */
export interface CertificatePair {
  readonly trustAnchor: Uint8Array;
  readonly recordSigning: Uint8Array;
}

/** The public halves of the worker's own keys, as they are on the token. */
export interface OwnPublicKeys {
  readonly recorder: Uint8Array;
  readonly recordSigning: Uint8Array;
}

export type CertificateRefusal =
  /** None of those found are of the keys on the token. */
  | { readonly reason: "CERTIFICATES-MISSING"; readonly facts: { readonly found: number; readonly why: string | null } }
  /** The recorder key has issued itself two; only a person knows which is in the minutes. */
  | { readonly reason: "TWO-TRUST-ANCHORS"; readonly facts: { readonly fingerprints: string[] } };

/**
 * The pair that belongs to the keys on the token, out of those found somewhere that nobody need trust: the trust anchor is of the
 * recorder key and signed by it, the other of the record-signing key and issued by the anchor. Whoever has not the token can make
 * neither. `found` is ordered by preference: of several under one anchor, the first is taken.
 */
export async function certificatesOf(
  keys: OwnPublicKeys,
  found: readonly CertificatePair[],
  now: Date,
  verifier: SignatureVerifier,
): Promise<Result<CertificatePair, CertificateRefusal>> {
  const judged = await Promise.all(found.map(async (pair) => ({ pair, fault: await pairFault(keys, pair, now, verifier) })));
  const mine = judged.flatMap(({ pair, fault }) => (fault === null ? [pair] : []));
  const anchors = new Set(mine.map(({ trustAnchor }) => sha256Hex(trustAnchor)));
  if (anchors.size > 1) return refuse({ reason: "TWO-TRUST-ANCHORS", facts: { fingerprints: [...anchors].sort() } });
  const [pair] = mine;
  if (pair) return ok(pair);
  return refuse({ reason: "CERTIFICATES-MISSING", facts: { found: found.length, why: judged[0]?.fault ?? null } });
}

/** Why the pair is not of these keys, or null. */
async function pairFault(
  keys: OwnPublicKeys,
  pair: CertificatePair,
  now: Date,
  verifier: SignatureVerifier,
): Promise<string | null> {
  try {
    const [anchor, signing] = [readCertificate(pair.trustAnchor), readCertificate(pair.recordSigning)];
    if (!sameBytes(anchor.spki, keys.recorder)) return "the trust anchor is of another key than the recorder's on the token";
    if (!sameBytes(signing.spki, keys.recordSigning)) return "the record-signing certificate is of another key than that on the token";
    if (!sameBytes(anchor.issuer, anchor.subject)) return "the trust anchor was issued by somebody else";
    const itsOwn = await verifier.verify(anchor.algorithm, anchor.spki, anchor.signed, anchor.signature);
    if (!itsOwn) return "the recorder key did not sign the trust anchor";
    const path = await pathFault(signing, anchor, now.getTime(), verifier);
    return path === null ? null : `the record-signing certificate: ${path}`;
  } catch (fault) {
    if (fault instanceof Malformed) return fault.message;
    throw fault;
  }
}
