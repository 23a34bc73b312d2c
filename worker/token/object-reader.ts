import { createHash } from "node:crypto";
import type { KeyAlgorithm } from "#lib/token/algorithm";
import {
  type AttributeName,
  type AttributeReading,
  noReadings,
  type ObjectClass,
  type ObjectReading,
} from "#lib/token/attributes";
import { sameBytes } from "#lib/log/digest";
import { TokenFault } from "#lib/token/fault";
import { curveOfParameters, ecSpki, ed25519Spki, ED25519_PARAMETERS, rsaSpki } from "#lib/token/spki";
import type { OpenToken } from "./open-token";
import { CK, CKK_EC_EDWARDS } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";

const ATTRIBUTE_NUMBERS: Readonly<Record<AttributeName, number>> = {
  TOKEN: CK.CKA_TOKEN,
  PRIVATE: CK.CKA_PRIVATE,
  MODIFIABLE: CK.CKA_MODIFIABLE,
  LOCAL: CK.CKA_LOCAL,
  SENSITIVE: CK.CKA_SENSITIVE,
  ALWAYS_SENSITIVE: CK.CKA_ALWAYS_SENSITIVE,
  EXTRACTABLE: CK.CKA_EXTRACTABLE,
  NEVER_EXTRACTABLE: CK.CKA_NEVER_EXTRACTABLE,
  SIGN: CK.CKA_SIGN,
  VERIFY: CK.CKA_VERIFY,
  ENCRYPT: CK.CKA_ENCRYPT,
  DECRYPT: CK.CKA_DECRYPT,
  WRAP: CK.CKA_WRAP,
  UNWRAP: CK.CKA_UNWRAP,
  DERIVE: CK.CKA_DERIVE,
  WRAP_WITH_TRUSTED: CK.CKA_WRAP_WITH_TRUSTED,
  TRUSTED: CK.CKA_TRUSTED,
};

const CLASSES: Readonly<Record<number, ObjectClass>> = {
  [CK.CKO_DATA]: "data",
  [CK.CKO_CERTIFICATE]: "certificate",
  [CK.CKO_PUBLIC_KEY]: "public-key",
  [CK.CKO_PRIVATE_KEY]: "private-key",
  [CK.CKO_SECRET_KEY]: "secret-key",
};

const EC_ALGORITHMS = { "P-256": "EC-P256", "P-384": "EC-P384", "P-521": "EC-P521" } as const;

/** Answers that mean "this object has no such attribute to show". The last is SoftHSM's for an object that has none at all. */
const NOT_OFFERED: readonly number[] =
  [CK.CKR_ATTRIBUTE_TYPE_INVALID, CK.CKR_ATTRIBUTE_SENSITIVE, CK.CKR_ATTRIBUTE_VALUE_INVALID];

/** Raw value of one attribute; null when the module does not offer it. Other trouble throws. */
export function readAttribute(token: OpenToken, object: Handle, type: number): Buffer | null {
  try {
    const value = token.cryptoki.attribute(token.session, object, type);
    return value.length === 0 ? null : value;
  } catch (error) {
    if (error instanceof TokenFault && error.ckr !== null && NOT_OFFERED.includes(error.ckr)) return null;
    throw error;
  }
}

/**
 * Everything about one object that may be read. An object a killed writer left broken still gets a reading, with what it can
 * show, so that no inventory passes over it.
 */
export function readObject(token: OpenToken, object: Handle): ObjectReading {
  const read = (type: number): Buffer | null => readAttribute(token, object, type);
  const attributes = noReadings();
  for (const [name, type] of Object.entries(ATTRIBUTE_NUMBERS) as [AttributeName, number][]) attributes[name] = flag(read(type));
  const objectClass = classOf(read(CK.CKA_CLASS));
  const isKey = objectClass === "private-key" || objectClass === "public-key" || objectClass === "secret-key";
  const keyTypeCode = isKey ? unsigned(read(CK.CKA_KEY_TYPE)) : null;
  const spki = objectClass === "public-key" ? readSpki(token, object) : null;
  const genMechanism = isKey ? unsigned(read(CK.CKA_KEY_GEN_MECHANISM)) : null;
  const modulusBits = keyTypeCode === CK.CKK_RSA ? modulusBitsOf(read(CK.CKA_MODULUS)) : null;
  return {
    objectClass,
    label: read(CK.CKA_LABEL)?.toString("utf8") ?? "",
    id: Uint8Array.from(read(CK.CKA_ID) ?? []),
    keyType: keyTypeCode === null ? "not offered" : token.names.keyType(keyTypeCode),
    algorithm: keyTypeCode === null ? null : algorithmOf(keyTypeCode, modulusBits, read),
    modulusBits: modulusBits ?? "not offered",
    keyGenMechanism: genMechanism === null ? "not offered" : token.names.mechanism(genMechanism),
    attributes,
    spkiSha256: spki === null ? null : createHash("sha256").update(spki).digest("hex"),
  };
}

