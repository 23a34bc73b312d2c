import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { inForce } from "#lib/accounts/grant.under-test";
import { sha256Hex } from "#lib/log/digest";
import { dayAt } from "#lib/register/evidence.under-test";
import type { RegisteredKey } from "#lib/register/registered-key";
import { access, aes, assertionOf, billing, ecPair, formOf, grant, hmac, key, knownAll, now, openGrounds, others, raw, rsa, token } from "./api-grounds.under-test";
import { Application } from "./application.under-test";
import { publicHalf } from "./published-key";

/**
 * Everything bad that can be sent to a running server: it is refused by its name, gets to no key, and stands in the log with who sent it.
 * That the refusals are the published ones, the stand holds every answer to.
 */
const { stand, rows, asked, ask, post, askToken, close } = await openGrounds();
afterAll(close);
afterEach(() => {
  stand.known = knownAll;
});

const text = (value: string | Uint8Array) => Buffer.from(value).toString("base64url");
const part = (value: object) => text(JSON.stringify(value));
const data = text("some bytes");
const good = { algorithm: "ES256", data };
const at = (name: string, what: string) => `/api/v1/keys/${name}/${what}`;

/** What came of it, and of it in the log; nothing of it got to the token. */
async function refusalOf(response: Promise<Response>) {
  const [before, first] = [asked.times, rows.length];
  const got = await response;
  const said = (await got.json()) as { name?: string; error_description?: string };
  expect(asked.times).toBe(before);
  const [row, ...more] = rows.slice(first);
  expect(more).toEqual([]);
  return { status: got.status, name: said.name ?? said.error_description?.split(":")[0], logged: row?.result, account: row?.account, row };
}
async function refused(response: Promise<Response>, status: number, name: string, account: string | null = "billing") {
  const { row, ...said } = await refusalOf(response);
  expect(said).toEqual({ status, name, logged: name, account });
  return row;
}

/** Whose it was counts for nothing any more: the log may say it or not. */
async function shownBefore(response: Promise<Response>): Promise<void> {
  const name = "ASSERTION-SHOWN-BEFORE";
  expect(await refusalOf(response)).toMatchObject({ status: 401, name, logged: name });
}

describe("oversized", () => {
  test("a body, whether its length is said or not", async () => {
    await refused(post(at("raw", "sign"), { ...good, data: "A".repeat(120_000) }), 413, "TOO-LARGE");
    const body = new Blob([new Uint8Array(120_000).fill(0x20)]).stream();
    const headers = { authorization: `Bearer ${token()}`, "content-type": "application/json" };
    await refused(ask(at("raw", "sign"), { method: "POST", headers, body, duplex: "half" } as RequestInit), 413, "TOO-LARGE");
    await refused(post(at("jwt", "tokens"), { claims: { sub: "a".repeat(21_000) } }), 413, "TOO-LARGE");
    await refused(askToken({ ...formOf("a"), more: "a".repeat(21_000) }), 413, "TOO-LARGE", null);
  });

  test("what is in a body that fits: bytes, claims, a token, an assertion, lists in lists", async () => {
    await refused(post(at("raw", "sign"), { ...good, data: text(new Uint8Array(65_537)) }), 400, "REQUEST-UNREADABLE");
    expect((await post(at("raw", "sign"), { ...good, data: text(new Uint8Array(65_536)) })).status).toBe(200);
    await refused(post(at("jwt", "tokens"), { claims: { sub: "a".repeat(8_192) } }), 400, "REQUEST-UNREADABLE");
    await refused(post(at("jwt", "verify-token"), { token: `${"A".repeat(16_383)}..` }), 400, "REQUEST-UNREADABLE");
    await refused(post(at("wrapping", "wrap"), { data: text(new Uint8Array(65)) }), 400, "REQUEST-UNREADABLE");
    await refused(post(at("jwt", "tokens"), `{"claims":{"sub":${"[".repeat(9_000)}${"]".repeat(9_000)}}}`), 400, "REQUEST-UNREADABLE");
    // A string that is never closed, of marks each of which could begin one: looked at once, not from each of them.
    for (const unclosed of ['"', '{"data":"']) await refused(post(at("raw", "sign"), `${unclosed}${'\\"'.repeat(49_900)}`), 400, "REQUEST-UNREADABLE");
    const { name, status, logged } = await refusalOf(askToken(formOf("A".repeat(16_385))));
    expect([status, name, logged]).toEqual([400, "client_assertion is longer than is read here", "REQUEST-UNREADABLE"]);
  });
});

