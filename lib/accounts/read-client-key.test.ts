import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readClientKey } from "./read-client-key";

const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = (key: KeyObject) => key.export({ type: "spki", format: "pem" }).toString();
const jwk = (key: KeyObject, more: object = {}) => JSON.stringify({ ...key.export({ format: "jwk" }), ...more });
const read = (text: string) => {
  const answer = readClientKey(text);
  return answer.ok ? answer.value : answer.refusal;
};

describe.each([
  ["EC", ec.publicKey],
  ["RSA", rsa.publicKey],
])("an %s key", (_, key) => {
  test("is the same from a PEM, a JWK, and the one key of a set", () => {
    const expected = key.export({ format: "jwk" });
    expect(read(pem(key))).toEqual(expected);
    expect(read(` ${jwk(key, { kid: "a", use: "sig", alg: "ES256" })}\n`)).toEqual(expected);
    expect(read(JSON.stringify({ keys: [expected] }))).toEqual(expected);
  });
});

test.each([
  ["a JWK", jwk(ec.privateKey)],
  ["a JWK of RSA", jwk(rsa.privateKey)],
  ["a set with one", JSON.stringify({ keys: [ec.privateKey.export({ format: "jwk" })] })],
  ["a PEM", ec.privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
  ["a PEM beside its public half", pem(ec.publicKey) + ec.privateKey.export({ type: "sec1", format: "pem" }).toString()],
  ["a shared secret", '{"kty":"oct", "k": "c2VjcmV0"}'],
  ["half of one, cut off", '{"kty":"EC","crv":"P-256","d" :"AAA'],
])("a private key is refused as one: %s", (_, text) => {
  expect(read(text)).toBe("CLIENT-PRIVATE");
});

test.each([
  ["nothing", ""],
  ["a text", "my key"],
  ["another curve", pem(generateKeyPairSync("ec", { namedCurve: "secp384r1" }).publicKey)],
  ["a short modulus", pem(generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey)],
  ["another exponent", jwk(rsa.publicKey, { e: "Aw" })],
  ["an even modulus", jwk(rsa.publicKey, { n: `${"_".repeat(340)}-g` })],
  ["a point off the curve", jwk(ec.publicKey, { x: "A".repeat(43), y: "B".repeat(42) + "A" })],
  ["a coordinate in another spelling", jwk(ec.publicKey, { x: "B".repeat(43) })],
  ["two keys", JSON.stringify({ keys: [ec.publicKey.export({ format: "jwk" }), rsa.publicKey.export({ format: "jwk" })] })],
  ["a PEM with something after it", `${pem(ec.publicKey)} more`],
])("what is no such key is none: %s", (_, text) => {
  expect(read(text)).toBe("CLIENT-UNREADABLE");
});
