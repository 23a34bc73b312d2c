/** How passkeys and recorders sign. ES256: ECDSA P-256 with SHA-256, signature in DER; RS256: PKCS#1 v1.5; EdDSA: Ed25519. */
export type SignatureAlgorithm = "ES256" | "RS256" | "EdDSA";

/** The only crypto the rules need and do not hold themselves: a port, so that app, worker, verifier and browser can share them. */
export interface SignatureVerifier {
  /**
   * True only if `signature` over `data` verifies under the SubjectPublicKeyInfo. False for any malformed key or
   * signature; throws only when the platform itself fails.
   */
  verify(algorithm: SignatureAlgorithm, spki: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
