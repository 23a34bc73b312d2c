/**
 * How passkeys, recorders and the keys of ceremonies sign, by the names of RFC 7518 section 3.1 and RFC 8037. ECDSA signatures come
 * in DER; ES384 is on P-384 and ES512 on P-521; PS256 has a salt of 32 bytes. Authorities sign by RS384 and RS512 too; nothing here does.
 */
export type SignatureAlgorithm = "ES256" | "ES384" | "ES512" | "RS256" | "RS384" | "RS512" | "PS256" | "EdDSA";

/** Those that passkeys are enrolled with. */
export type PasskeyAlgorithm = Extract<SignatureAlgorithm, "ES256" | "RS256" | "EdDSA">;

/** The only crypto the rules need and do not hold themselves: a port, so that app, worker, verifier and browser can share them. */
export interface SignatureVerifier {
  /**
   * True only if `signature` over `data` verifies under the SubjectPublicKeyInfo. False for any malformed key or
   * signature; throws only when the platform itself fails.
   */
  verify(algorithm: SignatureAlgorithm, spki: Uint8Array, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
}
