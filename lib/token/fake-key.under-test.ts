import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import { promisify } from "node:util";
import { isKeyPairAlgorithm, type KeyPairAlgorithm, shapeOf, type SignatureAlgorithm, signaturesOf, testSignatureOf } from "./algorithm";
import type { ObjectReading } from "./attributes";
import { sameBytes } from "#lib/log/digest";
import type { KeyTemplate } from "./template";
import type { Sealed, WrappedKey } from "./token";

/** The keys inside the fake token: real ones, in the memory of the test. */
export type Material = { kind: "pair"; privateKey: KeyObject; publicKey: KeyObject } | { kind: "secret"; value: Buffer };

const pairOf = promisify(generateKeyPair) as (type: string, options: object) => Promise<{ privateKey: KeyObject; publicKey: KeyObject }>;
const CURVE_NAMES = { "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1" } as const;
const HASHES = { RS256: "sha256", PS256: "sha256", ES256: "sha256", ES384: "sha384", ES512: "sha512", EdDSA: null } as const;

export async function generate({ algorithm }: Pick<KeyTemplate, "algorithm">): Promise<Material> {
  const shape = shapeOf(algorithm);
  if (shape.family === "RSA") return { kind: "pair", ...(await pairOf("rsa", { modulusLength: shape.bits })) };
  if (shape.family === "EC_EDWARDS") return { kind: "pair", ...(await pairOf("ed25519", {})) };
  if (shape.family === "EC") return { kind: "pair", ...(await pairOf("ec", { namedCurve: CURVE_NAMES[shape.curve] })) };
  return { kind: "secret", value: randomBytes(shape.bits / 8) };
}

export const spkiOf = (key: KeyObject): Uint8Array => Uint8Array.from(key.export({ format: "der", type: "spki" }));

export function works(material: Material, algorithm: ObjectReading["algorithm"]): boolean {
  const message = randomBytes(32);
  if (material.kind === "secret") return sameBytes(gcmOpen(material.value, gcmSeal(material.value, message, message), message), message);
  const used = testSignatureOf(algorithm as KeyPairAlgorithm);
  return rawVerify(material.publicKey, used, message, rawSign(material.privateKey, used, message));
}

export function fits(key: ObjectReading["algorithm"], algorithm: SignatureAlgorithm): boolean {
  return key !== null && isKeyPairAlgorithm(key) && signaturesOf(key).includes(algorithm);
}

const padding = (algorithm: SignatureAlgorithm): object =>
  algorithm === "PS256" ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : { dsaEncoding: "ieee-p1363" };

export function rawSign(key: KeyObject, algorithm: SignatureAlgorithm, bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(HASHES[algorithm], bytes, { key, ...padding(algorithm) }));
}

export function rawVerify(key: KeyObject, algorithm: SignatureAlgorithm, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify(HASHES[algorithm], bytes, { key, ...padding(algorithm) }, signature);
}

export function gcmSeal(key: Buffer, plaintext: Uint8Array, aad: Uint8Array): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv(key.length === 16 ? "aes-128-gcm" : "aes-256-gcm", key, iv).setAAD(aad);
  return { iv: Uint8Array.from(iv), ciphertext: Uint8Array.from(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])) };
}

export function gcmOpen(key: Buffer, { iv, ciphertext }: Sealed, aad: Uint8Array): Uint8Array {
  const body = ciphertext.subarray(0, -16);
  const decipher = createDecipheriv(key.length === 16 ? "aes-128-gcm" : "aes-256-gcm", key, iv).setAAD(aad).setAuthTag(ciphertext.subarray(-16));
  return Uint8Array.from(Buffer.concat([decipher.update(body), decipher.final()]));
}

/** As a module says it: three bytes of zeros encrypted or wrapped, or of their HMAC; null for a key that may do none of these. */
export function checkValueOf(key: Buffer, { ENCRYPT, WRAP, SIGN }: ObjectReading["attributes"]): string | null {
  const zeros = Buffer.alloc(16);
  if (ENCRYPT === true || WRAP === true) return createCipheriv(key.length === 16 ? "aes-128-ecb" : "aes-256-ecb", key, null).update(zeros).toString("hex", 0, 3);
  return SIGN === true ? createHmac("sha256", key).update(zeros).digest("hex").slice(0, 6) : null;
}

const KWP = { cipher: "id-aes256-wrap-pad", iv: Buffer.from("a65959a6", "hex") };

/** Wraps a key to an RSA public key: under a one-time AES key by RFC 5649, and that by OAEP. */
export function wrapMaterial(material: Material, transport: Uint8Array): WrappedKey {
  const wrappingKey = randomBytes(32);
  const cipher = createCipheriv(KWP.cipher, wrappingKey, KWP.iv);
  const plain = material.kind === "pair" ? material.privateKey.export({ format: "der", type: "pkcs8" }) : material.value;
  const key = createPublicKey({ key: Buffer.from(transport), format: "der", type: "spki" });
  return { wrappingKey: Uint8Array.from(publicEncrypt(key, wrappingKey)), key: Uint8Array.from(Buffer.concat([cipher.update(plain), cipher.final()])) };
}

/** Throws when it was not wrapped to this transport, or was changed on the way. */
export function unwrapMaterial({ wrappingKey, key }: WrappedKey, transport: KeyObject, kind: Material["kind"]): Material {
  const decipher = createDecipheriv(KWP.cipher, privateDecrypt(transport, wrappingKey), KWP.iv);
  const plain = Buffer.concat([decipher.update(key), decipher.final()]);
  if (kind === "secret") return { kind, value: plain };
  const privateKey = createPrivateKey({ key: plain, format: "der", type: "pkcs8" });
  return { kind, privateKey, publicKey: createPublicKey(privateKey) };
}
