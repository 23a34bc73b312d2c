import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { bytesOf, isSignedBy, readJws, signingInput } from "./compact-jws";

const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const claims = { iss: "billing" };

function made(header: object, signature: (text: string) => Buffer): string {
  const text = signingInput(header, claims);
  return `${text}.${signature(text).toString("base64url")}`;
}
const byEc = (text: string) => sign("sha256", Buffer.from(text), { key: ec.privateKey, dsaEncoding: "ieee-p1363" });
const byRsa = (text: string) => sign("sha256", Buffer.from(text), rsa.privateKey);
const read = (token: unknown) => {
  const got = readJws(token);
  return got.ok ? got.value : got.refusal;
};

test("a token is read, and is its key's", () => {
  const jws = readJws(made({ alg: "ES256", kid: "k" }, byEc));
  expect(jws).toMatchObject({ ok: true, value: { algorithm: "ES256", kid: "k", claims } });
  expect(jws.ok && isSignedBy(jws.value, ec.publicKey)).toBe(true);
  const other = readJws(made({ alg: "RS256" }, byRsa));
  expect(other.ok && isSignedBy(other.value, rsa.publicKey)).toBe(true);
});

test("the algorithm has to be on the list and fit the key: neither none, nor a public key taken for a secret, nor another kind", () => {
  for (const alg of ["none", "None", "HS256", "RS1", "", null, undefined, ["ES256"]]) {
    expect(read(made({ alg }, byEc))).toBe("ALGORITHM-REFUSED");
  }
  const secret = rsa.publicKey.export({ type: "spki", format: "pem" });
  expect(read(made({ alg: "HS256" }, (text) => createHmac("sha256", secret).update(text).digest()))).toBe("ALGORITHM-REFUSED");
  const confused = readJws(made({ alg: "RS256" }, byEc));
  expect(confused.ok && isSignedBy(confused.value, ec.publicKey)).toBe(false);
  const bent = readJws(made({ alg: "ES256" }, (text) => Buffer.from(byEc(text)).fill(0)));
  expect(bent.ok && isSignedBy(bent.value, ec.publicKey)).toBe(false);
});

test("no key that a token brings along or points to is asked, and nothing critical is passed over", () => {
  for (const member of ["jwk", "jku", "x5u", "x5c", "crit", "b64"]) expect(read(made({ alg: "ES256", [member]: [] }, byEc))).toBe("TOKEN-UNREADABLE");
});

test("anything that is no token is none", () => {
  const good = made({ alg: "ES256" }, byEc);
  for (const bad of [null, 5, {}, "", "a.b.c", `${good}.`, good.split(".").slice(0, 2).join("."), `${good}=`, ` ${good}`, `${good}${"A".repeat(20_000)}`]) {
    expect(read(bad)).toBe("TOKEN-UNREADABLE");
  }
  const nonsense = Buffer.from("[1]").toString("base64url");
  expect(read(`${nonsense}.${nonsense}.AA`)).toBe("TOKEN-UNREADABLE");
});

test("a text of which Node reads other characters as the same bytes is none, wherever they stand", () => {
  const good = made({ alg: "ES256" }, byEc);
  expect(Buffer.from("\u0141QAA", "base64url")).toEqual(Buffer.from("AQAA", "base64url"));
  for (let at = 0; at < good.length; at += 1) {
    expect(read(good.slice(0, at) + String.fromCharCode(good.charCodeAt(at) + 0x100) + good.slice(at + 1))).toBe("TOKEN-UNREADABLE");
  }
});

test("bytes have one spelling", () => {
  expect(bytesOf("AQ")).toEqual(Buffer.of(1));
  for (const other of ["AR", "AQ==", "A", "A Q", "A+/=", 5]) expect(bytesOf(other)).toBeNull();
});
