import type { SignatureAlgorithm } from "#lib/ceremony/signature-verifier";
import { hex, sameBytes } from "#lib/log/digest";
import { DerFields, oid, TAG, type DerElement } from "./der";
import { derExplicit, derInteger, derNull, derOid, derSequence } from "./der-writer";
import { must } from "./malformed";
import { OID } from "./object-identifiers";

const sha256 = derSequence(derOid(OID.sha256), derNull());
/** RSASSA-PSS-params (RFC 4055 section 3.1) as PS256 fixes them: SHA-256 twice, a salt of 32 bytes. */
const pss =
  derSequence(derExplicit(0, sha256), derExplicit(1, derSequence(derOid(OID.mgf1), sha256)), derExplicit(2, derInteger(32)));

/** AlgorithmIdentifier of each signature in its one spelling: RFC 4055, RFC 5758, RFC 8410. */
const IDENTIFIERS: Readonly<Record<SignatureAlgorithm, Uint8Array>> = {
  ES256: derSequence(derOid(OID.ecdsaWithSha256)),
  ES384: derSequence(derOid(OID.ecdsaWithSha384)),
  ES512: derSequence(derOid(OID.ecdsaWithSha512)),
  RS256: derSequence(derOid(OID.sha256WithRsa), derNull()),
  RS384: derSequence(derOid(OID.sha384WithRsa), derNull()),
  RS512: derSequence(derOid(OID.sha512WithRsa), derNull()),
  PS256: derSequence(derOid(OID.rsaPss), pss),
  EdDSA: derSequence(derOid(OID.ed25519)),
};

export const algorithmIdentifier = (algorithm: SignatureAlgorithm): Uint8Array => IDENTIFIERS[algorithm];

/**
 * The signature that an AlgorithmIdentifier names. Throws `Malformed` for any other, and for another spelling of one of these.
 */
export function signatureAlgorithm(identifier: DerElement): SignatureAlgorithm {
  const names = Object.keys(IDENTIFIERS) as SignatureAlgorithm[];
  const found = names.find((name) => sameBytes(IDENTIFIERS[name], identifier.encoded));
  if (found) return found;
  const algorithm = oid(DerFields.of(identifier).next(TAG.oid));
  must(false, `signature algorithm ${algorithm} is not accepted as ${hex(identifier.encoded)}`);
}
