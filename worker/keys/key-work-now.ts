import { TokenFault } from "#lib/token/fault";
import type { MechanismUse } from "../token/cryptoki";
import type { OpenToken } from "../token/open-token";
import { CK } from "../token/pkcs11-constants";
import type { Handle } from "../token/pkcs11-module";
import { readableSecret, wrapOf } from "../token/scratch";
import { IV_BYTES } from "./signing-protocol";

/** What a signing child does with secret keys, call by call and never waiting in between. */

/** With SHA-1, which is sound there (RFC 8017 B.1), and the one hash that all modules have. */
export const OAEP: MechanismUse = { code: CK.CKM_RSA_PKCS_OAEP, parameter: { kind: "oaep-sha1" } };
const gcm = (iv: Uint8Array, aad: Uint8Array): MechanismUse => ({ code: CK.CKM_AES_GCM, parameter: { kind: "gcm", iv, aad } });

/**
 * AES-GCM (NIST SP 800-38D): iv, ciphertext and tag. The iv is 96 random bits of the token's, or the module's own where the profile says
 * so: nobody outside chooses one, so that none is used twice on purpose.
 */
export function sealNow({ cryptoki, session, profile }: OpenToken, key: Handle, data: Uint8Array, aad: Uint8Array): Uint8Array {
  const chosen = profile.gcmIv === "caller" ? cryptoki.random(session, IV_BYTES) : Buffer.alloc(IV_BYTES);
  const { output, ivMade } = cryptoki.encryptNow(session, gcm(chosen, aad), key, data);
  const iv = ivMade ?? chosen;
  if (iv.every((byte) => byte === 0)) throw new TokenFault("C_Encrypt", null, "MODULE-MADE-NO-IV");
  return Buffer.concat([iv, output]);
}

export const openNow = ({ cryptoki, session }: OpenToken, key: Handle, sealed: Uint8Array, aad: Uint8Array): Uint8Array =>
  cryptoki.decryptNow(session, gcm(sealed.subarray(0, IV_BYTES), aad), key, sealed.subarray(IV_BYTES));

/** A data key under a wrapping key (RFC 5649). It is an object of the session for as long as that takes. */
export function wrapNow(token: OpenToken, key: Handle, data: Uint8Array): Uint8Array {
  const { cryptoki, session } = token;
  const template = new Map([...readableSecret(CK.CKK_GENERIC_SECRET, null), [CK.CKA_VALUE, data] as const]);
  const wrapped = cryptoki.createObject(session, template);
  try {
    return cryptoki.wrapNow(session, kwp(token), key, wrapped);
  } finally {
    cryptoki.destroy(session, wrapped);
  }
}

export function unwrapNow(token: OpenToken, by: "AES-KWP" | "RSA-OAEP", key: Handle, wrapped: Uint8Array): Uint8Array {
  const { cryptoki, session } = token;
  const opened = cryptoki.unwrapNow(session, by === "AES-KWP" ? kwp(token) : OAEP, key, wrapped, readableSecret(CK.CKK_GENERIC_SECRET, null));
  try {
    return cryptoki.attribute(session, opened, CK.CKA_VALUE);
  } finally {
    cryptoki.destroy(session, opened);
  }
}

function kwp({ profile }: OpenToken): MechanismUse {
  if (profile.kwp === null) throw new TokenFault("C_WrapKey", null, "NO-KEY-WRAPPING");
  return wrapOf(profile.kwp);
}

const ZEROS = new Uint8Array(16);

/** What a key makes of zeros, three bytes of it: by encryption where it encrypts, by a MAC where it makes those; null for a key that does neither. */
export function checkValueNow({ cryptoki, session }: OpenToken, key: Handle, what: string): string | null {
  if (what === "encrypt") return shown(cryptoki.encryptNow(session, { code: CK.CKM_AES_ECB }, key, ZEROS).output);
  return what === "mac" ? shown(cryptoki.signNow(session, { code: CK.CKM_SHA256_HMAC }, key, ZEROS)) : null;
}

const shown = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 3)).toString("hex");