describe("in the wrong encoding", () => {
  const body = JSON.stringify(good);
  test.each<[string, Uint8Array | string]>([
    ["no UTF-8", Buffer.concat([Buffer.from('{"algorithm":"ES256","data":"AAAA","x":"'), Buffer.of(0xff), Buffer.from('"}')])],
    ["UTF-16", Buffer.from(body, "utf16le")],
    ["a mark of byte order before it", Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(body)])],
    ["base64 of another alphabet", JSON.stringify({ ...good, data: "a+/a" })],
    ["base64url with padding", JSON.stringify({ ...good, data: "AA==" })],
    ["base64url with bits that say nothing", JSON.stringify({ ...good, data: "AB" })],
    ["base64url of no length", JSON.stringify({ ...good, data: "A" })],
    ["base64url with a new line", JSON.stringify({ ...good, data: "AAAA\n" })],
    ["hexadecimal where a list is", JSON.stringify({ ...good, data: [0, 1] })],
    ["two documents", `${body}${body}`],
  ])("%s", async (_, sent) => {
    const row = await refused(post(at("raw", "sign"), sent), 400, "REQUEST-UNREADABLE");
    expect(row?.digest).toBe(sha256Hex(typeof sent === "string" ? Buffer.from(sent) : sent));
  });

  test("claims that are no UTF-8, which would be signed as something else", async () => {
    const sent = Buffer.concat([Buffer.from('{"claims":{"sub":"ann'), Buffer.of(0xe1), Buffer.from('"}}')]);
    await refused(post(at("jwt", "tokens"), sent), 400, "REQUEST-UNREADABLE");
  });

  test("packed, of another type, or a name that is spelt otherwise", async () => {
    const headers = { authorization: `Bearer ${token()}`, "content-type": "application/json", "content-encoding": "gzip" };
    await refused(ask(at("raw", "sign"), { method: "POST", headers, body: gzipSync(body) }), 415, "TYPE-UNKNOWN");
    await refused(post(at("raw", "sign"), body, { type: "text/plain" }), 415, "TYPE-UNKNOWN");
    for (const where of [at("r%61w", "sign"), at("RAW", "sign"), "/api/v1//keys/raw/sign", at("raw", "sign/")]) {
      expect((await post(where, good)).status).toBe(404);
    }
  });
});

