import type { SignatureAlgorithm } from "#lib/ceremony/signature-verifier";
import { sha256, sha384, sha512 } from "#lib/log/digest";
import { DerFields, oid, TAG, type DerElement } from "./der";
import { must } from "./malformed";
import { OID } from "./object-identifiers";

/** A digest that authorities sign over (RFC 5754 clause 2): what it makes of bytes, and the RSA signature (PKCS #1 v1.5) over it. */
export type Digest = { readonly of: (bytes: Uint8Array) => Uint8Array; readonly rsa: SignatureAlgorithm };

/** The only one that seals of records are over. */
export const SHA_256: Digest = { of: sha256, rsa: "RS256" };

const DIGESTS: ReadonlyMap<string, Digest> = new Map([
  [OID.sha256, SHA_256],
  [OID.sha384, { of: sha384, rsa: "RS384" }],
  [OID.sha512, { of: sha512, rsa: "RS512" }],
]);

/** The digest that an AlgorithmIdentifier names, with absent or NULL parameters. Throws `Malformed` for any other. */
export function digestAlgorithm(identifier: DerElement | undefined): Digest {
  const fields = DerFields.of(identifier);
  const algorithm = oid(fields.next(TAG.oid));
  const digest = DIGESTS.get(algorithm);
  must(digest !== undefined, `digest algorithm ${algorithm} is not accepted`);
  fields.optional(TAG.null);
  fields.end();
  return digest;
}
