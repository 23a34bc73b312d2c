import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { SignatureAlgorithm } from "#lib/ceremony/signature-verifier";
import { rawEcdsaSignature } from "./ecdsa-signature";
import { webCryptoVerifier } from "./web-crypto-verifier";

const data = new TextEncoder().encode("the bytes that were signed");
const spkiOf = (key: KeyObject) => new Uint8Array(key.export({ type: "spki", format: "der" }));
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const cases: readonly (readonly [SignatureAlgorithm, { publicKey: KeyObject; privateKey: KeyObject }, string | null])[] = [
  ["ES256", ec, "sha256"],
  ["RS256", generateKeyPairSync("rsa", { modulusLength: 2048 }), "sha256"],
  ["EdDSA", generateKeyPairSync("ed25519"), null],
];

describe.each(cases)("%s by WebCrypto", (algorithm, { publicKey, privateKey }, digest) => {
  const spki = spkiOf(publicKey);
  const signature = new Uint8Array(sign(digest, data, privateKey));

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
    const others = cases.filter(([other]) => other !== algorithm).map(([, pair]) => spkiOf(pair.publicKey));
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
  it.each(cases.filter(([algorithm]) => algorithm !== "ES256"))("%s: bytes behind it are refused", async (algorithm, { publicKey, privateKey }, digest) => {
    const signature = new Uint8Array(sign(digest, data, privateKey));
    expect(await webCryptoVerifier.verify(algorithm, bytes(spkiOf(publicKey), [0]), data, signature)).toBe(false);
  });
});

describe("an ECDSA signature in DER", () => {
  it("becomes r and s of 32 bytes each, whatever their leading bytes", () => {
    for (let i = 0; i < 300; i++) {
      const der = new Uint8Array(sign("sha256", Uint8Array.of(i, i >> 8), ec.privateKey));
      const raw = new Uint8Array(sign("sha256", data, { key: ec.privateKey, dsaEncoding: "ieee-p1363" }));
      expect(rawEcdsaSignature(der)?.length).toBe(raw.length);
    }
    expect(rawEcdsaSignature(Uint8Array.of(0x30, 6, 2, 1, 1, 2, 1, 2))?.[63]).toBe(2);
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
    expect(rawEcdsaSignature(Uint8Array.from(bytes))).toBeNull();
  });
});
