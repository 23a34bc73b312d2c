import { createPublicKey, hash, verify, constants, type KeyObject } from "node:crypto";
import type { SignatureAlgorithm } from "#lib/token/algorithm";
import type { ObjectReading } from "#lib/token/attributes";
import { TokenFault } from "#lib/token/fault";
import type { Sealed } from "#lib/token/token";
import type { MechanismUse } from "./cryptoki";
import { readAttribute } from "./object-reader";
import type { OpenToken } from "./open-token";
import { CK, CKM_EDDSA } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";
import { attempt, readableSecret, withScratch } from "./scratch";

const IV_BYTES = 12;
const NO_BYTES = new Uint8Array();

/** DigestInfo of a SHA-256 digest up to the digest itself (RFC 8017 section 9.2, note 1). */
const SHA256_DIGEST_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");
/** EdDSA hashes by itself, twice (RFC 8032 section 5.1.6): it is given the message. */
const HASHES: Readonly<Record<SignatureAlgorithm, "sha256" | "sha384" | "sha512" | null>> = {
  RS256: "sha256",
  PS256: "sha256",
  ES256: "sha256",
  ES384: "sha384",
  ES512: "sha512",
  EdDSA: null,
};
const CURVES: Readonly<Partial<Record<SignatureAlgorithm, string>>> = { ES256: "prime256v1", ES384: "secp384r1", ES512: "secp521r1" };

/**
 * Signs bytes by hashing here and using the raw mechanism, which every module has, then checks the signature with the public key:
 * a raw mechanism signs nonsense as readily as a digest. ECDSA comes as r‖s. Throws `TokenFault` when the key does not fit the
 * algorithm or the signature does not verify.
 */
export async function signBytes(
  token: OpenToken,
  key: Handle,
  spki: Uint8Array,
  algorithm: SignatureAlgorithm,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const publicKey = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  if (!fits(publicKey, algorithm)) throw new TokenFault("sign", null, "KEY-DOES-NOT-FIT-ALGORITHM");
  const [use, input] = signatureInput(algorithm, bytes);
  const signature = Uint8Array.from(await token.cryptoki.sign(token.session, use, key, input));
  if (!verifies(publicKey, algorithm, bytes, signature)) throw new TokenFault("C_Sign", null, "SIGNATURE-DOES-NOT-VERIFY");
  return signature;
}

/** The raw mechanism of an algorithm, and what it is given: the digest of the bytes, made here. */
export function signatureInput(algorithm: SignatureAlgorithm, bytes: Uint8Array): [MechanismUse, Buffer] {
  const name = HASHES[algorithm];
  return rawSignature(algorithm, name === null ? Buffer.from(bytes) : hash(name, bytes, "buffer"));
}

function rawSignature(algorithm: SignatureAlgorithm, digest: Buffer): [MechanismUse, Buffer] {
  switch (algorithm) {
    case "RS256":
      return [{ code: CK.CKM_RSA_PKCS }, Buffer.concat([SHA256_DIGEST_INFO, digest])];
    case "PS256":
      return [{ code: CK.CKM_RSA_PKCS_PSS, parameter: { kind: "pss-sha256" } }, digest];
    case "ES256":
    case "ES384":
    case "ES512":
      return [{ code: CK.CKM_ECDSA }, digest];
    case "EdDSA":
      return [{ code: CKM_EDDSA }, digest];
  }
}

/** Whether a key is one that the algorithm is for. */
export function fits(publicKey: KeyObject, algorithm: SignatureAlgorithm): boolean {
  const curve = CURVES[algorithm];
  if (algorithm === "EdDSA") return publicKey.asymmetricKeyType === "ed25519";
  if (curve === undefined) return publicKey.asymmetricKeyType === "rsa";
  return publicKey.asymmetricKeyType === "ec" && publicKey.asymmetricKeyDetails?.namedCurve === curve;
}

