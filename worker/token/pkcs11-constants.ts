/**
 * The numbers of PKCS#11 2.40 that this adapter uses. They are written out because an `import *` of the add-on compiles and gives
 * `undefined` for each: a C_Initialize with undefined flags means "single-threaded" and crashes later. `wrongConstants` compares
 * every one of them with the add-on's at start.
 */
export const CK = {
  CKF_OS_LOCKING_OK: 0x2,
  CKF_RW_SESSION: 0x2,
  CKF_SERIAL_SESSION: 0x4,
  CKF_TOKEN_INITIALIZED: 0x400,
  CKU_SO: 0,
  CKU_USER: 1,
  CKO_DATA: 0,
  CKO_CERTIFICATE: 1,
  CKO_PUBLIC_KEY: 2,
  CKO_PRIVATE_KEY: 3,
  CKO_SECRET_KEY: 4,
  CKK_RSA: 0x0,
  CKK_EC: 0x3,
  CKK_GENERIC_SECRET: 0x10,
  CKK_AES: 0x1f,
  CKK_SHA256_HMAC: 0x2b,
  CKA_CLASS: 0x0,
  CKA_TOKEN: 0x1,
  CKA_PRIVATE: 0x2,
  CKA_LABEL: 0x3,
  CKA_VALUE: 0x11,
  CKA_TRUSTED: 0x86,
  CKA_CHECK_VALUE: 0x90,
  CKA_KEY_TYPE: 0x100,
  CKA_ID: 0x102,
  CKA_SENSITIVE: 0x103,
  CKA_ENCRYPT: 0x104,
  CKA_DECRYPT: 0x105,
  CKA_WRAP: 0x106,
  CKA_UNWRAP: 0x107,
  CKA_SIGN: 0x108,
  CKA_VERIFY: 0x10a,
  CKA_DERIVE: 0x10c,
  CKA_MODULUS: 0x120,
  CKA_MODULUS_BITS: 0x121,
  CKA_PUBLIC_EXPONENT: 0x122,
  CKA_PRIVATE_EXPONENT: 0x123,
  CKA_PRIME_1: 0x124,
  CKA_PRIME_2: 0x125,
  CKA_EXPONENT_1: 0x126,
  CKA_EXPONENT_2: 0x127,
  CKA_COEFFICIENT: 0x128,
  CKA_VALUE_LEN: 0x161,
  CKA_EXTRACTABLE: 0x162,
  CKA_LOCAL: 0x163,
  CKA_NEVER_EXTRACTABLE: 0x164,
  CKA_ALWAYS_SENSITIVE: 0x165,
  CKA_KEY_GEN_MECHANISM: 0x166,
  CKA_MODIFIABLE: 0x170,
  CKA_EC_PARAMS: 0x180,
  CKA_EC_POINT: 0x181,
  CKA_WRAP_WITH_TRUSTED: 0x210,
  CKM_RSA_PKCS_KEY_PAIR_GEN: 0x0,
  CKM_RSA_PKCS: 0x1,
  CKM_RSA_PKCS_OAEP: 0x9,
  CKM_RSA_PKCS_PSS: 0xd,
  CKM_SHA_1: 0x220,
  CKM_SHA256: 0x250,
  CKM_SHA256_HMAC: 0x251,
  CKM_GENERIC_SECRET_KEY_GEN: 0x350,
  CKM_EC_KEY_PAIR_GEN: 0x1040,
  CKM_ECDSA: 0x1041,
  CKM_ECDH1_DERIVE: 0x1050,
  CKM_AES_KEY_GEN: 0x1080,
  CKM_AES_ECB: 0x1081,
  CKM_AES_CBC: 0x1082,
  CKM_AES_CBC_PAD: 0x1085,
  CKM_AES_GCM: 0x1087,
  CKM_AES_KEY_WRAP: 0x2109,
  CKM_AES_KEY_WRAP_PAD: 0x210a,
  CKG_MGF1_SHA1: 0x1,
  CKG_MGF1_SHA256: 0x2,
  CKD_NULL: 0x1,
  CKR_OK: 0x0,
  CKR_HOST_MEMORY: 0x2,
  CKR_GENERAL_ERROR: 0x5,
  CKR_FUNCTION_FAILED: 0x6,
  CKR_ATTRIBUTE_READ_ONLY: 0x10,
  CKR_ATTRIBUTE_SENSITIVE: 0x11,
  CKR_ATTRIBUTE_TYPE_INVALID: 0x12,
  CKR_ATTRIBUTE_VALUE_INVALID: 0x13,
  CKR_DATA_LEN_RANGE: 0x21,
  CKR_DEVICE_ERROR: 0x30,
  CKR_DEVICE_MEMORY: 0x31,
  CKR_DEVICE_REMOVED: 0x32,
  CKR_FUNCTION_NOT_SUPPORTED: 0x54,
  CKR_KEY_HANDLE_INVALID: 0x60,
  CKR_KEY_SIZE_RANGE: 0x62,
  CKR_KEY_UNEXTRACTABLE: 0x6a,
  CKR_KEY_NOT_WRAPPABLE: 0x69,
  CKR_MECHANISM_INVALID: 0x70,
  CKR_MECHANISM_PARAM_INVALID: 0x71,
  CKR_OBJECT_HANDLE_INVALID: 0x82,
  CKR_OPERATION_ACTIVE: 0x90,
  CKR_PIN_INCORRECT: 0xa0,
  CKR_PIN_INVALID: 0xa1,
  CKR_PIN_LEN_RANGE: 0xa2,
  CKR_PIN_EXPIRED: 0xa3,
  CKR_PIN_LOCKED: 0xa4,
  CKR_SESSION_CLOSED: 0xb0,
  CKR_SESSION_HANDLE_INVALID: 0xb3,
  CKR_SIGNATURE_INVALID: 0xc0,
  CKR_SIGNATURE_LEN_RANGE: 0xc1,
  CKR_TEMPLATE_INCONSISTENT: 0xd1,
  CKR_TOKEN_NOT_PRESENT: 0xe0,
  CKR_TOKEN_NOT_RECOGNIZED: 0xe1,
  CKR_USER_ALREADY_LOGGED_IN: 0x100,
  CKR_USER_NOT_LOGGED_IN: 0x101,
  CKR_USER_PIN_NOT_INITIALIZED: 0x102,
  CKR_CRYPTOKI_NOT_INITIALIZED: 0x190,
} as const;

