import { constants, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { SignatureAlgorithm } from "#lib/ceremony/signature-verifier";
import { rawEcdsaSignature } from "./ecdsa-signature";
import { webCryptoVerifier } from "./web-crypto-verifier";

const data = new TextEncoder().encode("the bytes that were signed");
const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ type: "spki", format: "der" }));
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
type Case = readonly [SignatureAlgorithm, { publicKey: KeyObject; privateKey: KeyObject }, string | null, object];
const cases: readonly Case[] = [
  ["ES256", ec, "sha256", {}],
  ["ES384", generateKeyPairSync("ec", { namedCurve: "P-384" }), "sha384", {}],
  ["ES512", generateKeyPairSync("ec", { namedCurve: "P-521" }), "sha512", {}],
  ["RS256", rsa, "sha256", {}],
  ["PS256", rsa, "sha256", pss],
  ["EdDSA", generateKeyPairSync("ed25519"), null, {}],
];

describe.each(cases)("%s by WebCrypto", (algorithm, { publicKey, privateKey }, digest, padding) => {
  const spki = spkiOf(publicKey);
  const signature = new Uint8Array(sign(digest, data, { key: privateKey, ...padding }));

  it("accepts a signature that node:crypto made", async () => {
    expect(await webCryptoVerifier.verify(algorithm, spki, data, signature)).toBe(true);
  });
  it("refuses changed data", async () => {
    expect(await webCryptoVerifier.verify(algorithm, spki, data.slice(1), signature)).toBe(false);
  });
  it("refuses a changed, cut or lengthened signature", async () => {
    const changed = Uint8Array.from(signature);
    changed[20] = (changed[20] ?? 0) ^ 1;
    for (const wrong of [changed, signature.slice(0, -1), Uint8Array.of(...signature, 0), new Uint8Array(0)]) {
      expect(await webCryptoVerifier.verify(algorithm, spki, data, wrong)).toBe(false);
    }
  });
  it("answers false for a key that is none, and for another algorithm's key", async () => {
    const others = cases.filter(([, { publicKey: other }]) => other !== publicKey).map(([, pair]) => spkiOf(pair.publicKey));
    for (const wrong of [new Uint8Array(0), spki.slice(0, -1), spki.slice(3), ...others]) {
      expect(await webCryptoVerifier.verify(algorithm, wrong, data, signature)).toBe(false);
    }
  });
});

it("refuses a P-384 key where ES256 is claimed", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
  const signature = new Uint8Array(sign("sha256", data, privateKey));
  expect(await webCryptoVerifier.verify("ES256", spkiOf(publicKey), data, signature)).toBe(false);
});

it("tells the two signatures of one RSA key apart, and refuses a PSS signature with another salt", async () => {
  const made = (padding: object) => new Uint8Array(sign("sha256", data, { key: rsa.privateKey, ...padding }));
  expect(await webCryptoVerifier.verify("PS256", spkiOf(rsa.publicKey), data, made({}))).toBe(false);
  expect(await webCryptoVerifier.verify("RS256", spkiOf(rsa.publicKey), data, made(pss))).toBe(false);
  expect(await webCryptoVerifier.verify("PS256", spkiOf(rsa.publicKey), data, made({ ...pss, saltLength: 20 }))).toBe(false);
});

it("refuses an RSA key of 1024 bits", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
  const signature = new Uint8Array(sign("sha256", data, privateKey));
  expect(await webCryptoVerifier.verify("RS256", spkiOf(publicKey), data, signature)).toBe(false);
});

describe("a key has one spelling: another one of the same key could be enrolled as a second person's", () => {
  const der = spkiOf(ec.publicKey);
  const point = der.subarray(26);
  const parity = (point.at(-1) ?? 0) & 1;
  const bytes = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  it.each([
    ["a compressed point", bytes([0x30, 0x39], der.subarray(2, 23), [0x03, 0x22, 0x00, 0x02 + parity], point.subarray(1, 33))],
    ["a hybrid point", bytes(der.subarray(0, 26), [0x06 + parity], point.subarray(1))],
    ["bytes behind it", bytes(der, [0, 0])],
    ["a length in the long form", bytes([0x30, 0x81], der.subarray(1))],
  ])("%s is refused", async (_, spelling) => {
    const signature = new Uint8Array(sign("sha256", data, ec.privateKey));
    expect(await webCryptoVerifier.verify("ES256", spelling, data, signature)).toBe(false);
  });
  it.each(cases.filter(([algorithm]) => algorithm !== "ES256"))(
    "%s: bytes behind it are refused",
    async (algorithm, { publicKey, privateKey }, digest, padding) => {
      const signature = new Uint8Array(sign(digest, data, { key: privateKey, ...padding }));
      expect(await webCryptoVerifier.verify(algorithm, bytes(spkiOf(publicKey), [0]), data, signature)).toBe(false);
    },
  );
});

describe("an ECDSA signature in DER", () => {
  it.each(cases.slice(0, 3))("%s becomes r and s of one size, whatever their leading bytes", (_, { privateKey }, digest) => {
    const half = new Uint8Array(sign(digest, data, { key: privateKey, dsaEncoding: "ieee-p1363" })).length / 2;
    for (let i = 0; i < 300; i++) {
      const der = new Uint8Array(sign(digest, Uint8Array.of(i, i >> 8), privateKey));
      expect(rawEcdsaSignature(der, half)?.length).toBe(2 * half);
    }
  });
  it("of small numbers is filled up with zeros", () => {
    expect(rawEcdsaSignature(Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 2), 32)?.[63]).toBe(2);
  });
  it.each([
    ["a negative number", [0x30, 6, 2, 1, 0x81, 2, 1, 2]],
    ["zero", [0x30, 6, 2, 1, 0, 2, 1, 2]],
    ["a padded number", [0x30, 7, 2, 2, 0, 1, 2, 1, 2]],
    ["an empty number", [0x30, 5, 2, 0, 2, 1, 2]],
    ["a third number", [0x30, 9, 2, 1, 1, 2, 1, 2, 2, 1, 3]],
    ["bytes after the sequence", [0x30, 6, 2, 1, 1, 2, 1, 2, 0]],
    ["a length in the long form", [0x30, 0x81, 6, 2, 1, 1, 2, 1, 2]],
    ["a number past the end", [0x30, 6, 2, 1, 1, 2, 9, 2]],
    ["one number only", [0x30, 3, 2, 1, 1]],
    ["a number of 34 bytes", [0x30, 39, 2, 34, 1, ...Array<number>(33).fill(1), 2, 1, 1]],
  ])("is refused with %s", (_, bytes) => {
    expect(rawEcdsaSignature(Uint8Array.from(bytes), 32)).toBeNull();
  });
});
