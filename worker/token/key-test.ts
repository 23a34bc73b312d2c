import { constants, createECDH, createPublicKey, publicEncrypt, randomBytes } from "node:crypto";
import { isKeyPairAlgorithm, type KeyAlgorithm, shapeOf, testSignatureOf } from "#lib/token/algorithm";
import type { AttributeName, ObjectReading } from "#lib/token/attributes";
import { sameBytes } from "#lib/log/digest";
import type { KeyTest } from "#lib/token/token";
import type { KeyHandles } from "./key-maker";
import { macBytes, openOaep, openSealed, sealBytes, signBytes } from "./key-use";
import { readSpki } from "./object-reader";
import type { OpenToken } from "./open-token";
import { CK } from "./pkcs11-constants";
import type { Handle } from "./pkcs11-module";
import { attempt, offeredWraps, readableSecret, scratchAes, withScratch } from "./scratch";

const NODE_CURVES = { "P-256": "prime256v1", "P-384": "secp384r1", "P-521": "secp521r1" } as const;

/** Puts a key to every use its attributes name. Whatever an outside calculation can check is checked outside the module. */
export async function testUses(token: OpenToken, key: KeyHandles, reading: ObjectReading): Promise<KeyTest[]> {
  const { algorithm, objectClass } = reading;
  // A secret key that was brought in wrapped may not say how long it is; what it may do, it says.
  if (algorithm === null && objectClass !== "secret-key") return [];
  const may = (name: AttributeName): boolean => reading.attributes[name] === true;
  const tests: KeyTest[] = [];
  const run = async (test: KeyTest["test"], act: () => Promise<boolean>): Promise<void> => {
    const came = await attempt(token, act);
    tests.push("fault" in came ? { test, passed: false, ckrName: came.fault.ckrName } : { test, passed: came.value, ckrName: null });
  };
  if (algorithm !== null && isKeyPairAlgorithm(algorithm)) {
    const spki = key.publicKey === null ? null : readSpki(token, key.publicKey);
    if (spki === null) return [];
    if (may("SIGN")) await run("sign-verify", async () => (await signBytes(token, key.use, spki, testSignatureOf(algorithm), randomBytes(32))).length > 0);
    if (may("DECRYPT")) await run("decrypt", () => decryptsWhatWasEncryptedOutside(token, key.use, spki));
    if (may("UNWRAP")) await run("unwrap", () => unwrapsWhatWasWrappedOutside(token, key.use, spki));
    if (may("DERIVE")) await run("derive", () => agreesWithOutsider(token, key.use, spki, algorithm));
    return tests;
  }
  if (may("SIGN")) await run("mac", () => macsAreAFunctionOfTheMessage(token, key.use));
  if (may("ENCRYPT")) await run("encrypt-decrypt", () => encryptsAndDecrypts(token, key.use, may("DECRYPT")));
  if (may("WRAP")) await run("wrap-unwrap", () => wrapsAndUnwraps(token, key.use, may("UNWRAP")));
  return tests;
}

async function macsAreAFunctionOfTheMessage(token: OpenToken, key: Handle): Promise<boolean> {
  const message = randomBytes(32);
  const [first, again] = [await macBytes(token, key, message), await macBytes(token, key, message)];
  const other = await macBytes(token, key, randomBytes(32));
  return first.length === 32 && sameBytes(first, again) && !sameBytes(first, other);
}

async function encryptsAndDecrypts(token: OpenToken, key: Handle, decrypts: boolean): Promise<boolean> {
  const [plaintext, aad] = [randomBytes(48), randomBytes(16)];
  const sealed = await sealBytes(token, key, plaintext, aad);
  if (sealed.ciphertext.length !== plaintext.length + 16 || sameBytes(sealed.ciphertext.subarray(0, 48), plaintext)) return false;
  if (!decrypts) return true;
  if (!sameBytes(await openSealed(token, key, sealed, aad), plaintext)) return false;
  const changed = Uint8Array.from(sealed.ciphertext);
  changed[0] = (changed[0] ?? 0) ^ 1;
  const tampered = await attempt(token, () => openSealed(token, key, { iv: sealed.iv, ciphertext: changed }, aad));
  return "fault" in tampered;
}

async function decryptsWhatWasEncryptedOutside(token: OpenToken, key: Handle, spki: Uint8Array): Promise<boolean> {
  const plaintext = randomBytes(32);
  return sameBytes(await openOaep(token, key, oaep(spki, plaintext)), plaintext);
}

function unwrapsWhatWasWrappedOutside(token: OpenToken, key: Handle, spki: Uint8Array): Promise<boolean> {
  return withScratch(token, async (scratch) => {
    const secret = randomBytes(32);
    const use = { code: CK.CKM_RSA_PKCS_OAEP, parameter: { kind: "oaep-sha1" } } as const;
    const unwrapped = await token.cryptoki.unwrap(scratch, use, key, oaep(spki, secret), readableSecret(CK.CKK_AES, null));
    return sameBytes(token.cryptoki.attribute(scratch, unwrapped, CK.CKA_VALUE), secret);
  });
}

/** SHA-1 inside OAEP is no weakness (RFC 8017 B.1), and the only hash every module has there. */
function oaep(spki: Uint8Array, plaintext: Uint8Array): Buffer {
  const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, plaintext);
}

function agreesWithOutsider(token: OpenToken, key: Handle, spki: Uint8Array, algorithm: KeyAlgorithm): Promise<boolean> {
  const shape = shapeOf(algorithm);
  if (shape.family !== "EC") return Promise.resolve(false);
  const coordinate = Math.ceil(shape.bits / 8);
  const outsider = createECDH(NODE_CURVES[shape.curve]);
  const publicPoint = outsider.generateKeys();
  const expected = outsider.computeSecret(spki.subarray(spki.length - 1 - 2 * coordinate));
  return withScratch(token, async (scratch) => {
    const use = { code: CK.CKM_ECDH1_DERIVE, parameter: { kind: "ecdh", publicPoint } } as const;
    const derived = await token.cryptoki.derive(scratch, use, key, readableSecret(CK.CKK_GENERIC_SECRET, coordinate));
    return sameBytes(token.cryptoki.attribute(scratch, derived, CK.CKA_VALUE), expected);
  });
}

function wrapsAndUnwraps(token: OpenToken, key: Handle, unwraps: boolean): Promise<boolean> {
  return withScratch(token, async (scratch) => {
    const inner = await scratchAes(token, scratch, false);
    const [wrap] = offeredWraps(token);
    if (wrap === undefined) return false;
    const wrapped = await token.cryptoki.wrap(scratch, wrap.use, key, inner);
    if (!unwraps) return wrapped.length > 32;
    const again = await token.cryptoki.unwrap(scratch, wrap.use, key, wrapped, readableSecret(CK.CKK_AES, null));
    const value = (object: Handle): Buffer => token.cryptoki.attribute(scratch, object, CK.CKA_VALUE);
    return inner.length > 0 && sameBytes(value(again), value(inner));
  });
}
