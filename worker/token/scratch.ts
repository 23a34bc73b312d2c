import { TokenFault } from "#lib/token/fault";
import type { Session, Template } from "./cryptoki";
import type { OpenToken } from "./open-token";
import {
  CK,
  CKM_AES_KEY_WRAP_KWP,
  CKM_EC_EDWARDS_KEY_PAIR_GEN,
  CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD,
  CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD,
} from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";
import type { MechanismUse } from "./cryptoki";
import type { WrapMechanism } from "#lib/token/profile";

const ZERO_IV = new Uint8Array(16);

const WRAPS: Readonly<Record<WrapMechanism, MechanismUse>> = {
  "AES-KEY-WRAP": { code: CK.CKM_AES_KEY_WRAP },
  "AES-KEY-WRAP-PAD": { code: CK.CKM_AES_KEY_WRAP_PAD },
  "AES-KEY-WRAP-KWP": { code: CKM_AES_KEY_WRAP_KWP },
  "AES-CBC-PAD": { code: CK.CKM_AES_CBC_PAD, parameter: { kind: "cbc", iv: ZERO_IV } },
  "AWS-ZERO-PAD": { code: CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD },
  "AWS-NO-PAD": { code: CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD },
};

export const wrapOf = (name: WrapMechanism): MechanismUse => WRAPS[name];

/** The wrapping mechanisms of the profile that the module lists today. */
export function offeredWraps(token: OpenToken): { name: WrapMechanism; use: MechanismUse }[] {
  const listed = token.cryptoki.mechanismCodes(token.slot);
  return token.profile.wrap.map((name) => ({ name, use: WRAPS[name] })).filter(({ use }) => listed.includes(use.code));
}

/** Runs with a session of its own; closing it takes every throw-away object made in it along. */
export async function withScratch<T>(token: OpenToken, act: (scratch: Session) => Promise<T>): Promise<T> {
  const scratch = token.cryptoki.openSession(token.slot);
  try {
    return await act(scratch);
  } finally {
    token.cryptoki.closeSession(scratch);
  }
}

/** A throw-away AES-256 key in the session. `wraps` makes a wrapping key, else a key that may be wrapped and read. */
export function scratchAes(token: OpenToken, scratch: Session, wraps: boolean): Promise<Handle> {
  return token.cryptoki.generateKey(
    scratch,
    CK.CKM_AES_KEY_GEN,
    new Map<number, boolean | number>([
      [CK.CKA_TOKEN, false],
      [CK.CKA_PRIVATE, true],
      [CK.CKA_VALUE_LEN, 32],
      [CK.CKA_SENSITIVE, wraps],
      [CK.CKA_EXTRACTABLE, !wraps],
      [CK.CKA_ENCRYPT, !wraps],
      [CK.CKA_DECRYPT, !wraps],
      [CK.CKA_WRAP, wraps],
      [CK.CKA_UNWRAP, wraps],
    ]),
  );
}

const PAIR_GENERATION = { RSA: CK.CKM_RSA_PKCS_KEY_PAIR_GEN, EC: CK.CKM_EC_KEY_PAIR_GEN, EC_EDWARDS: CKM_EC_EDWARDS_KEY_PAIR_GEN } as const;

/** A throw-away pair in the session whose private half may be wrapped and whose public half may wrap (RSA). */
export function scratchPair(
  token: OpenToken,
  scratch: Session,
  kind: { family: "RSA" } | { family: "EC" | "EC_EDWARDS"; parameters: Uint8Array },
): Promise<{ publicKey: Handle; privateKey: Handle }> {
  const rsa = kind.family === "RSA";
  const size: [number, number | Uint8Array][] = rsa
    ? [
        [CK.CKA_MODULUS_BITS, 2048],
        [CK.CKA_PUBLIC_EXPONENT, Uint8Array.of(1, 0, 1)],
      ]
    : [[CK.CKA_EC_PARAMS, kind.parameters]];
  return token.cryptoki.generateKeyPair(
    scratch,
    PAIR_GENERATION[kind.family],
    new Map<number, boolean | number | Uint8Array>([[CK.CKA_TOKEN, false], ...size, [CK.CKA_VERIFY, true], [CK.CKA_WRAP, rsa]]),
    new Map<number, boolean>([
      [CK.CKA_TOKEN, false],
      [CK.CKA_PRIVATE, true],
      [CK.CKA_SENSITIVE, true],
      [CK.CKA_EXTRACTABLE, true],
      [CK.CKA_SIGN, true],
    ]),
  );
}

/** For the secret key that an unwrap or a derivation makes in a test: readable, so that the result can be compared. */
export function readableSecret(keyType: number, length: number | null): Template {
  return new Map<number, boolean | number>([
    [CK.CKA_CLASS, CK.CKO_SECRET_KEY],
    [CK.CKA_KEY_TYPE, keyType],
    [CK.CKA_TOKEN, false],
    [CK.CKA_SENSITIVE, false],
    [CK.CKA_EXTRACTABLE, true],
    ...(length === null ? [] : ([[CK.CKA_VALUE_LEN, length]] as [number, number][])),
  ]);
}

/** What a try came to: its value, or the module's answer. A token that is gone is thrown on. */
export async function attempt<T>(token: OpenToken, act: () => Promise<T> | T): Promise<{ value: T } | { fault: TokenFault }> {
  try {
    return { value: await act() };
  } catch (error) {
    if (!(error instanceof TokenFault)) throw error;
    const fault = token.afterFault(error);
    if (fault.gone) throw fault;
    return { fault };
  }
}
