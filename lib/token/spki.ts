import type { Curve } from "./algorithm";
import { bitString, der, octetStringContent, sequence, unsignedInteger } from "./der";

/** Object identifiers in DER: rsaEncryption (RFC 8017 A.1), id-ecPublicKey and the named curves (RFC 5480 2.1.1). */
const RSA_ENCRYPTION = Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);
const EC_PUBLIC_KEY = Uint8Array.of(0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);
const CURVE_OIDS: Readonly<Record<Curve, Uint8Array>> = {
  "P-256": Uint8Array.of(0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07),
  "P-384": Uint8Array.of(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22),
  "P-521": Uint8Array.of(0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23),
};
/** id-Ed25519 (RFC 8410 section 3): the algorithm and its only curve at once, without parameters. */
const ED25519 = Uint8Array.of(0x06, 0x03, 0x2b, 0x65, 0x70);
const ED25519_BYTES = 32;
const COORDINATE_BYTES: Readonly<Record<Curve, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 };
const NULL = Uint8Array.of(0x05, 0x00);

/** SubjectPublicKeyInfo of an RSA key from its unsigned big-endian modulus and exponent. */
export function rsaSpki(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  return sequence(sequence(RSA_ENCRYPTION, NULL), bitString(sequence(unsignedInteger(modulus), unsignedInteger(exponent))));
}

/**
 * SubjectPublicKeyInfo of an EC key. CKA_EC_POINT should be an OCTET STRING around the point, but some modules give the bare
 * point; both begin with 0x04, so the length decides. Answers null when it is neither, or the point is not uncompressed.
 */
export function ecSpki(curve: Curve, ckaEcPoint: Uint8Array): Uint8Array | null {
  const size = 1 + 2 * COORDINATE_BYTES[curve];
  const point = ckaEcPoint.length === size ? ckaEcPoint : octetStringContent(ckaEcPoint);
  if (point === null || point.length !== size || point[0] !== 0x04) return null;
  return sequence(sequence(EC_PUBLIC_KEY, CURVE_OIDS[curve]), bitString(point));
}

/**
 * SubjectPublicKeyInfo of an Ed25519 key. CKA_EC_POINT is the encoded point, bare (PKCS#11 3.0) or in an OCTET STRING (SoftHSM);
 * the length decides. Answers null when it is neither.
 */
export function ed25519Spki(ckaEcPoint: Uint8Array): Uint8Array | null {
  const point = ckaEcPoint.length === ED25519_BYTES ? ckaEcPoint : octetStringContent(ckaEcPoint);
  return point?.length === ED25519_BYTES ? sequence(sequence(ED25519), bitString(point)) : null;
}

/** CKA_EC_PARAMS of an Ed25519 key, as modules take it: the object identifier (the curve's name, which PKCS#11 3.0 has too, fewer take). */
export const ED25519_PARAMETERS = ED25519;

/** CKA_EC_PARAMS of a curve: its object identifier in DER. */
export function curveParameters(curve: Curve): Uint8Array {
  return CURVE_OIDS[curve];
}

/** The curve named by CKA_EC_PARAMS; null for any other curve or for parameters spelled out. */
export function curveOfParameters(parameters: Uint8Array): Curve | null {
  for (const [curve, oid] of Object.entries(CURVE_OIDS) as [Curve, Uint8Array][]) {
    if (oid.length === parameters.length && oid.every((byte, index) => byte === parameters[index])) return curve;
  }
  return null;
}

/** ECDSA-Sig-Value (RFC 3279 2.2.3) from PKCS#11's and WebCrypto's r‖s. Throws RangeError on an odd or empty length. */
export function ecdsaSignatureDer(raw: Uint8Array): Uint8Array {
  if (raw.length === 0 || raw.length % 2 !== 0) throw new RangeError("r‖s must have two halves of equal length");
  const half = raw.length / 2;
  return der(0x30, unsignedInteger(raw.subarray(0, half)), unsignedInteger(raw.subarray(half)));
}
