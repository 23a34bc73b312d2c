import type { SignatureAlgorithm, SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { sameBytes } from "#lib/log/digest";
import {
  children,
  context,
  derElement,
  DerFields,
  oid,
  smallInteger,
  TAG,
  time,
  wholeBytes,
  withTag,
  type DerElement,
} from "./der";
import { must } from "./malformed";
import { OID } from "./object-identifiers";
import { signatureAlgorithm } from "./signature-algorithm";

/**
 * An X.509 certificate (RFC 5280), as far as the record needs it. Bytes stay as encoded: they are what is compared and signed.
 */
export interface Certificate {
  der: Uint8Array;
  /** What the issuer signed. */
  signed: Uint8Array;
  serial: Uint8Array;
  issuer: Uint8Array;
  subject: Uint8Array;
  notBefore: number;
  notAfter: number;
  spki: Uint8Array;
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
  authority: { pathLength: number | null } | null;
  keyUsage: ReadonlySet<KeyUsage>;
  extendedKeyUsage: { critical: boolean; purposes: readonly string[] } | null;
  subjectKeyIdentifier: Uint8Array | null;
  /** The issuer's key by its identifier; null where the extension is absent or names the issuer in another way. */
  authorityKeyIdentifier: Uint8Array | null;
  /** Every extension there is by its object identifier, whether it is critical, and its value in DER. */
  extensions: ReadonlyMap<string, { readonly critical: boolean; readonly value: Uint8Array }>;
}

// RFC 5280 clause 4.2.1.3: the place of each bit.
export const KEY_USAGES = [
  "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign",
  "encipherOnly", "decipherOnly",
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/** Throws `Malformed` unless the bytes are one certificate of version 3 in DER whose critical extensions are all known. */
export function readCertificate(bytes: Uint8Array): Certificate {
  const certificate = DerFields.of(derElement(bytes, TAG.sequence));
  const signed = certificate.next(TAG.sequence);
  const algorithm = signatureAlgorithm(certificate.next(TAG.sequence));
  const signature = wholeBytes(certificate.next(TAG.bitString));
  certificate.end();

  const fields = DerFields.of(signed);
  must(smallInteger(children(fields.next(context(0)), context(0))[0]) === 2, "certificate: not version 3");
  const serial = fields.next(TAG.integer).content;
  must((serial[0] ?? 0x80) < 0x80 && serial.length <= 20, "certificate: serial number out of range");
  must(signatureAlgorithm(fields.next(TAG.sequence)) === algorithm, "certificate: two different signature algorithms");
  const issuer = fields.next(TAG.sequence).encoded;
  const validity = DerFields.of(fields.next(TAG.sequence));
  const notBefore = time(validity.any());
  const notAfter = time(validity.any());
  validity.end();
  const subject = fields.next(TAG.sequence).encoded;
  const spki = fields.next(TAG.sequence).encoded;
  const extensions = readExtensions(children(fields.next(context(3)), context(3))[0]);
  fields.end();
  return { der: bytes, signed: signed.encoded, serial, issuer, subject, notBefore, notAfter, spki, algorithm, signature, ...extensions };
}

type Extensions = Pick<
  Certificate, "authority" | "keyUsage" | "extendedKeyUsage" | "subjectKeyIdentifier" | "authorityKeyIdentifier" | "extensions"
>;

function readExtensions(list: DerElement | undefined): Extensions {
  const seen = new Map<string, { critical: boolean; value: Uint8Array }>();
  const read: Extensions = {
    authority: null, keyUsage: new Set(), extendedKeyUsage: null, subjectKeyIdentifier: null, authorityKeyIdentifier: null, extensions: seen,
  };
  for (const extension of children(list, TAG.sequence)) {
    const fields = DerFields.of(extension);
    const id = oid(fields.next(TAG.oid));
    const critical = isTrue(fields.optional(TAG.boolean));
    const value = fields.next(TAG.octetString).content;
    fields.end();
    must(!seen.has(id), `certificate: extension ${id} twice`);
    seen.set(id, { critical, value });
    switch (id) {
      case OID.basicConstraints: read.authority = authority(value); break;
      case OID.keyUsage: read.keyUsage = keyUsage(value); break;
      case OID.extendedKeyUsage: read.extendedKeyUsage = { critical, purposes: children(derElement(value, TAG.sequence), TAG.sequence).map(oid) }; break;
      case OID.subjectKeyIdentifier: read.subjectKeyIdentifier = withTag(derElement(value, TAG.octetString), TAG.octetString).content; break;
      case OID.authorityKeyIdentifier: read.authorityKeyIdentifier = DerFields.of(derElement(value, TAG.sequence)).optional(context(0, false))?.content ?? null; break;
      default: must(!critical, `certificate: critical extension ${id} is not known`);
    }
  }
  return read;
}

/** A flag that is false unless it says otherwise. DER leaves a false one out; some authorities write it all the same. */
const isTrue = (flag: DerElement | null): boolean => flag?.content[0] === 0xff;

function authority(value: Uint8Array): Certificate["authority"] {
  const fields = DerFields.of(derElement(value, TAG.sequence));
  const isAuthority = isTrue(fields.optional(TAG.boolean));
  const pathLength = fields.optional(TAG.integer);
  fields.end();
  must(isAuthority || pathLength === null, "certificate: a path length without being an authority");
  return isAuthority ? { pathLength: pathLength ? smallInteger(pathLength) : null } : null;
}

function keyUsage(value: Uint8Array): ReadonlySet<KeyUsage> {
  const bits = withTag(derElement(value, TAG.bitString), TAG.bitString).content.subarray(1);
  return new Set(KEY_USAGES.filter((_, i) => ((bits[i >> 3] ?? 0) & (0x80 >> (i & 7))) !== 0));
}

/**
 * Why the certificate cannot be trusted through exactly this anchor at this time, or null if it can: issued by the anchor,
 * both within their validity, the anchor an authority that may sign certificates.
 */
export async function pathFault(
  certificate: Certificate, anchor: Certificate, at: number, verifier: SignatureVerifier,
): Promise<string | null> {
  if (!sameBytes(certificate.issuer, anchor.subject)) return "it names another issuer than the trust anchor";
  if (!anchor.authority || !anchor.keyUsage.has("keyCertSign")) {
    return "the trust anchor is no authority that may issue certificates";
  }
  if (certificate.authority) return "it is itself an authority: an end certificate belongs here";
  for (const [name, { notBefore, notAfter }] of [["it", certificate], ["the trust anchor", anchor]] as const) {
    if (at < notBefore || at > notAfter) return `${name} was not valid at ${new Date(at).toISOString()}`;
  }
  const genuine = await verifier.verify(certificate.algorithm, anchor.spki, certificate.signed, certificate.signature);
  return genuine ? null : "the trust anchor's key did not sign it";
}

/** Why a certificate in a path does not hang from the authority above it at this time, with so many authorities below that one; or null. */
export async function linkFault(
  certificate: Certificate, above: Certificate, at: number, authoritiesBelow: number, verifier: SignatureVerifier,
): Promise<string | null> {
  const { authority, keyUsage } = above;
  if (!authority || !keyUsage.has("keyCertSign")) return "a certificate in its path is no authority";
  if (authority.pathLength !== null && authority.pathLength < authoritiesBelow) return "its path is longer than an authority allows";
  if ([certificate, above].some(({ notBefore, notAfter }) => at < notBefore || at > notAfter)) return "a certificate in its path was not valid";
  const genuine = await verifier.verify(certificate.algorithm, above.spki, certificate.signed, certificate.signature);
  return genuine ? null : "a certificate in its path was not signed by the one above";
}
