import { createHmac, randomBytes } from "node:crypto";
import { sameBytes } from "#lib/log/digest";
import { macBytes } from "./key-use";
import type { OpenToken } from "./open-token";
import { CK } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";
import { attempt, withScratch } from "./scratch";

/** Of HMAC-SHA256, in bytes. */
const MAC_LENGTH = 32;

/**
 * Whether this is the whole MAC and the module accepts it. The length is looked at here: NSS takes 32 bytes from where a MAC begins,
 * however long it is said to be, so that one cut by a byte passes whenever the byte behind it in memory fits. False when C_Verify itself answers with an error: CKR_SIGNATURE_INVALID by the book, but
 * NSS says CKR_DEVICE_ERROR of every wrong MAC. Whoever takes false for "refused" asks for the right MAC again. Other trouble
 * throws.
 */
export async function acceptsMac(token: OpenToken, key: Handle, bytes: Uint8Array, mac: Uint8Array): Promise<boolean> {
  if (mac.length !== MAC_LENGTH) return false;
  const use = { code: CK.CKM_SHA256_HMAC };
  const came = await attempt(token, () => token.cryptoki.verify(token.session, use, key, bytes, mac));
  if (!("fault" in came)) return true;
  if (came.fault.call !== "C_Verify" || came.fault.ckr === null) throw came.fault;
  return false;
}

/**
 * A throw-away key whose value is known here is put into the module's session and used there; the answer is computed again
 * outside. What this shows is that the module's mechanism is HMAC-SHA256: a key that never leaves cannot be recomputed with.
 */
export function macsAsOutside(token: OpenToken): Promise<boolean | "not offered"> {
  return withScratch(token, async (scratch) => {
    const [value, message] = [randomBytes(32), randomBytes(64)];
    const template = new Map<number, boolean | number | Uint8Array>([
      [CK.CKA_CLASS, CK.CKO_SECRET_KEY],
      [CK.CKA_KEY_TYPE, CK.CKK_GENERIC_SECRET],
      [CK.CKA_TOKEN, false],
      [CK.CKA_SIGN, true],
      [CK.CKA_VALUE, value],
    ]);
    const known = await attempt(token, () => token.cryptoki.createObject(scratch, template));
    if ("fault" in known) return "not offered";
    return sameBytes(await macBytes(token, known.value, message), createHmac("sha256", value).update(message).digest());
  });
}