/** Kinds of parameter structures, as the add-on numbers them (not part of PKCS#11). */
export const CK_PARAMS = { CK_PARAMS_RSA_OAEP: 4, CK_PARAMS_RSA_PSS: 5, CK_PARAMS_EC_DH: 6, CK_PARAMS_AES_GCM_v240: 7 } as const;

/** Newer or makers' own numbers that the add-on does not know. */
export const CKM_AES_KEY_WRAP_KWP = 0x210b;
export const CKM_CLOUDHSM_AES_GCM = 0x80001087;
export const CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD = 0x80002109;
export const CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD = 0x8000216f;
export const CKR_ACTION_PROHIBITED = 0x1b;
export const CKZ_DATA_SPECIFIED = 0x1;

/** PKCS#11 3.0: Edwards curves, RFC 8032. */
export const CKM_EC_EDWARDS_KEY_PAIR_GEN = 0x1055;
export const CKM_EDDSA = 0x1057;
export const CKK_EC_EDWARDS = 0x40;

const LATER_KEY_TYPES: Readonly<Record<number, string>> = { [CKK_EC_EDWARDS]: "EC_EDWARDS" };
const LATER_MECHANISMS: Readonly<Record<number, string>> = {
  [CKM_EC_EDWARDS_KEY_PAIR_GEN]: "EC_EDWARDS_KEY_PAIR_GEN",
  [CKM_EDDSA]: "EDDSA",
  0x1054: "RSA_AES_KEY_WRAP",
  [CKM_AES_KEY_WRAP_KWP]: "AES_KEY_WRAP_KWP",
  [CKM_CLOUDHSM_AES_GCM]: "CLOUDHSM_AES_GCM",
  [CKM_CLOUDHSM_AES_KEY_WRAP_NO_PAD]: "CLOUDHSM_AES_KEY_WRAP_NO_PAD",
  [CKM_CLOUDHSM_AES_KEY_WRAP_ZERO_PAD]: "CLOUDHSM_AES_KEY_WRAP_ZERO_PAD",
};