/** Whether the signature over the bytes is the key's; ECDSA as r‖s. */
export function verifies(publicKey: KeyObject, algorithm: SignatureAlgorithm, bytes: Uint8Array, signature: Uint8Array): boolean {
  const options =
    algorithm === "PS256"
      ? { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : { key: publicKey, dsaEncoding: "ieee-p1363" as const };
  return verify(HASHES[algorithm], bytes, options, signature);
}

/** HMAC-SHA256 of the bytes. */
export async function macBytes(token: OpenToken, key: Handle, bytes: Uint8Array): Promise<Uint8Array> {
  return Uint8Array.from(await token.cryptoki.sign(token.session, { code: CK.CKM_SHA256_HMAC }, key, bytes));
}

/** AES-GCM. The iv is fresh from the module, either drawn here or, where the profile says so, put into the buffer it is given. */
export async function sealBytes(token: OpenToken, key: Handle, plaintext: Uint8Array, aad: Uint8Array = NO_BYTES): Promise<Sealed> {
  const chosen = token.profile.gcmIv === "caller" ? token.cryptoki.random(token.session, IV_BYTES) : Buffer.alloc(IV_BYTES);
  const use: MechanismUse = { code: CK.CKM_AES_GCM, parameter: { kind: "gcm", iv: chosen, aad } };
  const { output, ivMade } = await token.cryptoki.encrypt(token.session, use, key, plaintext);
  const iv = Uint8Array.from(ivMade ?? chosen);
  if (iv.every((byte) => byte === 0)) throw new TokenFault("C_Encrypt", null, "MODULE-MADE-NO-IV");
  return { iv, ciphertext: Uint8Array.from(output) };
}

export async function openSealed(token: OpenToken, key: Handle, sealed: Sealed, aad: Uint8Array = NO_BYTES): Promise<Uint8Array> {
  const use: MechanismUse = { code: CK.CKM_AES_GCM, parameter: { kind: "gcm", iv: sealed.iv, aad } };
  return Uint8Array.from(await token.cryptoki.decrypt(token.session, use, key, sealed.ciphertext));
}

/** What was encrypted to an RSA key's public half with OAEP. SHA-1 is sound there (RFC 8017 B.1) and the one hash all modules have. */
export async function openOaep(token: OpenToken, key: Handle, ciphertext: Uint8Array): Promise<Uint8Array> {
  const use: MechanismUse = { code: CK.CKM_RSA_PKCS_OAEP, parameter: { kind: "oaep-sha1" } };
  return Uint8Array.from(await token.cryptoki.decrypt(token.session, use, key, ciphertext));
}

const CHECK_BYTES = 3;
const ZEROS = new Uint8Array(16);

/** The check value of a secret key, as the port says it. */
export async function checkValueOf(token: OpenToken, key: Handle, { attributes, keyType }: ObjectReading): Promise<string | null> {
  const shown = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, CHECK_BYTES)).toString("hex");
  if (attributes.ENCRYPT === true) return shown((await token.cryptoki.encrypt(token.session, { code: CK.CKM_AES_ECB }, key, ZEROS)).output);
  if (attributes.SIGN === true) return shown(await macBytes(token, key, ZEROS));
  if (keyType !== "AES") return null;
  const wrapped = attributes.WRAP === true ? await wrappedZeros(token, key) : null;
  if (wrapped) return shown(wrapped);
  // Where no zeros can be wrapped, what the module itself worked out when the key came to be (PKCS#11 2.40, section 4.9.2).
  const said = readAttribute(token, key, CK.CKA_CHECK_VALUE);
  return said?.length === CHECK_BYTES ? shown(said) : null;
}

/**
 * A key that wraps and does not encrypt still encrypts what it wraps: a throw-away key of zeros comes out as the very block that the
 * key would have made of zeros. Null where the module takes no such key or does not wrap so.
 */
function wrappedZeros(token: OpenToken, key: Handle): Promise<Uint8Array | null> {
  const use: MechanismUse = { code: CK.CKM_AES_CBC, parameter: { kind: "cbc", iv: ZEROS } };
  return withScratch(token, async (scratch) => {
    const wrapped = await attempt(token, () => {
      const known = token.cryptoki.createObject(scratch, new Map([...readableSecret(CK.CKK_AES, null), [CK.CKA_VALUE, ZEROS]]));
      return token.cryptoki.wrap(scratch, use, key, known);
    });
    return "value" in wrapped && wrapped.value.length === ZEROS.length ? wrapped.value : null;
  });
}
