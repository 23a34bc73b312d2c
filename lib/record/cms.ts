import { sameBytes } from "#lib/log/digest";
import { readCertificate, type Certificate } from "#lib/x509/certificate";
import { digestAlgorithm, SHA_256, type Digest } from "#lib/x509/digest-algorithm";
import { algorithmIdentifier, signatureAlgorithm } from "#lib/x509/signature-algorithm";
import type { SignatureAlgorithm } from "#lib/ceremony/signature-verifier";
import { children, context, derElement, derElements, DerFields, inDerOrder, oid, smallInteger, TAG, withTag, type DerElement } from "#lib/x509/der";
import { must } from "#lib/x509/malformed";
import { OID } from "#lib/x509/object-identifiers";

/** A CMS SignedData (RFC 5652) with one signer and one digest, read strictly: nothing in it is left unread. */
export interface SignedData {
  contentType: string;
  /** The enclosed content; null when it is elsewhere (detached). */
  content: Uint8Array | null;
  certificates: Certificate[];
  signer: Certificate;
  digest: Digest;
  algorithm: SignatureAlgorithm;
  signature: Uint8Array;
  /** The signed attributes as they were signed: a SET OF. */
  signedBytes: Uint8Array;
  signedAttributes: ReadonlyMap<string, DerElement>;
  unsignedAttributes: ReadonlyMap<string, DerElement>;
}

/** Throws `Malformed` unless the bytes are exactly one SignedData of this form, down to the last byte. */
export function readSignedData(bytes: Uint8Array): SignedData {
  const outer = DerFields.of(derElement(bytes, TAG.sequence));
  must(oid(outer.next(TAG.oid)) === OID.signedData, "CMS: not signed data");
  const [inner, ...more] = children(outer.next(context(0)), context(0));
  outer.end();
  must(more.length === 0, "CMS: more than signed data");

  const fields = DerFields.of(inner);
  const version = smallInteger(fields.next(TAG.integer));
  const digests = children(fields.next(TAG.set), TAG.set);
  must(digests.length === 1, "CMS: not exactly one digest algorithm");
  const digest = digestAlgorithm(digests[0]);
  const { contentType, content } = enclosed(fields.next(TAG.sequence));
  // RFC 5652 clause 5.1: version 3 exactly when something other than plain data is signed.
  must(version === (contentType === OID.data ? 1 : 3), "CMS: wrong version");
  const certificates = children(fields.next(context(0)), context(0)).map(({ encoded }) => readCertificate(encoded));
  const signers = children(fields.next(TAG.set), TAG.set);
  fields.end();
  must(signers.length === 1, "CMS: not exactly one signer");
  return { contentType, content, certificates, digest, ...signerInfo(signers[0], certificates, digest) };
}

function enclosed(element: DerElement): { contentType: string; content: Uint8Array | null } {
  const fields = DerFields.of(element);
  const contentType = oid(fields.next(TAG.oid));
  const holder = fields.optional(context(0));
  fields.end();
  return { contentType, content: holder ? derElement(holder.content, TAG.octetString).content : null };
}

function signerInfo(element: DerElement | undefined, certificates: readonly Certificate[], digest: Digest) {
  const fields = DerFields.of(element);
  must(smallInteger(fields.next(TAG.integer)) === 1, "CMS: signer not of version 1");
  const named = DerFields.of(fields.next(TAG.sequence));
  const issuer = named.next(TAG.sequence).encoded;
  const serial = named.next(TAG.integer).content;
  named.end();
  must(digestAlgorithm(fields.next(TAG.sequence)) === digest, "CMS: the signer's digest is another one");
  const attributes = fields.next(context(0));
  const algorithm = fields.next(TAG.sequence);
  const signature = fields.next(TAG.octetString).content;
  const unsigned = fields.optional(context(1));
  fields.end();

  const found = certificates.filter((one) => sameBytes(one.issuer, issuer) && sameBytes(one.serial, serial));
  must(found.length === 1 && found[0] !== undefined, "CMS: the signer's certificate is not inside, or twice");
  // Signed is the SET OF, not the [0] that stands in its place (RFC 5652 clause 5.4).
  const signedBytes = Uint8Array.from(attributes.encoded);
  signedBytes[0] = TAG.set;
  return {
    signer: found[0],
    algorithm: keyAlgorithm(algorithm, found[0], digest),
    signature,
    signedBytes,
    signedAttributes: attributeMap(attributes),
    unsignedAttributes: unsigned ? attributeMap(unsigned) : new Map<string, DerElement>(),
  };
}

