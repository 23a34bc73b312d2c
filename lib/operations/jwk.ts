import { canonicalText } from "#lib/log/canonical";
import { base64url, sha256, utf8 } from "#lib/log/digest";
import { shapeOf, type KeyPairAlgorithm } from "#lib/token/algorithm";

/** A public key as JWK (RFC 7517), with the members that make the key and no others: those RFC 7638 hashes. */
export type Jwk = { readonly [member: string]: string };

const POINT_BYTES = { "P-256": 64, "P-384": 96, "P-521": 132 } as const;
const PUBLIC_EXPONENT_BYTES = 3;
/** Between modulus and exponent: the exponent's tag and length. */
const EXPONENT_HEAD = 2;

/**
 * The JWK of a SubjectPublicKeyInfo that `algorithmOfSpki` found to be of this algorithm: by then its numbers have fixed places,
 * counted from the end (RFC 7518 section 6.2 and 6.3, RFC 8037 section 2).
 */
export function jwkOf(spki: Uint8Array, algorithm: KeyPairAlgorithm): Jwk {
  const shape = shapeOf(algorithm);
  const last = (count: number, behind = 0) => spki.subarray(spki.length - behind - count, spki.length - behind);
  if (shape.family === "RSA") {
    const n = last(shape.bits / 8, PUBLIC_EXPONENT_BYTES + EXPONENT_HEAD);
    return { kty: "RSA", n: base64url(n), e: base64url(last(PUBLIC_EXPONENT_BYTES)) };
  }
  if (shape.family !== "EC") return { kty: "OKP", crv: "Ed25519", x: base64url(last(32)) };
  const point = last(POINT_BYTES[shape.curve]);
  const half = point.length / 2;
  return { kty: "EC", crv: shape.curve, x: base64url(point.subarray(0, half)), y: base64url(point.subarray(half)) };
}

/** The key's name by RFC 7638: SHA-256 over its members in canonical form, base64url. */
export const thumbprint = (jwk: Jwk): string => base64url(sha256(utf8(canonicalText(jwk))));
