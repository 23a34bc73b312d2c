import type { AttributeValue, Cryptoki, Session } from "./cryptoki";
import type { OpenToken } from "./open-token";
import { CK } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";

const LABEL = "claviger-trusted-wrapping";
const ID_BYTES = 16;

/**
 * Makes the key that keys marked WRAP_WITH_TRUSTED may be wrapped by, in a session in which the security officer is logged in:
 * nobody else can mark a key trusted (PKCS#11 2.40, section 4.9). It is no private object, because the security officer can make
 * none. It may be wrapped itself, since a token that receives a key needs it; who may use the token could do that too.
 */
export async function makeTrustedKey(cryptoki: Cryptoki, session: Session): Promise<void> {
  await cryptoki.generateKey(
    session,
    CK.CKM_AES_KEY_GEN,
    new Map<number, AttributeValue>([
      [CK.CKA_TOKEN, true],
      [CK.CKA_PRIVATE, false],
      [CK.CKA_LABEL, LABEL],
      [CK.CKA_ID, Uint8Array.from(cryptoki.random(session, ID_BYTES))],
      [CK.CKA_VALUE_LEN, 32],
      [CK.CKA_SENSITIVE, true],
      [CK.CKA_EXTRACTABLE, true],
      [CK.CKA_TRUSTED, true],
      [CK.CKA_WRAP, true],
      [CK.CKA_UNWRAP, false],
      [CK.CKA_ENCRYPT, false],
      [CK.CKA_DECRYPT, false],
      [CK.CKA_SIGN, false],
      [CK.CKA_VERIFY, false],
    ]),
  );
}

/** A trusted AES-256 key on the token that wraps, or null. */
export function findTrustedKey(token: OpenToken): Handle | null {
  const wanted = new Map<number, AttributeValue>([
    [CK.CKA_CLASS, CK.CKO_SECRET_KEY],
    [CK.CKA_KEY_TYPE, CK.CKK_AES],
    [CK.CKA_TRUSTED, true],
    [CK.CKA_WRAP, true],
    [CK.CKA_EXTRACTABLE, true],
  ]);
  return token.find(wanted)[0] ?? null;
}
