import { constants, createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { SignatureAlgorithm } from "./claviger-client";
import type { VerificationKey } from "./key-set";
import { TokenVerifier, type Expected } from "./token-verifier";

const SECONDS = 1_800_000_000;
const [rsa, ec, ed] = [generateKeyPairSync("rsa", { modulusLength: 2048 }), generateKeyPairSync("ec", { namedCurve: "P-256" }), generateKeyPairSync("ed25519")];
const key = (kid: string, held: KeyObject, ...algorithms: SignatureAlgorithm[]): VerificationKey => ({ kid, key: held, algorithms: new Set(algorithms) });
const held = new Map([key("rsa", rsa.publicKey, "RS256", "PS256"), key("ec", ec.publicKey, "ES256"), key("ed", ed.publicKey, "EdDSA")].map((one) => [one.kid, one]));
const keys = { known: (kid: string) => held.get(kid) ?? null, keyOf: (kid: string) => Promise.resolve(held.get(kid) ?? null) };
const expected: Expected = { issuer: "https://keys.example", audience: "api" };
const verifier = (more: Partial<Expected> = {}) => new TokenVerifier(keys, { ...expected, ...more }, () => SECONDS * 1_000);

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const saying = (claims: object) => ({ iss: "https://keys.example", aud: "api", sub: "anna", iat: SECONDS, nbf: SECONDS, exp: SECONDS + 900, ...claims });
type Scheme = (text: Buffer) => Buffer;
const by: Readonly<Record<string, Scheme>> = {
  RS256: (text) => sign("sha256", text, rsa.privateKey),
  PS256: (text) => sign("sha256", text, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  ES256: (text) => sign("sha256", text, { key: ec.privateKey, dsaEncoding: "ieee-p1363" }),
  EdDSA: (text) => sign(null, text, ed.privateKey),
};
function token(header: object, claims: object = {}, scheme: Scheme = by["ES256"]!): string {
  const text = `${part({ alg: "ES256", typ: "JWT", kid: "ec", ...header })}.${part(saying(claims))}`;
  return `${text}.${scheme(Buffer.from(text)).toString("base64url")}`;
}
const flawOf = async (text: unknown, more: Partial<Expected> = {}) => {
  const said = await verifier(more).verify(text);
  return said.valid ? null : said.flaw;
};

describe("a token", () => {
  test.each([["RS256", "rsa"], ["PS256", "rsa"], ["ES256", "ec"], ["EdDSA", "ed"]])("by %s says what it says when all of it holds", async (alg, kid) => {
    const said = await verifier().verify(token({ alg, kid }, {}, by[alg]));
    expect(said).toMatchObject({ valid: true, kid, claims: { sub: "anna", exp: SECONDS + 900 } });
  });

  test("changed anywhere is none", async () => {
    const [head = "", body = "", tail = ""] = token({}).split(".");
    expect(await flawOf(`${head}.${part(saying({ sub: "eve" }))}.${tail}`)).toBe("signature");
    expect(await flawOf(`${part({ alg: "ES256", kid: "ec" })}.${body}.${tail}`)).toBe("signature");
    expect(await flawOf(`${head}.${body}.${Buffer.alloc(64).toString("base64url")}`)).toBe("signature");
    expect(await flawOf(`${head}.${body}.`)).toBe("signature");
    expect(await flawOf(`${head}.${body}.AAAA`)).toBe("signature");
  });

  test.each([
    ["another issuer", { iss: "https://evil.example" }, "issuer"],
    ["no issuer", { iss: undefined }, "issuer"],
    ["another audience", { aud: "shop" }, "audience"],
    ["a part of the audience", { aud: "ap" }, "audience"],
    ["no audience", { aud: undefined }, "audience"],
    ["its time over", { exp: SECONDS - 5 }, "expired"],
    ["no end", { exp: undefined }, "expired"],
    ["an end that is no number", { exp: "9999999999" }, "expired"],
    ["a time not yet come", { nbf: SECONDS + 6 }, "not-yet"],
    ["issued ahead of now", { iat: SECONDS + 6, nbf: undefined }, "not-yet"],
    ["a life longer than any is given", { exp: SECONDS + 901 }, "too-long"],
    ["no time of issue", { iat: undefined }, "too-long"],
  ])("is none with %s", async (_, claims, flaw) => {
    expect(await flawOf(token({}, claims))).toBe(flaw);
  });

  test("is good for one of several audiences, and while clocks differ a little", async () => {
    expect(await flawOf(token({}, { aud: ["shop", "api"] }))).toBeNull();
    expect(await flawOf(token({}, { exp: SECONDS - 4, iat: SECONDS - 100 }))).toBeNull();
    expect(await flawOf(token({}, { exp: SECONDS - 4, iat: SECONDS - 100 }), { clockSeconds: 0 })).toBe("expired");
  });
});

describe("what a token says of how it is to be verified is believed as far as the key allows", () => {
  const pem = rsa.publicKey.export({ type: "spki", format: "pem" });
  const hmac: Scheme = (text) => createHmac("sha256", pem).update(text).digest();

  test.each([
    ["none", { alg: "none" }, () => Buffer.alloc(0)],
    ["HS256 with the public key for a secret", { alg: "HS256", kid: "rsa" }, hmac],
    ["NONE", { alg: "NONE" }, () => Buffer.alloc(0)],
    ["an algorithm of another kind of key", { alg: "RS256", kid: "ec" }, by["ES256"]],
    ["a list", { alg: ["ES256"] }, by["ES256"]],
    ["no algorithm", { alg: undefined }, by["ES256"]],
  ])("refuses %s", async (_, header, scheme) => {
    expect(await flawOf(token(header, {}, scheme))).toBe("algorithm");
  });

  test("refuses one padding under the other's name, and an algorithm that is not expected", async () => {
    expect(await flawOf(token({ alg: "PS256", kid: "rsa" }, {}, by["RS256"]))).toBe("signature");
    expect(await flawOf(token({ alg: "RS256", kid: "rsa" }, {}, by["PS256"]))).toBe("signature");
    expect(await flawOf(token({}), { algorithms: ["RS256"] })).toBe("algorithm");
  });

  test("refuses a key that is not published, that it brings along, or whose place it says", async () => {
    expect(await flawOf(token({ kid: "other" }))).toBe("key");
    for (const header of [{ jwk: {} }, { jku: "https://evil.example" }, { x5c: [] }, { x5u: "https://evil.example" }, { crit: ["b64"] }, { b64: true }, { kid: undefined }, { kid: 1 }]) {
      expect(await flawOf(token(header)), JSON.stringify(header)).toBe("unreadable");
    }
  });

  test("refuses every other spelling of the same bytes", async () => {
    // 64 bytes end in two characters of which the last has four bits that stand for nothing; in the body there is a character of the other alphabet.
    const good = token({}, { note: "\u00ff\u00ff\u00ff>>>???" });
    const [head = "", body = "", tail = ""] = good.split(".");
    expect(await flawOf(good)).toBeNull();
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const another = alphabet.charAt(alphabet.indexOf(tail.slice(-1)) + 1);
    const standard = (text: string) => text.replaceAll("-", "+").replaceAll("_", "/");
    expect(standard(body)).not.toBe(body);
    const spellings = [`${tail.slice(0, -1)}${another}`, `${tail}=`, `${tail}==`, `${tail.slice(0, 9)} ${tail.slice(9)}`, `${tail}\n`, `${tail}\u00e9`];
    for (const spelling of spellings) expect(await flawOf(`${head}.${body}.${spelling}`), JSON.stringify(spelling)).toBe("unreadable");
    expect(await flawOf(`${head}.${standard(body)}.${tail}`)).toBe("unreadable");
    expect(await flawOf(`${head}=.${body}.${tail}`)).toBe("unreadable");
  });

  test("refuses a text with other characters that Node reads as the same bytes", async () => {
    const good = token({}, { note: "\u00ff\u00ff\u00ff>>>???" });
    expect(await flawOf(good)).toBeNull();
    const parts = good.split(".");
    // Node takes the low byte alone: U+0141 for an A.
    const folded = (text: string, at: number) => text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) + 0x100) + text.slice(at + 1);
    for (const which of [0, 1, 2]) {
      const text = parts[which] ?? "";
      expect(Buffer.from(folded(text, 3), "base64url")).toEqual(Buffer.from(text, "base64url"));
      for (let at = 0; at < text.length; at += 1) {
        expect(await flawOf(parts.map((one, i) => (i === which ? folded(one, at) : one)).join(".")), `${String(which)}:${String(at)}`).toBe("unreadable");
      }
    }
    expect(await flawOf(good.replaceAll(".", "\u012e"))).toBe("unreadable");
  });

  test("refuses every character that base64url has not, wherever it is put in or takes another's place", async () => {
    const parts = token({}).split(".");
    const others = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter((one) => !/[A-Za-z0-9_-]/.test(one));
    expect(others).toHaveLength(192);
    for (const which of [0, 1, 2]) {
      for (const other of others) {
        for (const instead of [0, 1]) {
          const text = parts.map((one, i) => (i === which ? one.slice(0, 8) + other + one.slice(8 + instead) : one)).join(".");
          expect(await flawOf(text), `${String(which)}:${String(other.charCodeAt(0))}:${String(instead)}`).toBe("unreadable");
        }
      }
    }
  });

  test("refuses a token of another type, and a text that is no token", async () => {
    expect(await flawOf(token({ typ: "at+jwt" }))).toBe("unreadable");
    const [head = "", body = "", tail = ""] = token({}).split(".");
    for (const text of [null, 1, "", "a.b.c", `${head}.${body}`, `${head}.${body}.${tail}.${tail}`, `${head}=.${body}.${tail}`, `${head}.${body}.${tail}=`, "A".repeat(20_000)]) {
      expect(await flawOf(text)).toBe("unreadable");
    }
    expect(await flawOf(`${head}.${Buffer.from('"text"').toString("base64url")}.${tail}`)).toBe("unreadable");
  });
});