describe("another algorithm", () => {
  const claims = { iss: "https://keys.example", aud: "api", exp: Math.floor(now().getTime() / 1_000) + 60, sub: "otto" };
  const { kid, pem, jwk } = publicHalf(key as Parameters<typeof publicHalf>[0]);
  const head = (alg: string, more: object = {}) => `${part({ alg, typ: "JWT", kid, ...more })}.${part(claims)}`;
  const byHmac = (secret: string | Uint8Array) => `${head("HS256")}.${createHmac("sha256", secret).update(head("HS256")).digest("base64url")}`;
  const secrets = [pem, JSON.stringify(jwk), Buffer.from(key.spki ?? "", "base64url"), ecPair.publicKey.export({ type: "spki", format: "pem" })];

  test.each(["none", "None", "NONE", "nOnE", ""])("a token by %j", async (alg) => {
    for (const tail of ["", data]) await refused(post(at("jwt", "verify-token"), { token: `${head(alg)}.${tail}` }), 400, "ALGORITHM-REFUSED");
  });

  test("a token by an HMAC with the public key as its secret", async () => {
    for (const secret of secrets) await refused(post(at("jwt", "verify-token"), { token: byHmac(secret) }), 400, "ALGORITHM-REFUSED");
  });

  test("a token that says another algorithm than its key's, or brings a key along", async () => {
    const mine = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const forged = (alg: string, more: object = {}) => `${head(alg, more)}.${sign("sha256", Buffer.from(head(alg, more)), mine.privateKey).toString("base64url")}`;
    await refused(post(at("jwt", "verify-token"), { token: forged("RS256") }), 403, "GRANT-SCOPE");
    const brought = { jwk: mine.publicKey.export({ format: "jwk" }) };
    for (const more of [brought, { jku: "https://otto.example/keys" }, { x5c: ["AAAA"] }, { x5u: "https://otto.example" }, { crit: ["exp"] }, { b64: false }]) {
      await refused(post(at("jwt", "verify-token"), { token: forged("RS256", more) }), 400, "TOKEN-UNREADABLE");
    }
    const wrong = (await (await post(at("jwt", "verify-token"), { token: forged("ES256") })).json()) as object;
    expect(wrong).toMatchObject({ valid: false, flaw: "signature" });
    expect(wrong).not.toHaveProperty("claims");
  });

  test("an assertion by none, by an HMAC with the client's public key, or by a key of its own choice", async () => {
    const unsigned = assertionOf(billing, {}, { alg: "none" });
    for (const said of [unsigned, unsigned.replace(/[^.]*$/, "")]) await refused(askToken(formOf(said)), 401, "ALGORITHM-REFUSED", null);
    const [top = "", body = ""] = assertionOf(billing, {}, { alg: "HS256" }).split(".");
    for (const secret of [JSON.stringify(billing.jwk), billing.jwk.kty === "EC" ? billing.jwk.x : ""]) {
      const mac = createHmac("sha256", secret).update(`${top}.${body}`).digest("base64url");
      await refused(askToken(formOf(`${top}.${body}.${mac}`)), 401, "ALGORITHM-REFUSED", null);
    }
    const stranger = new Application("billing");
    await refused(askToken(formOf(assertionOf(stranger))), 401, "ASSERTION-SIGNATURE", null);
    await refused(askToken(formOf(assertionOf(stranger, {}, { jwk: stranger.jwk }))), 401, "TOKEN-UNREADABLE", null);
  });

  test("of a request: one that the alias is not for, or that there is not", async () => {
    for (const algorithm of ["ES384", "RS256", "EdDSA"]) await refused(post(at("raw", "sign"), { ...good, algorithm }), 403, "GRANT-SCOPE");
    for (const algorithm of ["none", "HS256", "es256", null]) await refused(post(at("raw", "sign"), { ...good, algorithm }), 400, "REQUEST-UNREADABLE");
  });
});

/** The same world, where something became of a key, or of what the account may do. */
const became = (of: RegisteredKey, change: Partial<RegisteredKey>) => {
  stand.known = { ...knownAll, keys: new Map([...knownAll.keys, [of.key, { ...of, ...change }]]) };
};

describe("a key of another purpose", () => {
  test("than the grant's, or than the ceremony's, whatever the grant says", async () => {
    await refused(post(at("data", "sign"), good), 403, "GRANT-SCOPE");
    await refused(post(at("raw", "decrypt"), { ciphertext: data }), 403, "GRANT-SCOPE");
    await refused(post(at("jwt", "sign"), good), 403, "GRANT-SCOPE");
    const wide = inForce({
      ...grant.grant,
      keys: [
        { alias: "raw", keys: [raw.key], operations: ["decrypt", "mac"], algorithms: ["RSA-OAEP", "HS256"], tokens: null },
        { alias: "data", keys: [aes.key], operations: ["sign", "mac", "wrap"], algorithms: ["ES256", "HS256", "AES-KWP"], tokens: null },
        { alias: "hmac", keys: [hmac.key], operations: ["encrypt"], algorithms: ["AES-GCM"], tokens: null },
      ],
    });
    stand.known = { ...knownAll, grants: new Map([["billing", wide]]) };
    const as = access.give(wide, ["decrypt:raw", "mac:raw", "sign:data", "mac:data", "wrap:data", "encrypt:hmac"], now().getTime());
    for (const [name, what, body] of [
      ["raw", "decrypt", { ciphertext: data }],
      ["raw", "mac", { data }],
      ["data", "sign", good],
      ["data", "mac", { data }],
      ["data", "wrap", { length: 32 }],
      ["hmac", "encrypt", { data }],
    ] as const) {
      await refused(post(at(name, what), body, { as }), 403, "KEY-PURPOSE");
    }
  });
});