/** The public key as SPKI DER; null when it is of a kind this project does not know, or not readable. */
export function readSpki(token: OpenToken, publicKey: Handle): Uint8Array | null {
  const keyType = unsigned(readAttribute(token, publicKey, CK.CKA_KEY_TYPE));
  if (keyType === CK.CKK_RSA) {
    const modulus = readAttribute(token, publicKey, CK.CKA_MODULUS);
    const exponent = readAttribute(token, publicKey, CK.CKA_PUBLIC_EXPONENT);
    return modulus && exponent ? rsaSpki(modulus, exponent) : null;
  }
  if (keyType !== CK.CKK_EC && keyType !== CKK_EC_EDWARDS) return null;
  const parameters = readAttribute(token, publicKey, CK.CKA_EC_PARAMS);
  const point = readAttribute(token, publicKey, CK.CKA_EC_POINT);
  if (keyType === CKK_EC_EDWARDS) return point && isEd25519(parameters) ? ed25519Spki(point) : null;
  const curve = parameters === null ? null : curveOfParameters(parameters);
  return curve && point ? ecSpki(curve, point) : null;
}

function algorithmOf(keyType: number, modulusBits: number | null, read: (type: number) => Buffer | null): KeyAlgorithm | null {
  switch (keyType) {
    case CK.CKK_RSA:
      return modulusBits === 2048 || modulusBits === 3072 || modulusBits === 4096 ? `RSA-${modulusBits}` : null;
    case CK.CKK_EC: {
      const parameters = read(CK.CKA_EC_PARAMS);
      const curve = parameters === null ? null : curveOfParameters(parameters);
      return curve === null ? null : EC_ALGORITHMS[curve];
    }
    case CKK_EC_EDWARDS:
      return isEd25519(read(CK.CKA_EC_PARAMS)) ? "Ed25519" : null;
    case CK.CKK_AES: {
      const length = unsigned(read(CK.CKA_VALUE_LEN));
      return length === 16 ? "AES-128" : length === 32 ? "AES-256" : null;
    }
    case CK.CKK_GENERIC_SECRET:
    case CK.CKK_SHA256_HMAC:
      return unsigned(read(CK.CKA_VALUE_LEN)) === 32 ? "HMAC-SHA256" : null;
    default:
      return null;
  }
}

/** By the object identifier, or by the curve's name as a PrintableString (PKCS#11 3.0, section 2.3.5). */
const ED25519_NAME = Uint8Array.of(0x13, 0x0c, ...Buffer.from("edwards25519"));
const isEd25519 = (parameters: Buffer | null): boolean =>
  parameters !== null && (sameBytes(parameters, ED25519_PARAMETERS) || sameBytes(parameters, ED25519_NAME));

/** From the modulus itself: CKA_MODULUS_BITS stands on the public half only, and is a claim. */
function modulusBitsOf(modulus: Buffer | null): number | null {
  if (modulus === null) return null;
  const start = modulus.findIndex((byte) => byte !== 0);
  if (start < 0) return null;
  return (modulus.length - start) * 8 - (Math.clz32(modulus[start] ?? 0) - 24);
}

function flag(value: Buffer | null): AttributeReading {
  return value === null || value.length !== 1 ? "not offered" : value[0] !== 0;
}

/** CK_ULONG in the machine's order; all ones means "not available". */
function unsigned(value: Buffer | null): number | null {
  if (value === null || (value.length !== 8 && value.length !== 4)) return null;
  const number = value.length === 8 ? value.readBigUInt64LE() : BigInt(value.readUInt32LE());
  return number <= 0xffff_fffen ? Number(number) : null;
}

function classOf(value: Buffer | null): ObjectClass {
  const number = unsigned(value);
  return number === null ? "not offered" : (CLASSES[number] ?? "other");
}
