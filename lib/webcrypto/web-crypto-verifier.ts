import type { SignatureAlgorithm, SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { hex, sameBytes } from "#lib/log/digest";
import { rawEcdsaSignature } from "./ecdsa-signature";

interface Parameters {
  readonly import: EcKeyImportParams | RsaHashedImportParams | Algorithm;
  readonly verify: EcdsaParams | RsaPssParams | Algorithm;
  /** ECDSA: bytes of one coordinate, and so of each half of a raw signature. */
  readonly half?: number;
}

const ecdsa = (namedCurve: string, hash: string, half: number): Parameters => ({
  import: { name: "ECDSA", namedCurve },
  verify: { name: "ECDSA", hash },
  half,
});

const pkcs1 = (hash: string): Parameters => ({
  import: { name: "RSASSA-PKCS1-v1_5", hash },
  verify: { name: "RSASSA-PKCS1-v1_5" },
});

const PARAMETERS: { readonly [algorithm in SignatureAlgorithm]: Parameters } = {
  ES256: ecdsa("P-256", "SHA-256", 32),
  ES384: ecdsa("P-384", "SHA-384", 48),
  ES512: ecdsa("P-521", "SHA-512", 66),
  RS256: pkcs1("SHA-256"),
  RS384: pkcs1("SHA-384"),
  RS512: pkcs1("SHA-512"),
  // The SPKI says rsaEncryption for both RSA signatures: a key is used by the name of the signature, not of its own.
  PS256: { import: { name: "RSA-PSS", hash: "SHA-256" }, verify: { name: "RSA-PSS", saltLength: 32 } },
  EdDSA: { import: { name: "Ed25519" }, verify: { name: "Ed25519" } },
};

/** Shorter RSA moduli can be factored (NIST SP 800-57 part 1, table 2): a signature under one proves nothing. */
const LEAST_RSA_BITS = 2048;

/** The signature port over the platform's WebCrypto: one file for Node, worker, verifier and browser. */
export const webCryptoVerifier: SignatureVerifier = {
  async verify(algorithm, spki, data, signature) {
    const { import: importing, verify, half } = PARAMETERS[algorithm];
    const raw = half === undefined ? signature : rawEcdsaSignature(signature, half);
    if (!raw) return false;
    const key = await imported(algorithm, spki, importing);
    return key !== null && globalThis.crypto.subtle.verify(verify, key, owned(raw), owned(data));
  },
};

/** Importing costs as much as verifying, and a transcript has few keys and many signatures. Oldest out when full. */
const MOST_KEYS = 256;
const keys = new Map<string, Promise<CryptoKey | null>>();

/** The key to verify with, or null when the bytes are no such key, too short a one, or not its one spelling. */
function imported(algorithm: SignatureAlgorithm, spki: Uint8Array, importing: Parameters["import"]): Promise<CryptoKey | null> {
  const name = `${algorithm} ${hex(spki)}`;
  const known = keys.get(name);
  if (known) return known;
  const key = importKey(spki, importing);
  const oldest = keys.size >= MOST_KEYS ? keys.keys().next().value : undefined;
  if (oldest !== undefined) keys.delete(oldest);
  keys.set(name, key);
  key.catch(() => keys.delete(name));
  return key;
}

/**
 * Platforms differ in what they read beside the DER of RFC 5280: compressed points, long lengths, bytes behind the end. Such a
 * second spelling would be a second passkey to the roster, so the key must export to the very bytes that came in.
 */
async function importKey(spki: Uint8Array, importing: Parameters["import"]): Promise<CryptoKey | null> {
  const { subtle } = globalThis.crypto;
  try {
    const key = await subtle.importKey("spki", owned(spki), importing, true, ["verify"]);
    if (!sameBytes(new Uint8Array(await subtle.exportKey("spki", key)), spki)) return null;
    return "modulusLength" in key.algorithm && (key.algorithm as RsaKeyAlgorithm).modulusLength < LEAST_RSA_BITS ? null : key;
  } catch (fault) {
    if (isMalformedKey(fault)) return null;
    throw fault;
  }
}

/** WebCrypto says DataError for bytes that are no such key; anything else (no such algorithm here) is the platform's fault. */
const isMalformedKey = (fault: unknown): boolean => fault instanceof Error && fault.name === "DataError";

/** A copy in memory of its own: WebCrypto does not take views on shared memory, and the caller may reuse its buffer. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
