import { constants, publicEncrypt } from "node:crypto";
import { z } from "zod";
import type { CipherAsk, CipherOperation, PermittedCipher } from "#lib/accounts/decide-use";
import { CIPHER_ALGORITHMS } from "#lib/accounts/grant.schema";
import { base64url } from "#lib/log/digest";
import { TokenFault } from "#lib/token/fault";
import { bytes, bytesBetween, bytesText, keyId, keyRequest, type KeyRequest } from "./asked";
import { keyFromSpki } from "./compact-jws";
import { INPUT_REFUSED, IV_BYTES, MOST_KEY_BYTES, MOST_MAC_BYTES, MOST_RSA_BYTES, TAG_BYTES } from "./signing-protocol";

const algorithm = z.enum(CIPHER_ALGORITHMS).nullable().default(null);
const key = keyId.nullable().default(null);
const aad = bytes.default(new Uint8Array());
const dataKey = bytesBetween(16, MOST_KEY_BYTES);
const wrappedKey = bytesBetween(0, MOST_RSA_BYTES);
/** The key that did it. What comes back is opened by the key whose id stands beside it. */
const doneBy = { key: keyId, algorithm: z.enum(CIPHER_ALGORITHMS) };
const KEEP = "Keep key beside it, and name it when it is opened: after a rotation the alias means another.";

const [someData, somePart, someKey] = ["d2hhdCBpcyBzZWNyZXQ", "A".repeat(22), "A".repeat(43)];