/** Names where two names share a number: PKCS#11's current one. */
const PREFERRED = new Set(["CKM_EC_KEY_PAIR_GEN", "CKK_EC", "CKM_CAST128_KEY_GEN", "CKM_CAST128_ECB", "CKM_CAST128_CBC"]);

export type AddOnConstants = Readonly<Record<string, unknown>>;

/** The names of constants on which this file and the add-on disagree; empty when the add-on is the one this was written for. */
export function wrongConstants(addOn: AddOnConstants): string[] {
  return Object.entries({ ...CK, ...CK_PARAMS })
    .filter(([name, value]) => addOn[name] !== value)
    .map(([name]) => name);
}

/** Looks names up by number among the add-on's constants with this prefix: "CKM_", "CKK_", "CKR_". */
export function nameTable(addOn: AddOnConstants, prefix: "CKM_" | "CKK_" | "CKR_"): (code: number) => string {
  const names = new Map<number, string>();
  for (const [name, value] of Object.entries(addOn)) {
    if (!name.startsWith(prefix) || typeof value !== "number") continue;
    if (!names.has(value) || PREFERRED.has(name)) names.set(value, prefix === "CKR_" ? name : name.slice(prefix.length));
  }
  const later: Readonly<Record<number, string>> = { CKM_: LATER_MECHANISMS, CKK_: LATER_KEY_TYPES, CKR_: {} }[prefix];
  for (const [code, name] of Object.entries(later)) names.set(Number(code), name);
  return (code) => names.get(code) ?? `0x${code.toString(16)}`;
}

/** Names of the bits in CK_TOKEN_INFO.flags and CK_MECHANISM_INFO.flags (PKCS#11 2.40 base, tables 6 and 13), sorted. */
export function flagNames(flags: number, table: Readonly<Record<number, string>>): string[] {
  return Object.entries(table)
    .filter(([bit]) => (flags & Number(bit)) !== 0)
    .map(([, name]) => name)
    .sort();
}

export const TOKEN_FLAGS: Readonly<Record<number, string>> = {
  0x1: "RNG",
  0x2: "WRITE_PROTECTED",
  0x4: "LOGIN_REQUIRED",
  0x8: "USER_PIN_INITIALIZED",
  0x20: "RESTORE_KEY_NOT_NEEDED",
  0x40: "CLOCK_ON_TOKEN",
  0x100: "PROTECTED_AUTHENTICATION_PATH",
  0x200: "DUAL_CRYPTO_OPERATIONS",
  0x400: "TOKEN_INITIALIZED",
  0x800: "SECONDARY_AUTHENTICATION",
  0x10000: "USER_PIN_COUNT_LOW",
  0x20000: "USER_PIN_FINAL_TRY",
  0x40000: "USER_PIN_LOCKED",
  0x80000: "USER_PIN_TO_BE_CHANGED",
  0x100000: "SO_PIN_COUNT_LOW",
  0x200000: "SO_PIN_FINAL_TRY",
  0x400000: "SO_PIN_LOCKED",
  0x800000: "SO_PIN_TO_BE_CHANGED",
  0x1000000: "ERROR_STATE",
};

export const MECHANISM_FLAGS: Readonly<Record<number, string>> = {
  0x1: "HW",
  0x100: "ENCRYPT",
  0x200: "DECRYPT",
  0x400: "DIGEST",
  0x800: "SIGN",
  0x1000: "SIGN_RECOVER",
  0x2000: "VERIFY",
  0x4000: "VERIFY_RECOVER",
  0x8000: "GENERATE",
  0x10000: "GENERATE_KEY_PAIR",
  0x20000: "WRAP",
  0x40000: "UNWRAP",
  0x80000: "DERIVE",
};