describe("what is over", () => {
  test("an access token, a changed one, or one of a grant that has another edition", async () => {
    const old = access.give(grant, ["sign:raw"], now().getTime() - 300_000);
    await refused(post(at("raw", "sign"), good, { as: old }), 401, "TOKEN-MISSING", null);
    const [said = "", mac = ""] = token().split(".");
    const other = (letter: string) => (letter === "A" ? "B" : "A");
    // Its MAC is compared as a whole (timingSafeEqual): wherever the first wrong letter stands, the answer is one.
    for (const as of [`${said}.${other(mac[0] ?? "")}${mac.slice(1)}`, `${said}.${mac.slice(0, 20)}${other(mac[20] ?? "")}${mac.slice(21)}`, said, `${said}.`]) {
      await refused(post(at("raw", "sign"), good, { as }), 401, "TOKEN-MISSING", null);
    }
    stand.known = { ...knownAll, grants: new Map([["billing", inForce({ ...grant.grant, edition: 2 })]]) };
    await refused(post(at("raw", "sign"), good), 401, "TOKEN-MISSING", null);
  });

  test("an assertion, before its time or after it, or for longer than it takes to show it", async () => {
    const seconds = Math.floor(now().getTime() / 1_000);
    for (const claims of [{ exp: seconds - 11 }, { exp: seconds + 400 }, { exp: undefined }, { nbf: seconds + 60 }, { iat: seconds + 60 }]) {
      await refused(askToken(formOf(assertionOf(billing, claims))), 401, "ASSERTION-TIME", null);
    }
  });

  test("a grant, for tokens and for uses", async () => {
    const over = inForce({ ...grant.grant, until: dayAt(9) });
    stand.known = { ...knownAll, grants: new Map([["billing", over]]) };
    await refused(askToken(formOf(assertionOf(billing))), 401, "CLIENT-UNKNOWN", null);
    await refused(post(at("raw", "sign"), good, { as: access.give(over, ["sign:raw"], now().getTime()) }), 403, "GRANT-TIME");
  });

  test("a key's time to protect, and then to verify; a token's", async () => {
    const { signature } = (await (await post(at("raw", "sign"), good)).json()) as { signature: string };
    became(raw, { endsAt: dayAt(9) });
    await refused(post(at("raw", "sign"), good), 403, "KEY-CRYPTOPERIOD");
    expect(await (await post(at("raw", "verify"), { ...good, signature })).json()).toMatchObject({ valid: true });
    became(raw, { endsAt: dayAt(8), processedUntil: dayAt(9) });
    await refused(post(at("raw", "verify"), { ...good, signature }), 403, "KEY-CRYPTOPERIOD");
    stand.known = knownAll;
    const seconds = Math.floor(now().getTime() / 1_000);
    const { kid } = publicHalf(key as Parameters<typeof publicHalf>[0]);
    const text = `${part({ alg: "ES256", kid })}.${part({ iss: "https://keys.example", aud: "api", exp: seconds })}`;
    const tail = sign("sha256", Buffer.from(text), { key: ecPair.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
    const over = (await (await post(at("jwt", "verify-token"), { token: `${text}.${tail}` })).json()) as object;
    expect(over).toMatchObject({ valid: false, flaw: "expired" });
    expect(rows.at(-1)).toMatchObject({ account: "billing", operation: "verify-token" });
  });
});

test.each(["suspended", "pre-activation", "deactivated", "compromised", "destroyed"] as const)("a key that is %s signs nothing", async (state) => {
  became(raw, { state });
  const row = await refused(post(at("raw", "sign"), good), 403, "KEY-STATE");
  expect(row).toMatchObject({ operation: "sign", algorithm: "ES256", digest: sha256Hex(Buffer.from(data, "base64url")) });
});

describe("an assertion that was shown before", () => {
  test("is none, also with another token's form around it; of many at once one counts", async () => {
    const form = formOf(assertionOf(billing));
    expect((await askToken(form)).status).toBe(200);
    await shownBefore(askToken(form));
    await shownBefore(askToken({ ...form, scope: "random" }));
    const another = formOf(assertionOf(billing));
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await askToken(another)).status));
    expect(statuses.sort()).toEqual([200, ...Array.from({ length: 7 }, () => 401)]);
  });

  test("nor is one of the same id, for another address, of another subject, or without an id", async () => {
    const jti = "an-id-that-is-used-up";
    expect((await askToken(formOf(assertionOf(billing, { jti })))).status).toBe(200);
    await shownBefore(askToken(formOf(assertionOf(billing, { jti, sub: "billing", nbf: Math.floor(now().getTime() / 1_000) }))));
    for (const claims of [{ aud: "https://otto.example" }, { aud: ["https://keys.example", "https://otto.example"] }, { sub: "payroll" }, { jti: undefined }, { jti: "short" }]) {
      await refused(askToken(formOf(assertionOf(billing, claims))), 401, "ASSERTION-CLAIMS", null);
    }
    await refused(askToken(formOf(assertionOf(billing, { iss: "nobody" }))), 401, "CLIENT-UNKNOWN", null);
    await refused(askToken(formOf(assertionOf(billing, { iss: "payroll", sub: "payroll" }))), 401, "ASSERTION-SIGNATURE", null);
  });
});

