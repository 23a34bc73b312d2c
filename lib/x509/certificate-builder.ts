import type { SignatureAlgorithm } from "#lib/ceremony/signature-verifier";
import { sha256 } from "#lib/log/digest";
import { readCertificate, type KeyUsage, KEY_USAGES } from "./certificate";
import { children, context, derElement, TAG, wholeBytes } from "./der";
import { der, derBits, derExplicit, derInteger, derOctets, derOid, derSequence, derTime, derTrue } from "./der-writer";
import { distinguishedName, type Subject } from "./distinguished-name";
import { OID } from "./object-identifiers";
import { algorithmIdentifier } from "./signature-algorithm";

/** Signs with the issuer's key; ECDSA in DER. The key need not be here: in production it is in the token. */
export type Sign = (data: Uint8Array) => Promise<Uint8Array>;

/** What a certificate says, before anybody signed it. */
export interface CertificateContents {
  readonly algorithm: SignatureAlgorithm;
  /** See `serialNumber`. */
  readonly serial: Uint8Array;
  /** Names in DER. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly extensions: readonly Uint8Array[];
}

/** TBSCertificate (RFC 5280 section 4.1), version 3: the bytes that are signed. Whole seconds count. */
export const certificateBody = (contents: CertificateContents): Uint8Array =>
  derSequence(
    derExplicit(0, derInteger(2)),
    derInteger(contents.serial),
    algorithmIdentifier(contents.algorithm),
    contents.issuer,
    derSequence(derTime(contents.notBefore), derTime(contents.notAfter)),
    contents.subject,
    contents.spki,
    derExplicit(3, derSequence(...contents.extensions)),
  );

/** A body together with its signature: the form of certificates and of requests alike. */
export const signedBody = (body: Uint8Array, algorithm: SignatureAlgorithm, signature: Uint8Array): Uint8Array =>
  derSequence(body, algorithmIdentifier(algorithm), derBits(signature));

/** An authority, with no more than so many authorities below it (null: any number), or explicitly none. */
export const basicConstraints = (authority: { readonly pathLength: number | null } | null): Uint8Array => {
  const value =
    authority === null ? [] : [derTrue(), ...(authority.pathLength === null ? [] : [derInteger(authority.pathLength)])];
  return extension(OID.basicConstraints, derSequence(...value), true);
};

/** RFC 5280 section 4.2.1.3, its bits in DER: without zeros at the end. */
export function keyUsage(usages: readonly KeyUsage[]): Uint8Array {
  const places = usages.map((usage) => KEY_USAGES.indexOf(usage));
  const last = Math.max(...places);
  const bits = new Uint8Array((last >> 3) + 1);
  for (const place of places) bits[place >> 3] = (bits[place >> 3] ?? 0) | (0x80 >> (place & 7));
  return extension(OID.keyUsage, derBits(bits, 7 - (last & 7)), true);
}

export const extendedKeyUsage = (purposes: readonly string[]): Uint8Array =>
  extension(OID.extendedKeyUsage, derSequence(...purposes.map(derOid)));

export const subjectKeyIdentifier = (spki: Uint8Array): Uint8Array =>
  extension(OID.subjectKeyIdentifier, derOctets(keyIdentifier(spki)));

/** The issuer's key by the identifier that the issuer's own certificate gives it. */
export const authorityKeyIdentifier = (identifier: Uint8Array): Uint8Array =>
  extension(OID.authorityKeyIdentifier, derSequence(der(context(0, false), identifier)));

const extension = (id: string, value: Uint8Array, critical = false): Uint8Array =>
  derSequence(derOid(id), ...(critical ? [derTrue()] : []), derOctets(value));

/** RFC 7093 method 1: the first 160 bits of the key's SHA-256. */
export function keyIdentifier(spki: Uint8Array): Uint8Array {
  const [, key] = children(derElement(spki, TAG.sequence), TAG.sequence);
  return sha256(wholeBytes(key)).subarray(0, 20);
}

/**
 * Of 16 random bytes a serial number as RFC 5280 and the browsers' rules want it: positive, of one length, 126 bits left to
 * chance.
 */
export function serialNumber(random: Uint8Array): Uint8Array {
  if (random.length !== 16) throw new RangeError("a serial number is made of 16 random bytes");
  return Uint8Array.from(random, (byte, i) => (i === 0 ? (byte & 0x3f) | 0x40 : byte));
}

/** The worker's own certificates, signed by ECDSA P-256 with SHA-256. */
export interface CertificateOptions {
  subject: Subject;
  spki: Uint8Array;
  sign: Sign;
  notBefore: Date;
  notAfter: Date;
  serial: Uint8Array;
}

/**
 * The recorder's own certificate, signed by itself: an authority for end certificates only (path length 0). Its SHA-256 is the
 * fingerprint people compare, its bytes are the trust anchor a verifier is brought.
 */
export function createRecorderCertificate(options: CertificateOptions): Promise<Uint8Array> {
  const extensions =
    [basicConstraints({ pathLength: 0 }), keyUsage(["keyCertSign", "cRLSign"]), subjectKeyIdentifier(options.spki)];
  return ownCertificate(options, distinguishedName(options.subject), extensions);
}

/**
 * The certificate of the key that seals records, issued by the recorder. Besides document signing (RFC 9336) it carries
 * emailProtection: without it NSS, and so most PDF readers on Linux, will not trust it for a signature.
 */
export function issueRecordSigningCertificate(options: CertificateOptions & { issuer: Uint8Array }): Promise<Uint8Array> {
  const issuer = readCertificate(options.issuer);
  return ownCertificate(options, issuer.subject, [
    basicConstraints(null),
    keyUsage(["digitalSignature", "nonRepudiation"]),
    extendedKeyUsage([OID.documentSigning, OID.emailProtection]),
    authorityKeyIdentifier(keyIdentifier(issuer.spki)),
    subjectKeyIdentifier(options.spki),
  ]);
}

async function ownCertificate(
  { subject, sign, ...contents }: CertificateOptions, issuer: Uint8Array, extensions: Uint8Array[],
): Promise<Uint8Array> {
  const body = certificateBody({ ...contents, algorithm: "ES256", issuer, subject: distinguishedName(subject), extensions });
  return signedBody(body, "ES256", await sign(body));
}
