import { createCipheriv, randomBytes } from "node:crypto";
import { sameBytes } from "#lib/log/digest";
import { openSealed, sealBytes } from "./key-use";
import type { OpenToken } from "./open-token";
import { CK } from "./pkcs11-constants";
import { attempt, withScratch } from "./scratch";

const [IV_BYTES, TAG_BYTES] = [12, 16];

/**
 * A throw-away AES-256 key whose value is known here is put into the module's session. What the module seals with it is sealed
 * again outside with the same iv and must be the same to the last byte; what is sealed outside the module must open. This shows
 * that its mechanism is AES-GCM (NIST SP 800-38D) and no other scheme that undoes itself: a key that never leaves cannot be tried
 * so.
 */
export function sealsAsOutside(token: OpenToken): Promise<boolean | "not offered"> {
  return withScratch(token, async (scratch) => {
    const [value, message, aad] = [randomBytes(32), randomBytes(75), randomBytes(32)];
    const template = new Map<number, boolean | number | Uint8Array>([
      [CK.CKA_CLASS, CK.CKO_SECRET_KEY],
      [CK.CKA_KEY_TYPE, CK.CKK_AES],
      [CK.CKA_TOKEN, false],
      [CK.CKA_ENCRYPT, true],
      [CK.CKA_DECRYPT, true],
      [CK.CKA_VALUE, value],
    ]);
    const known = await attempt(token, () => token.cryptoki.createObject(scratch, template));
    if ("fault" in known) return "not offered";
    const outside = (iv: Uint8Array): Buffer => {
      const cipher = createCipheriv("aes-256-gcm", value, iv, { authTagLength: TAG_BYTES }).setAAD(aad);
      return Buffer.concat([cipher.update(message), cipher.final(), cipher.getAuthTag()]);
    };
    const sealed = await sealBytes(token, known.value, message, aad);
    if (!sameBytes(sealed.ciphertext, outside(sealed.iv))) return false;
    const iv = randomBytes(IV_BYTES);
    const opened = await attempt(token, () => openSealed(token, known.value, { iv, ciphertext: outside(iv) }, aad));
    return "value" in opened && sameBytes(opened.value, message);
  });
}
