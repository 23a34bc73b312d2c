import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { hex, sameBytes } from "#lib/log/digest";
import type { SignatureAlgorithm } from "#lib/ceremony/signature-verifier";
import type { Certificate } from "./certificate";
import { children, context, derElement, DerFields, oid, smallInteger, TAG, time, wholeBytes, type DerElement } from "./der";
import { Malformed, must } from "./malformed";
import { OID } from "./object-identifiers";
import { signatureAlgorithm } from "./signature-algorithm";

/** A certificate revocation list (RFC 5280 clause 5): whole, not indirect, not a delta. */
export interface RevocationList {
  der: Uint8Array;
  signed: Uint8Array;
  issuer: Uint8Array;
  /** Milliseconds. */
  thisUpdate: number;
  nextUpdate: number | null;
  /** Serial numbers in hex to when they were revoked. */
  revoked: ReadonlyMap<string, number>;
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
}

/** Throws `Malformed` unless the bytes are one such list in DER. A critical extension (a delta, a part) is not known. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const list = DerFields.of(derElement(bytes, TAG.sequence));
  const signed = list.next(TAG.sequence);
  const algorithm = signatureAlgorithm(list.next(TAG.sequence));
  const signature = wholeBytes(list.next(TAG.bitString));
  list.end();

  const fields = DerFields.of(signed);
  const version = fields.optional(TAG.integer);
  must(version === null || smallInteger(version) === 1, "revocation list: not version 2");
  must(signatureAlgorithm(fields.next(TAG.sequence)) === algorithm, "revocation list: two different signature algorithms");
  const issuer = fields.next(TAG.sequence).encoded;
  const thisUpdate = time(fields.any());
  const next = fields.optional(TAG.utcTime) ?? fields.optional(TAG.generalizedTime);
  const entries = fields.optional(TAG.sequence);
  const extensions = fields.optional(context(0));
  fields.end();
  noCriticalIn(extensions ? children(extensions, context(0))[0] : null);
  const revoked = new Map((entries ? children(entries, TAG.sequence) : []).map(readRevoked));
  return { der: bytes, signed: signed.encoded, issuer, thisUpdate, nextUpdate: next && time(next), revoked, algorithm, signature };
}

function readRevoked(entry: DerElement): [string, number] {
  const fields = DerFields.of(entry);
  const serial = hex(fields.next(TAG.integer).content);
  const at = time(fields.any());
  noCriticalIn(fields.optional(TAG.sequence));
  fields.end();
  return [serial, at];
}

function noCriticalIn(extensions: DerElement | null | undefined): void {
  for (const extension of extensions ? children(extensions, TAG.sequence) : []) {
    const fields = DerFields.of(extension);
    const id = oid(fields.next(TAG.oid));
    must(fields.optional(TAG.boolean)?.content[0] !== 0xff, `revocation list: critical extension ${id} is not known`);
  }
}

/** How far the clocks of an authority and of whoever asks may be apart. */
export const CLOCK_TOLERANCE_MS = 120_000;
/** How long a list without an end of its own is new. */
const FRESH_MS = 24 * 60 * 60_000;

/** Whether at that time (milliseconds) there had to be a newer one: who stands on that one is not on this one. */
export const wasStale = ({ thisUpdate, nextUpdate }: RevocationList, at: number): boolean =>
  at > (nextUpdate ?? thisUpdate + FRESH_MS) + CLOCK_TOLERANCE_MS;

/** Why the list says nothing about certificates of this authority, or null: its name, its right to sign lists, its signature. */
export async function revocationListFault(list: RevocationList, authority: Certificate, verifier: SignatureVerifier): Promise<string | null> {
  if (!sameBytes(list.issuer, authority.subject)) return "the revocation list is another authority's";
  if (!authority.keyUsage.has("cRLSign")) return "the authority may not sign revocation lists";
  const genuine = await verifier.verify(list.algorithm, authority.spki, list.signed, list.signature);
  return genuine ? null : "the authority did not sign the revocation list";
}

/** Where the certificate says that its authority's lists are to be had (RFC 5280 clause 4.2.1.13): addresses by HTTP. */
export function revocationListAddresses({ extensions }: Certificate): string[] {
  const extension = extensions.get(OID.cRLDistributionPoints);
  if (!extension) return [];
  try {
    return children(derElement(extension.value, TAG.sequence), TAG.sequence).flatMap((point) => {
      const name = DerFields.of(point).optional(context(0));
      const full = name && DerFields.of(name, context(0)).optional(context(0));
      const addresses = full ? children(full, context(0)).filter(({ tag }) => tag === context(6, false)) : [];
      return addresses.map(({ content }) => String.fromCharCode(...content)).filter((address) => /^https?:\/\//.test(address));
    });
  } catch (fault) {
    if (fault instanceof Malformed) return [];
    throw fault;
  }
}
