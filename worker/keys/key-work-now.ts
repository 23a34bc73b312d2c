import { TokenFault } from "#lib/token/fault";
import type { MechanismUse } from "../token/cryptoki";
import { readAttribute } from "../token/object-reader";
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

/**
 * What a key makes of zeros, three bytes of it, worked out as ceremonies do it (`checkValueOf`): by encryption where it encrypts, by a MAC
 * where it makes those, else by what it wraps zeros to, or what the module itself says. Null for a key that shows nothing.
 */
export function checkValueNow(token: OpenToken, key: Handle): string | null {
  const { cryptoki, session } = token;
  const may = (attribute: number): boolean => readAttribute(token, key, attribute)?.[0] === 1;
  if (may(CK.CKA_ENCRYPT)) return shown(cryptoki.encryptNow(session, { code: CK.CKM_AES_ECB }, key, ZEROS).output);
  if (may(CK.CKA_SIGN)) return shown(cryptoki.signNow(session, { code: CK.CKM_SHA256_HMAC }, key, ZEROS));
  const wrapped = may(CK.CKA_WRAP) ? wrappedZeros(token, key) : null;
  if (wrapped) return shown(wrapped);
  const said = readAttribute(token, key, CK.CKA_CHECK_VALUE);
  return said?.length === CHECK_BYTES ? shown(said) : null;
}

/** Null where the module takes no such key or does not wrap so. */
function wrappedZeros(token: OpenToken, key: Handle): Uint8Array | null {
  const { cryptoki, session } = token;
  try {
    const known = cryptoki.createObject(session, new Map([...readableSecret(CK.CKK_AES, null), [CK.CKA_VALUE, ZEROS] as const]));
    try {
      const wrapped = cryptoki.wrapNow(session, { code: CK.CKM_AES_CBC, parameter: { kind: "cbc", iv: ZEROS } }, key, known);
      return wrapped.length === ZEROS.length ? wrapped : null;
    } finally {
      cryptoki.destroy(session, known);
    }
  } catch (error) {
    if (!(error instanceof TokenFault) || token.afterFault(error).gone) throw error;
    return null;
  }
}

const CHECK_BYTES = 3;
const shown = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, CHECK_BYTES)).toString("hex");
