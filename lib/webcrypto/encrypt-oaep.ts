import type { EncryptOaep } from "#lib/operations/operation";

const OAEP = { name: "RSA-OAEP", hash: "SHA-1" };

/** Encrypts to an RSA public key by WebCrypto, outside of every HSM. Throws for bytes that are no such key, and for too many. */
export const webCryptoEncryptOaep: EncryptOaep = async (spki, plaintext) => {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey("spki", new Uint8Array(spki), OAEP, false, ["encrypt"]);
  return new Uint8Array(await subtle.encrypt(OAEP, key, new Uint8Array(plaintext)));
};
