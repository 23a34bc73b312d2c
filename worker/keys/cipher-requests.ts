import { constants, publicEncrypt } from "node:crypto";
import { z } from "zod";
import type { CipherAsk, CipherOperation, PermittedCipher } from "#lib/accounts/decide-use";
import { CIPHER_ALGORITHMS } from "#lib/accounts/grant.schema";
import { base64url } from "#lib/log/digest";
import { TokenFault } from "#lib/token/fault";
import type { Access } from "./access-tokens";
import { bytes, unreadable, type Answered } from "./asked";
import { keyFromSpki } from "./compact-jws";
import type { KeyUses } from "./key-uses";
import { INPUT_REFUSED, IV_BYTES, MOST_KEY_BYTES, MOST_MAC_BYTES, MOST_RSA_BYTES, TAG_BYTES } from "./signing-protocol";

/** Requests that are no signatures. Read strictly: a member nobody knows is refused, so that a misspelt one does not mean its default. */
const algorithm = z.enum(CIPHER_ALGORITHMS).nullable().default(null);
const key = z.string().regex(/^[0-9a-f]{64}$/).nullable().default(null);
const exactly = (length: number) => bytes.refine((value) => value.length === length, `has ${String(length)} bytes`);
const atMost = (length: number) => bytes.refine((value) => value.length <= length, `has at most ${String(length)} bytes`);
const aad = bytes.default(new Uint8Array());
const none = z.undefined().optional();

/** OAEP with SHA-1 has room for so much less than the key has bytes (RFC 8017 section 7.1.1); AES-GCM for as much as any request. */
const EncryptRequest = z.strictObject({ algorithm, data: bytes, aad });
/** With iv and tag it is AES-GCM's, without both RSA-OAEP's. */
const DecryptRequest = z.union([
  z.strictObject({ key, ciphertext: bytes, iv: exactly(IV_BYTES), tag: exactly(TAG_BYTES), aad }),
  z.strictObject({ key, ciphertext: atMost(MOST_RSA_BYTES), iv: none }),
]);
const dataKey = bytes.refine(({ length }) => length >= 16 && length <= MOST_KEY_BYTES, "a data key has 16 to 64 bytes");
/** A data key that the caller has, or one that is drawn here. */
const WrapRequest = z.union([
  z.strictObject({ algorithm, data: dataKey }),
  z.strictObject({ algorithm, length: z.int().min(16).max(MOST_KEY_BYTES) }),
]);
const UnwrapRequest = z.strictObject({ algorithm, key, wrapped: atMost(MOST_RSA_BYTES) });
const MacRequest = z.strictObject({ algorithm, data: bytes });
const VerifyMacRequest = z.strictObject({ algorithm, key, data: bytes, mac: atMost(MOST_MAC_BYTES) });

type Act = (uses: KeyUses, access: Access, name: string, body: unknown) => Promise<Answered>;

/** What `/api/v1/keys/NAME/WHAT` does of these, by WHAT. What comes back is opened by the key whose id stands beside it. */
export const CIPHER_REQUESTS: Readonly<Record<CipherOperation, Act>> = {
  encrypt: asking(EncryptRequest, (uses, access, name, { data, aad, algorithm }) =>
    uses.ofCipher(access, ask("encrypt", name, algorithm), null, sealedOf, async (use) => {
      if (use.algorithm === "RSA-OAEP") return { ...named(use), ciphertext: base64url(byPublicHalf(use, data, aad)) };
      const sealed = await uses.work(access, use, (id, checkValue) => ({ what: "encrypt", id, checkValue, data, aad }));
      const [iv, ciphertext, tag] = [sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES, -TAG_BYTES), sealed.subarray(-TAG_BYTES)];
      return { ...named(use), iv: base64url(iv), ciphertext: base64url(ciphertext), tag: base64url(tag) };
    }),
  ),

  decrypt: asking(DecryptRequest, (uses, access, name, asked) => {
    const { ciphertext, key } = asked;
    return uses.ofCipher(access, ask("decrypt", name, asked.iv ? "AES-GCM" : "RSA-OAEP", key), ciphertext, () => ciphertext, async (use) => {
      const data = await uses.work(access, use, (id, checkValue) =>
        asked.iv
          ? { what: "decrypt", id, checkValue, data: Buffer.concat([asked.iv, ciphertext, asked.tag]), aad: asked.aad }
          : { what: "open", id, data: ciphertext },
      );
      return { ...named(use), data: base64url(data) };
    });
  }),

  wrap: asking(WrapRequest, (uses, access, name, asked) =>
    uses.ofCipher(access, ask("wrap", name, asked.algorithm), null, wrappedOf, async (use) => {
      const data = "data" in asked ? asked.data : await uses.work(access, use, () => ({ what: "random", length: asked.length }));
      const wrapped =
        use.algorithm === "RSA-OAEP" ? byPublicHalf(use, data, NOTHING) : await uses.work(access, use, (id) => ({ what: "wrap", id, data }));
      return { ...named(use), wrapped: base64url(wrapped), ...("length" in asked && { data: base64url(data) }) };
    }),
  ),

  unwrap: asking(UnwrapRequest, (uses, access, name, { wrapped, algorithm, key }) =>
    uses.ofCipher(access, ask("unwrap", name, algorithm, key), wrapped, () => wrapped, async (use) => {
      const by = use.algorithm === "RSA-OAEP" ? "RSA-OAEP" : "AES-KWP";
      return { ...named(use), data: base64url(await uses.work(access, use, (id) => ({ what: "unwrap", by, id, data: wrapped }))) };
    }),
  ),

  mac: asking(MacRequest, (uses, access, name, { data, algorithm }) =>
    uses.ofCipher(access, ask("mac", name, algorithm), data, () => data, async (use) => ({
      ...named(use),
      mac: base64url(await uses.work(access, use, (id, checkValue) => ({ what: "mac", id, checkValue, data }))),
    })),
  ),

  "verify-mac": asking(VerifyMacRequest, (uses, access, name, { data, mac, algorithm, key }) =>
    uses.ofCipher(access, ask("verify-mac", name, algorithm, key), data, () => data, async (use) => {
      const [said] = await uses.work(access, use, (id, checkValue) => ({ what: "verify-mac", id, checkValue, data, mac }));
      return { ...named(use), valid: said === 1 };
    }),
  ),
};

const NOTHING = new Uint8Array();

function asking<S extends z.ZodType>(schema: S, act: (uses: KeyUses, access: Access, name: string, asked: z.output<S>) => Promise<Answered>): Act {
  return async (uses, access, name, body) => {
    const asked = schema.safeParse(body);
    return asked.success ? act(uses, access, name, asked.data) : unreadable();
  };
}

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
