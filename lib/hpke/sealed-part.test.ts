import { createDecipheriv, createHmac, createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { utf8, text } from "#lib/log/digest";
import { OneTimeKey, sealPart, SEALED_BYTES, SUITE } from "./sealed-part";

const info = utf8("step 3, first half, carl");
const part = utf8("correct horse");

test("what was sealed for a key and a place is opened by that key at that place", async () => {
  const key = await OneTimeKey.make();
  const sealed = await sealPart(key.publicKey, info, part);
  expect(text((await key.open(sealed, info)) ?? new Uint8Array())).toBe("correct horse");
});

test("nothing opens at another place, by another key, or with a bit changed", async () => {
  const [key, other] = [await OneTimeKey.make(), await OneTimeKey.make()];
  const sealed = await sealPart(key.publicKey, info, part);
  expect(await key.open(sealed, utf8("step 3, second half, carl"))).toBeNull();
  expect(await other.open(sealed, info)).toBeNull();
  for (const at of [0, 31, 32, sealed.length - 1]) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await key.open(changed, info)).toBeNull();
  }
  expect(await key.open(sealed.subarray(1), info)).toBeNull();
  expect(await key.open(new Uint8Array(), info)).toBeNull();
});

test("every ciphertext has the same length, and no two are alike", async () => {
  const key = await OneTimeKey.make();
  const sealed = await Promise.all(["a", "a", "b".repeat(255)].map((one) => sealPart(key.publicKey, info, utf8(one))));
  expect(sealed.map(({ length }) => length)).toEqual([SEALED_BYTES, SEALED_BYTES, SEALED_BYTES]);
  expect(Buffer.from(sealed[0]!).equals(Buffer.from(sealed[1]!))).toBe(false);
  expect((await key.open(sealed[2]!, info))?.length).toBe(255);
  await expect(sealPart(key.publicKey, info, new Uint8Array())).rejects.toBeInstanceOf(RangeError);
  await expect(sealPart(key.publicKey, info, new Uint8Array(256))).rejects.toBeInstanceOf(RangeError);
  await expect(sealPart(new Uint8Array(31), info, part)).rejects.toThrow();
});

test("a forgotten key opens nothing, and its bytes are overwritten", async () => {
  const key = await OneTimeKey.make();
  const sealed = await sealPart(key.publicKey, info, part);
  key.forget();
  await expect(key.open(sealed, info)).rejects.toThrow("forgotten");
});

// A second implementation, from the text of RFC 9180 and Node's own primitives: section 4.1 (DHKEM), 5.1 (key schedule), 5.2.
const suiteId = Buffer.concat([Buffer.from("HPKE"), Buffer.from([0, SUITE.kem, 0, SUITE.kdf, 0, SUITE.aead])]);
const kemId = Buffer.concat([Buffer.from("KEM"), Buffer.from([0, SUITE.kem])]);
const hmac = (key: Buffer, data: Buffer) => createHmac("sha256", key).update(data).digest();
const extract = (id: Buffer, salt: Buffer, label: string, ikm: Buffer) =>
  hmac(salt.length > 0 ? salt : Buffer.alloc(32), Buffer.concat([Buffer.from("HPKE-v1"), id, Buffer.from(label), ikm]));
function expand(id: Buffer, prk: Buffer, label: string, about: Buffer, length: number): Buffer {
  const labelled = Buffer.concat([Buffer.from([length >> 8, length & 255]), Buffer.from("HPKE-v1"), id, Buffer.from(label), about]);
  return hmac(prk, Buffer.concat([labelled, Buffer.from([1])])).subarray(0, length);
}

test("an implementation of its own opens what this one sealed, by RFC 9180", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("x25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const sealed = Buffer.from(await sealPart(raw, info, part));
  const [enc, ciphertext] = [sealed.subarray(0, 32), sealed.subarray(32)];

  const theirs = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "X25519", x: enc.toString("base64url") } });
  const shared = diffieHellman({ privateKey: createPrivateKey(privateKey.export({ type: "pkcs8", format: "pem" })), publicKey: theirs });
  const secret = expand(kemId, extract(kemId, Buffer.alloc(0), "eae_prk", shared), "shared_secret", Buffer.concat([enc, raw]), 32);
  const none = Buffer.alloc(0);
  const context = Buffer.concat([Buffer.from([0]), extract(suiteId, none, "psk_id_hash", none), extract(suiteId, none, "info_hash", Buffer.from(info))]);
  const scheduled = extract(suiteId, secret, "secret", none);
  const cipher = createDecipheriv("aes-256-gcm", expand(suiteId, scheduled, "key", context, 32), expand(suiteId, scheduled, "base_nonce", context, 12));
  cipher.setAuthTag(ciphertext.subarray(-16));
  const padded = Buffer.concat([cipher.update(ciphertext.subarray(0, -16)), cipher.final()]);
  expect(padded.subarray(1, 1 + (padded[0] ?? 0)).toString()).toBe("correct horse");
});
