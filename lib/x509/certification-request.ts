import type { SignatureAlgorithm, SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { signedBody, type Sign } from "./certificate-builder";
import { children, context, derElement, DerFields, inDerOrder, oid, smallInteger, TAG, wholeBytes } from "./der";
import { der, derInteger, derOid, derSequence, derSet } from "./der-writer";
import { must } from "./malformed";
import { OID } from "./object-identifiers";
import { signatureAlgorithm } from "./signature-algorithm";

/** A request for a certificate (PKCS #10, RFC 2986). Bytes stay as encoded: they are what is compared and certified. */
export interface CertificationRequest {
  readonly der: Uint8Array;
  /** What the requester signed. */
  readonly signed: Uint8Array;
  readonly subject: Uint8Array;
  readonly spki: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  /**
   * The attributes by their object identifiers. Nobody's wishes go into a certificate here: its profile alone says what it holds.
   */
  readonly attributes: readonly string[];
}

/** Throws `Malformed` unless the bytes are one request of version 1 in DER, with a signature of a kind that can be checked. */
export function readCertificationRequest(bytes: Uint8Array): CertificationRequest {
  const request = DerFields.of(derElement(bytes, TAG.sequence));
  const signed = request.next(TAG.sequence);
  const algorithm = signatureAlgorithm(request.next(TAG.sequence));
  const signature = wholeBytes(request.next(TAG.bitString));
  request.end();

  const fields = DerFields.of(signed);
  must(smallInteger(fields.next(TAG.integer)) === 0, "request: not version 1");
  const subject = fields.next(TAG.sequence).encoded;
  const spki = fields.next(TAG.sequence).encoded;
  const list = children(fields.next(context(0)), context(0));
  fields.end();
  must(inDerOrder(list), "request: attributes not in DER order");
  const attributes = list.map((attribute) => {
    const parts = DerFields.of(attribute);
    const id = oid(parts.next(TAG.oid));
    parts.next(TAG.set);
    parts.end();
    return id;
  });
  must(new Set(attributes).size === attributes.length, "request: an attribute twice");
  return { der: bytes, signed: signed.encoded, subject, spki, algorithm, signature, attributes };
}

/** Whether the request was signed with the key it asks a certificate for: proof that the requester has it. */
export const requestIsGenuine = ({ algorithm, spki, signed, signature }: CertificationRequest, verifier: SignatureVerifier): Promise<boolean> =>
  verifier.verify(algorithm, spki, signed, signature);

/** A request that names the subject and asks for these extensions, if any: the authority's profile decides, and may be told. */
export async function createCertificationRequest(
  { subject, spki, algorithm, sign, extensions = [] }:
    { subject: Uint8Array; spki: Uint8Array; algorithm: SignatureAlgorithm; sign: Sign; extensions?: readonly Uint8Array[] },
): Promise<Uint8Array> {
  const asked = extensions.length === 0 ? [] : [derSequence(derOid(OID.extensionRequest), derSet([derSequence(...extensions)]))];
  const body = derSequence(derInteger(0), subject, spki, der(context(0), ...asked));
  return signedBody(body, algorithm, await sign(body));
}
