/** Key kinds and signature kinds by the names people read in a script. PKCS#11's own numbers stay in `worker/token`. */

export const KEY_PAIR_ALGORITHMS = ["RSA-2048", "RSA-3072", "RSA-4096", "EC-P256", "EC-P384", "EC-P521", "Ed25519"] as const;
export const SECRET_KEY_ALGORITHMS = ["AES-128", "AES-256", "HMAC-SHA256"] as const;
export const SIGNATURE_ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"] as const;

export type KeyPairAlgorithm = (typeof KEY_PAIR_ALGORITHMS)[number];
export type SecretKeyAlgorithm = (typeof SECRET_KEY_ALGORITHMS)[number];
export type KeyAlgorithm = KeyPairAlgorithm | SecretKeyAlgorithm;
/** The JOSE names (RFC 7518 section 3.1). */
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];
export type Curve = "P-256" | "P-384" | "P-521";

/** The families are PKCS#11's key types, without `CKK_`. */
type KeyPairShape = { family: "RSA"; bits: number } | { family: "EC"; curve: Curve; bits: number } | { family: "EC_EDWARDS"; bits: number };
type SecretShape = { family: "AES" | "HMAC"; bits: number };

const SHAPES: Readonly<Record<KeyAlgorithm, KeyPairShape | SecretShape>> = {
  "RSA-2048": { family: "RSA", bits: 2048 },
  "RSA-3072": { family: "RSA", bits: 3072 },
  "RSA-4096": { family: "RSA", bits: 4096 },
  "EC-P256": { family: "EC", curve: "P-256", bits: 256 },
  "EC-P384": { family: "EC", curve: "P-384", bits: 384 },
  "EC-P521": { family: "EC", curve: "P-521", bits: 521 },
  // RFC 8032 section 5.1: b, the bits of an encoded point, is 256. The module's key sizes count those.
  Ed25519: { family: "EC_EDWARDS", bits: 256 },
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

const RSA_SIGNATURES = ["RS256", "PS256"] as const;
const SIGNATURES = {
  "RSA-2048": RSA_SIGNATURES,
  "RSA-3072": RSA_SIGNATURES,
  "RSA-4096": RSA_SIGNATURES,
  "EC-P256": ["ES256"],
  "EC-P384": ["ES384"],
  "EC-P521": ["ES512"],
  Ed25519: ["EdDSA"],
} as const satisfies Record<KeyPairAlgorithm, readonly [SignatureAlgorithm, ...SignatureAlgorithm[]]>;

/** Every signature a key pair can make; the hash follows the size of the curve (RFC 7518 section 3.4, RFC 8037 section 3.1). */
export const signaturesOf = (algorithm: KeyPairAlgorithm): readonly SignatureAlgorithm[] => SIGNATURES[algorithm];

/** The signature a key pair is tested with when it is made. */
export const testSignatureOf = (algorithm: KeyPairAlgorithm): SignatureAlgorithm => SIGNATURES[algorithm][0];
