import { sameBytes } from "#lib/log/digest";
import { KEY_PAIR_ALGORITHMS, shapeOf, type KeyPairAlgorithm } from "#lib/token/algorithm";
import { ecSpki, ed25519Spki, rsaSpki } from "#lib/token/spki";

const PUBLIC_EXPONENT = Uint8Array.of(0x01, 0x00, 0x01);
const COORDINATES = { "P-256": 32, "P-384": 48, "P-521": 66 } as const;

/**
 * The algorithm and size of the key inside a SubjectPublicKeyInfo, or null when the bytes are not exactly the DER of one of
 * ours: RSA of the full length with exponent 65537, an uncompressed point on a named curve, or an Ed25519 point. It is found by
 * building the DER again from the key's own numbers, so there is no parser to fool.
 */
export function algorithmOfSpki(spki: Uint8Array): KeyPairAlgorithm | null {
  for (const algorithm of KEY_PAIR_ALGORITHMS) {
    const shape = shapeOf(algorithm);
    if (shape.family === "RSA") {
      const end = spki.length - 2 - PUBLIC_EXPONENT.length;
      const modulus = spki.subarray(Math.max(0, end - shape.bits / 8), Math.max(0, end));
      const full = modulus.length === shape.bits / 8 && (modulus[0] ?? 0) >= 0x80;
      if (full && sameBytes(rsaSpki(modulus, PUBLIC_EXPONENT), spki)) return algorithm;
    } else if (shape.family === "EC_EDWARDS") {
      const again = ed25519Spki(spki.subarray(Math.max(0, spki.length - shape.bits / 8)));
      if (again && sameBytes(again, spki)) return algorithm;
    } else if (shape.family === "EC") {
      const again = ecSpki(shape.curve, spki.subarray(Math.max(0, spki.length - 1 - 2 * COORDINATES[shape.curve])));
      if (again && sameBytes(again, spki)) return algorithm;
    }
  }
  return null;
}