describe("another account's key", () => {
  test("is refused by its id exactly as one that there is not: who has which keys is nobody's business", async () => {
    const told = async (name: string, what: string, body: object) => {
      const { use, ...said } = (await (await post(at(name, what), body)).json()) as { use: string; name: string };
      expect(rows.find((row) => row.use === use)).toMatchObject({ account: "billing", key: name, result: "GRANT-SCOPE" });
      return said;
    };
    for (const [what, body] of [["sign", good], ["tokens", {}], ["verify", { ...good, signature: data }], ["decrypt", { ciphertext: data }], ["wrap", { length: 16 }], ["mac", { data }]] as const) {
      expect(await told(rsa.key, what, body)).toEqual(await told("0".repeat(64), what, body));
    }
    await refused(ask(at(rsa.key, "public-key"), { headers: { authorization: `Bearer ${token()}` } }), 403, "GRANT-SCOPE");
    const theirs = access.give(others, ["issue-token:rsa"], now().getTime());
    await refused(post(at(key.key, "tokens"), {}, { as: theirs }), 403, "GRANT-SCOPE", "payroll");
  });

  test("opens nothing behind one's own alias, and its tokens are not one's own", async () => {
    await refused(post(at("data", "decrypt"), { key: hmac.key, ciphertext: data, iv: text(new Uint8Array(12)), tag: text(new Uint8Array(16)) }), 403, "GRANT-SCOPE");
    const theirs = access.give(others, ["issue-token:rsa", "verify-token:rsa"], now().getTime());
    const issued = (await (await post(at("rsa", "tokens"), {}, { as: theirs })).json()) as { token: string };
    await refused(post(at("jwt", "verify-token"), { token: issued.token }), 403, "GRANT-SCOPE");
    expect(await (await post(at("rsa", "verify-token"), { token: issued.token }, { as: theirs })).json()).toMatchObject({ valid: true });
  });
});
