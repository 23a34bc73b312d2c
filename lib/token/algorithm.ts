/** Key kinds and signature kinds by the names people read in a script. PKCS#11's own numbers stay in `worker/token`. */

export const KEY_PAIR_ALGORITHMS = ["RSA-2048", "RSA-3072", "RSA-4096", "EC-P256", "EC-P384", "EC-P521"] as const;
export const SECRET_KEY_ALGORITHMS = ["AES-128", "AES-256", "HMAC-SHA256"] as const;
export const SIGNATURE_ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "ES512"] as const;

export type KeyPairAlgorithm = (typeof KEY_PAIR_ALGORITHMS)[number];
export type SecretKeyAlgorithm = (typeof SECRET_KEY_ALGORITHMS)[number];
export type KeyAlgorithm = KeyPairAlgorithm | SecretKeyAlgorithm;
/** The JOSE names (RFC 7518 section 3.1). */
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];
export type Curve = "P-256" | "P-384" | "P-521";

type KeyPairShape = { family: "RSA"; bits: number } | { family: "EC"; curve: Curve; bits: number };
type SecretShape = { family: "AES" | "HMAC"; bits: number };

const SHAPES: Readonly<Record<KeyAlgorithm, KeyPairShape | SecretShape>> = {
  "RSA-2048": { family: "RSA", bits: 2048 },
  "RSA-3072": { family: "RSA", bits: 3072 },
  "RSA-4096": { family: "RSA", bits: 4096 },
  "EC-P256": { family: "EC", curve: "P-256", bits: 256 },
  "EC-P384": { family: "EC", curve: "P-384", bits: 384 },
  "EC-P521": { family: "EC", curve: "P-521", bits: 521 },
  "AES-128": { family: "AES", bits: 128 },
  "AES-256": { family: "AES", bits: 256 },
  "HMAC-SHA256": { family: "HMAC", bits: 256 },
};

/** Family, size and curve of an algorithm. */
export function shapeOf(algorithm: KeyAlgorithm): KeyPairShape | SecretShape {
  return SHAPES[algorithm];
}

/** True for algorithms that make two objects, a private and a public key. */
export function isKeyPairAlgorithm(algorithm: KeyAlgorithm): algorithm is KeyPairAlgorithm {
  return (KEY_PAIR_ALGORITHMS as readonly string[]).includes(algorithm);
}

/** The signature a key pair is tested with; the hash follows the size of the curve (RFC 7518 section 3.4). */
export function testSignatureOf(algorithm: KeyPairAlgorithm): SignatureAlgorithm {
  switch (algorithm) {
    case "RSA-2048":
    case "RSA-3072":
    case "RSA-4096":
      return "RS256";
    case "EC-P256":
      return "ES256";
    case "EC-P384":
      return "ES384";
    case "EC-P521":
      return "ES512";
  }
}