/** CMS allows plain rsaEncryption beside the digest; time-stamp authorities use it. */
function keyAlgorithm(identifier: DerElement, signer: Certificate, digest: Digest): SignatureAlgorithm {
  const [algorithm, parameters, ...more] = derElements(identifier.content);
  if (oid(algorithm) !== OID.rsa) return signatureAlgorithm(identifier);
  withTag(parameters, TAG.null);
  must(more.length === 0 && signer.spki.length > 0, "CMS: malformed signature algorithm");
  return digest.rsa;
}

/** Each attribute once, with one value, in DER order. */
function attributeMap(set: DerElement): ReadonlyMap<string, DerElement> {
  const elements = derElements(set.content);
  must(inDerOrder(elements), "CMS: attributes not in DER order");
  const attributes = new Map<string, DerElement>();
  for (const element of elements) {
    const fields = DerFields.of(element);
    const type = oid(fields.next(TAG.oid));
    const [value, ...more] = children(fields.next(TAG.set), TAG.set);
    fields.end();
    must(value !== undefined && more.length === 0 && !attributes.has(type), `CMS: attribute ${type} not exactly once`);
    attributes.set(type, value);
  }
  return attributes;
}

export function onlyAttributes(attributes: ReadonlyMap<string, DerElement>, allowed: readonly string[]): void {
  for (const type of attributes.keys()) must(allowed.includes(type), `CMS: attribute ${type} does not belong`);
}

/** Why the signature does not speak of this content, or null: content type and message digest (RFC 5652 clause 11). */
export function digestFault(signed: SignedData, content: Uint8Array): string | null {
  const type = signed.signedAttributes.get(OID.contentType);
  if (!type || oid(type) !== signed.contentType) return "the signed content type is another one";
  const digest = signed.signedAttributes.get(OID.messageDigest);
  if (!digest || !sameBytes(withTag(digest, TAG.octetString).content, signed.digest.of(content))) return "the signed digest is not that of the content";
  return null;
}

/**
 * Why the signed attributes do not bind the signer's certificate, or null (RFC 5035): without this, a certificate with the same
 * key could be put in its place. ESSCertIDv2, by SHA-256 where DER leaves it unsaid.
 */
export function signingCertificateFault(signed: SignedData): string | null {
  const attribute = signed.signedAttributes.get(OID.signingCertificateV2);
  if (!attribute) return "the signer's certificate is not bound by the signature";
  const [list, ...policies] = children(attribute, TAG.sequence);
  const [first] = children(list, TAG.sequence);
  must(policies.length === 0, "CMS: signing-certificate policies are not accepted");
  return names(first, signed.signer) ? null : "the signature binds another certificate";
}

/** Why the signed attributes do not bind exactly this path, the signer's certificate first and the root last, or null: what is above could be exchanged. */
export function signingPathFault({ signedAttributes }: SignedData, path: readonly Certificate[]): string | null {
  const [list] = children(signedAttributes.get(OID.signingCertificateV2), TAG.sequence);
  const bound = children(list, TAG.sequence);
  const isBound = bound.length === path.length && path.every((certificate, i) => names(bound[i], certificate));
  return isBound ? null : "the signature does not bind the certificates of its path";
}

/** ESSCertIDv2: whether it is of that certificate. */
function names(element: DerElement | undefined, certificate: Certificate): boolean {
  const fields = DerFields.of(element);
  const named = fields.optional(TAG.sequence);
  const digest = named ? digestAlgorithm(named) : SHA_256;
  const hash = fields.next(TAG.octetString).content;
  const issuerSerial = fields.optional(TAG.sequence);
  fields.end();
  return sameBytes(hash, digest.of(certificate.der)) && (!issuerSerial || namesSigner(issuerSerial, certificate));
}

/** IssuerSerial: one directoryName and the serial number. */
function namesSigner(element: DerElement, signer: Certificate): boolean {
  const fields = DerFields.of(element);
  const [name, ...more] = children(fields.next(TAG.sequence), TAG.sequence);
  const serial = fields.next(TAG.integer).content;
  fields.end();
  const directory = withTag(name, context(4));
  return more.length === 0 && sameBytes(directory.content, signer.issuer) && sameBytes(serial, signer.serial);
}

/** CMSAlgorithmProtection (RFC 6211), if present, must name the algorithms that are used. */
export function algorithmProtectionFault(signed: SignedData): string | null {
  const attribute = signed.signedAttributes.get(OID.cmsAlgorithmProtection);
  if (!attribute) return "the algorithms are not bound by the signature";
  const fields = DerFields.of(attribute);
  const digest = digestAlgorithm(fields.next(TAG.sequence));
  const implicit = fields.next(context(1));
  fields.end();
  const used = derElement(algorithmIdentifier(signed.algorithm), TAG.sequence);
  return digest === signed.digest && sameBytes(implicit.content, used.content) ? null : "the signature binds another algorithm";
}