/** What `/api/v1/keys/NAME/WHAT` does of these, by WHAT. */
export const CIPHER_REQUESTS: Readonly<Record<CipherOperation, KeyRequest>> = {
  encrypt: keyRequest(
    {
      id: "encrypt",
      operation: "encrypt",
      summary: "Encrypt bytes",
      description:
        `By AES-GCM (NIST SP 800-38D), with an iv that the HSM draws, or by RSA-OAEP with SHA-1 (RFC 8017, 7.1): there without aad, and for as much as the key has room for. ${KEEP} ` +
        "One AES key encrypts at most 2^32 times: for more, wrap data keys.",
      asks: z.strictObject({ algorithm, data: bytes, aad }),
      answers: z.strictObject({ ...doneBy, ciphertext: bytesText, iv: bytesText.optional(), tag: bytesText.optional() }),
      example: { data: someData },
    },
    (uses, access, name, { data, aad, algorithm }) =>
    uses.ofCipher(access, ask("encrypt", name, algorithm), null, sealedOf, async (use) => {
      if (use.algorithm === "RSA-OAEP") return { ...named(use), ciphertext: base64url(byPublicHalf(use, data, aad)) };
      const sealed = await uses.work(access, use, (id, checkValue) => ({ what: "encrypt", id, checkValue, data, aad }));
      const [iv, ciphertext, tag] = [sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES, -TAG_BYTES), sealed.subarray(-TAG_BYTES)];
      return { ...named(use), iv: base64url(iv), ciphertext: base64url(ciphertext), tag: base64url(tag) };
    }),
  ),

  decrypt: keyRequest(
    {
      id: "decrypt",
      operation: "decrypt",
      summary: "Decrypt bytes",
      description: "With iv and tag by AES-GCM, without both by RSA-OAEP. What the key does not open is INPUT-REFUSED, whatever is wrong with it.",
      asks: z.union([
        z.strictObject({ key, ciphertext: bytes, iv: bytesBetween(IV_BYTES, IV_BYTES), tag: bytesBetween(TAG_BYTES, TAG_BYTES), aad }),
        z.strictObject({ key, ciphertext: wrappedKey }),
      ]),
      answers: z.strictObject({ ...doneBy, data: bytesText }),
      example: { ciphertext: someData, iv: "A".repeat(16), tag: somePart },
    },
    (uses, access, name, asked) => {
    const { ciphertext, key } = asked;
    return uses.ofCipher(access, ask("decrypt", name, "iv" in asked ? "AES-GCM" : "RSA-OAEP", key), ciphertext, () => ciphertext, async (use) => {
      const data = await uses.work(access, use, (id, checkValue) =>
        "iv" in asked
          ? { what: "decrypt", id, checkValue, data: Buffer.concat([asked.iv, ciphertext, asked.tag]), aad: asked.aad }
          : { what: "open", id, data: ciphertext },
      );
      return { ...named(use), data: base64url(data) };
    });
  }),

  wrap: keyRequest(
    {
      id: "wrapKey",
      operation: "wrap",
      summary: "Wrap a data key",
      description: `One that is sent, or one of that length which the HSM draws and which is answered once. By AES-KWP (RFC 5649) or RSA-OAEP. ${KEEP}`,
      asks: z.union([
        z.strictObject({ algorithm, data: dataKey }),
        z.strictObject({ algorithm, length: z.int().min(16).max(MOST_KEY_BYTES) }),
      ]),
      answers: z.strictObject({ ...doneBy, wrapped: bytesText, data: bytesText.describe("The data key, where it was drawn.").optional() }),
      example: { length: 32 },
    },
    (uses, access, name, asked) =>
    uses.ofCipher(access, ask("wrap", name, asked.algorithm), null, wrappedOf, async (use) => {
      const data = "data" in asked ? asked.data : await uses.work(access, use, () => ({ what: "random", length: asked.length }));
      const wrapped =
        use.algorithm === "RSA-OAEP" ? byPublicHalf(use, data, NOTHING) : await uses.work(access, use, (id) => ({ what: "wrap", id, data }));
      return { ...named(use), wrapped: base64url(wrapped), ...("length" in asked && { data: base64url(data) }) };
    }),
  ),

  unwrap: keyRequest(
    {
      id: "unwrapKey",
      operation: "unwrap",
      summary: "Unwrap a data key",
      description: "What the key does not open is INPUT-REFUSED, whatever is wrong with it.",
      asks: z.strictObject({ algorithm, key, wrapped: wrappedKey }),
      answers: z.strictObject({ ...doneBy, data: bytesText }),
      example: { wrapped: "A".repeat(54) },
    },
    (uses, access, name, { wrapped, algorithm, key }) =>
    uses.ofCipher(access, ask("unwrap", name, algorithm, key), wrapped, () => wrapped, async (use) => {
      const by = use.algorithm === "RSA-OAEP" ? "RSA-OAEP" : "AES-KWP";
      return { ...named(use), data: base64url(await uses.work(access, use, (id) => ({ what: "unwrap", by, id, data: wrapped }))) };
    }),
  ),

  mac: keyRequest(
    {
      id: "mac",
      operation: "mac",
      summary: "Make a MAC",
      description: "HMAC with SHA-256 (RFC 2104), all 32 bytes of it.",
      asks: z.strictObject({ algorithm, data: bytes }),
      answers: z.strictObject({ ...doneBy, mac: bytesText }),
      example: { data: someData },
    },
    (uses, access, name, { data, algorithm }) =>
    uses.ofCipher(access, ask("mac", name, algorithm), data, () => data, async (use) => ({
      ...named(use),
      mac: base64url(await uses.work(access, use, (id, checkValue) => ({ what: "mac", id, checkValue, data }))),
    })),
  ),

  "verify-mac": keyRequest(
    {
      id: "verifyMac",
      operation: "verify-mac",
      summary: "Verify a MAC",
      description: "The HSM compares; one that is cut short is not valid.",
      asks: z.strictObject({ algorithm, key, data: bytes, mac: bytesBetween(0, MOST_MAC_BYTES) }),
      answers: z.strictObject({ ...doneBy, valid: z.boolean() }),
      example: { data: someData, mac: someKey },
    },
    (uses, access, name, { data, mac, algorithm, key }) =>
    uses.ofCipher(access, ask("verify-mac", name, algorithm, key), data, () => data, async (use) => {
      const [said] = await uses.work(access, use, (id, checkValue) => ({ what: "verify-mac", id, checkValue, data, mac }));
      return { ...named(use), valid: said === 1 };
    }),
  ),
};

const NOTHING = new Uint8Array();

const ask = (operation: CipherOperation, name: string, algorithm: CipherAsk["algorithm"], key: string | null = null): CipherAsk => ({
  operation,
  name,
  algorithm,
  key,
});

const named = ({ key, algorithm }: PermittedCipher) => ({ key: key.key, algorithm });

/** OAEP with SHA-1, which is sound there (RFC 8017 B.1) and which every module opens. What does not fit in is refused. */
function byPublicHalf({ key }: PermittedCipher, data: Uint8Array, aad: Uint8Array): Uint8Array {
  const refused = new TokenFault("encrypt", null, INPUT_REFUSED);
  if (key.spki === null || aad.length > 0) throw refused;
  try {
    return publicEncrypt({ key: keyFromSpki(key.spki), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, data);
  } catch {
    throw refused;
  }
}

const textBytes = (text: string): Uint8Array => Buffer.from(text, "base64url");
const sealedOf = ({ ciphertext }: { readonly ciphertext: string }): Uint8Array => textBytes(ciphertext);
const wrappedOf = ({ wrapped }: { readonly wrapped: string }): Uint8Array => textBytes(wrapped);
