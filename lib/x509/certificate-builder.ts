import { sha256 } from "#lib/log/digest";
import { readCertificate } from "./certificate";
import { children, context, derElement, TAG, wholeBytes } from "./der";
import {
  der, derBits, derExplicit, derInteger, derOctets, derOid, derSequence, derSet, derTime, derTrue, derUtf8,
} from "./der-writer";
import { OID } from "./object-identifiers";

export interface Subject {
  commonName: string;
  organisation?: string;
}

/** ECDSA P-256 with SHA-256, the signature in DER. The key need not be here: in production it is in the token. */
export type SignEs256 = (data: Uint8Array) => Promise<Uint8Array>;

export interface CertificateOptions {
  subject: Subject;
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array;
  sign: SignEs256;
  notBefore: Date;
  notAfter: Date;
  /** See `serialNumber`. */
  serial: Uint8Array;
}

/**
 * The recorder's own certificate, signed by itself: an authority for end certificates only (path length 0). Its SHA-256 is the
 * fingerprint people compare, its bytes are the trust anchor a verifier is brought.
 */
export function createRecorderCertificate(options: CertificateOptions): Promise<Uint8Array> {
  const name = distinguishedName(options.subject);
  return certificate(options, name, name, [
    extension(OID.basicConstraints, derSequence(derTrue(), derInteger(0)), true),
    extension(OID.keyUsage, derBits(Uint8Array.of(0b0000_0110), 1), true), // keyCertSign, cRLSign
    extension(OID.subjectKeyIdentifier, derOctets(keyIdentifier(options.spki))),
  ]);
}

/**
 * The certificate of the key that seals records, issued by the recorder. Besides document signing (RFC 9336) it carries
 * emailProtection: without it NSS, and so most PDF readers on Linux, will not trust it for a signature.
 */
export function issueRecordSigningCertificate(options: CertificateOptions & { issuer: Uint8Array }): Promise<Uint8Array> {
  const issuer = readCertificate(options.issuer);
  return certificate(options, issuer.subject, distinguishedName(options.subject), [
    extension(OID.basicConstraints, derSequence(), true),
    extension(OID.keyUsage, derBits(Uint8Array.of(0b1100_0000), 6), true), // digitalSignature, nonRepudiation
    extension(OID.extendedKeyUsage, derSequence(derOid(OID.documentSigning), derOid(OID.emailProtection))),
    extension(OID.authorityKeyIdentifier, derSequence(der(context(0, false), keyIdentifier(issuer.spki)))),
    extension(OID.subjectKeyIdentifier, derOctets(keyIdentifier(options.spki))),
  ]);
}

/** A request (PKCS #10, RFC 2986) with which an organisation's own authority can issue the record-signing certificate. */
export async function createCertificateRequest({ subject, spki, sign }: Pick<CertificateOptions, "subject" | "spki" | "sign">): Promise<Uint8Array> {
  const wanted = derSequence(
    extension(OID.keyUsage, derBits(Uint8Array.of(0b1100_0000), 6), true),
    extension(OID.extendedKeyUsage, derSequence(derOid(OID.documentSigning), derOid(OID.emailProtection))),
  );
  const attributes = derSet([derSequence(derOid(OID.extensionRequest), derSet([wanted]))], context(0));
  return signed(derSequence(derInteger(0), distinguishedName(subject), spki, attributes), sign);
}

/** Of 16 random bytes a serial number as RFC 5280 and the browsers' rules want it: positive, of one length, 126 bits left to chance. */
export function serialNumber(random: Uint8Array): Uint8Array {
  if (random.length !== 16) throw new RangeError("a serial number is made of 16 random bytes");
  return Uint8Array.from(random, (byte, i) => (i === 0 ? (byte & 0x3f) | 0x40 : byte));
}

function certificate(
  { spki, sign, notBefore, notAfter, serial }: CertificateOptions, issuer: Uint8Array, subject: Uint8Array, extensions: Uint8Array[],
): Promise<Uint8Array> {
  return signed(derSequence(
    derExplicit(0, derInteger(2)),
    derInteger(serial),
    ALGORITHM,
    issuer,
    derSequence(derTime(notBefore), derTime(notAfter)),
    subject,
    spki,
    derExplicit(3, derSequence(...extensions)),
  ), sign);
}

const ALGORITHM = derSequence(derOid(OID.ecdsaWithSha256));
const signed = async (body: Uint8Array, sign: SignEs256) => derSequence(body, ALGORITHM, derBits(await sign(body)));

const extension = (id: string, value: Uint8Array, critical = false) =>
  derSequence(derOid(id), ...(critical ? [derTrue()] : []), derOctets(value));

const distinguishedName = ({ commonName, organisation }: Subject) => derSequence(
  ...(organisation ? [derSet([derSequence(derOid(OID.organisation), derUtf8(organisation))])] : []),
  derSet([derSequence(derOid(OID.commonName), derUtf8(commonName))]),
);

/** RFC 7093 method 1: the first 160 bits of the key's SHA-256. */
function keyIdentifier(spki: Uint8Array): Uint8Array {
  const [, key] = children(derElement(spki, TAG.sequence), TAG.sequence);
  return sha256(wholeBytes(key)).subarray(0, 20);
}
