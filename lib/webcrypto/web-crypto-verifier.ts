import type { SignatureAlgorithm, SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { rawEcdsaSignature } from "./ecdsa-signature";

type Parameters = { readonly import: EcKeyImportParams | RsaHashedImportParams | Algorithm; readonly verify: EcdsaParams | Algorithm };

const PARAMETERS: { readonly [algorithm in SignatureAlgorithm]: Parameters } = {
  ES256: { import: { name: "ECDSA", namedCurve: "P-256" }, verify: { name: "ECDSA", hash: "SHA-256" } },
  RS256: { import: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, verify: { name: "RSASSA-PKCS1-v1_5" } },
  EdDSA: { import: { name: "Ed25519" }, verify: { name: "Ed25519" } },
};

/** Shorter RSA moduli can be factored (NIST SP 800-57 part 1, table 2): a signature under one proves nothing. */
const LEAST_RSA_BITS = 2048;

/** The signature port over the platform's WebCrypto: one file for Node, worker, verifier and browser. */
export const webCryptoVerifier: SignatureVerifier = {
  async verify(algorithm, spki, data, signature) {
    const { import: importing, verify } = PARAMETERS[algorithm];
    const raw = algorithm === "ES256" ? rawEcdsaSignature(signature) : signature;
    if (!raw) return false;
    const { subtle } = globalThis.crypto;
    let key: CryptoKey;
    try {
      key = await subtle.importKey("spki", owned(spki), importing, false, ["verify"]);
    } catch (fault) {
      if (isMalformedKey(fault)) return false;
      throw fault;
    }
    if ("modulusLength" in key.algorithm && (key.algorithm as RsaKeyAlgorithm).modulusLength < LEAST_RSA_BITS) return false;
    return subtle.verify(verify, key, owned(raw), owned(data));
  },
};

/** WebCrypto says DataError for bytes that are no such key; anything else (no such algorithm here) is the platform's fault. */
const isMalformedKey = (fault: unknown): boolean => fault instanceof Error && fault.name === "DataError";

/** A copy in memory of its own: WebCrypto does not take views on shared memory, and the caller may reuse its buffer. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
