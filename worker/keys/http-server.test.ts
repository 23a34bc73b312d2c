import { createPublicKey, verify, type JsonWebKey } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, test } from "vitest";
import { base64url, sha256Hex } from "#lib/log/digest";
import { TokenFault, TokenGone } from "#lib/token/fault";
import { aes, grant, knownAll, openGrounds, problemOf, raw, rawPair, token } from "./api-grounds.under-test";
import { listen, nowAndThen } from "./http-server";
import { PoolBusy } from "./signing-pool";

/** The interface as applications meet it. */
const { stand, rows, ask, post, close, server, lines } = await openGrounds();
afterAll(close);

const data = base64url(Buffer.from("what is signed"));
const good = { algorithm: "ES256", data };

test("what is signed verifies by the key's public half, and stands in the log; what is issued, from the key set alone", async () => {
  const answered = (await (await post("/api/v1/keys/raw/sign", good)).json()) as { use: string; kid: string; signature: string };
  const signed = { key: rawPair.publicKey, dsaEncoding: "ieee-p1363" } as const;
  expect(verify("sha256", Buffer.from("what is signed"), signed, Buffer.from(answered.signature, "base64url"))).toBe(true);
  expect(rows.find(({ use }) => use === answered.use)).toMatchObject({
    ...{ account: "billing", grant: grant.hash, key: raw.key, operation: "sign", algorithm: "ES256", result: "done" },
    digest: sha256Hex(Buffer.from("what is signed")),
  });
  const issued = (await (await post("/api/v1/keys/jwt/tokens", {})).json()) as { kid: string; token: string };
  const set = await ask("/.well-known/jwks.json");
  const { keys } = (await set.json()) as { keys: (JsonWebKey & { kid: string })[] };
  const mine = keys.filter(({ kty }) => kty === "EC");
  expect(mine).toMatchObject([{ kid: issued.kid, use: "sig", alg: "ES256" }]);
  const [head = "", body = "", tail = ""] = issued.token.split(".");
  const published = { key: createPublicKey({ key: mine[0] ?? {}, format: "jwk" }), dsaEncoding: "ieee-p1363" } as const;
  expect(verify("sha256", Buffer.from(`${head}.${body}`), published, Buffer.from(tail, "base64url"))).toBe(true);
  const { status, headers } = await ask("/.well-known/jwks.json", { headers: { "if-none-match": set.headers.get("etag") ?? "" } });
  expect([status, headers.get("cache-control")]).toEqual([304, "public, max-age=300, stale-if-error=300"]);
});

test("no key signs raw bytes by which somebody issues tokens, whatever a grant says", async () => {
  expect(await problemOf(post("/api/v1/keys/jwt/sign", good))).toMatchObject({ status: 403, name: "GRANT-SCOPE" });
});

test("by its id as well, with its public key, and a signature is checked", async () => {
  const { signature } = (await (await post(`/api/v1/keys/${raw.key}/sign`, good)).json()) as { signature: string };
  expect(await (await post("/api/v1/keys/raw/verify", { ...good, signature })).json()).toMatchObject({ valid: true });
  expect(await (await post("/api/v1/keys/raw/verify", { ...good, data: "AAAA", signature })).json()).toMatchObject({ valid: false });
  const said = await ask("/api/v1/keys/raw/public-key", { headers: { authorization: `Bearer ${token()}` } });
  expect(await said.json()).toMatchObject({ pem: rawPair.publicKey.export({ type: "spki", format: "pem" }), jwk: { kty: "EC" } });
});

test("a token is issued and verified, and nothing of a bad one is told", async () => {
  const issued = (await (await post("/api/v1/keys/jwt/tokens", { claims: { sub: "anna" } })).json()) as { token: string };
  const check = async (text: string, audience = "api") => (await post("/api/v1/keys/jwt/verify-token", { token: text, audience })).json() as Promise<object>;
  expect(await check(issued.token)).toMatchObject({ valid: true, claims: { sub: "anna", aud: "api", iss: "https://keys.example" } });
  expect(await check(issued.token, "bank")).toMatchObject({ valid: false, flaw: "audience" });
  const [head = "", body = "", tail = ""] = issued.token.split(".");
  const other = base64url(Buffer.from(Buffer.from(body, "base64url").toString().replace("anna", "otto")));
  expect(await check(`${head}.${other}.${tail}`)).toEqual(expect.not.objectContaining({ claims: expect.anything() }));
  const none = base64url(Buffer.from(JSON.stringify({ alg: "none", kid: "x" })));
  expect(await check(`${none}.${body}.`)).toMatchObject({ name: "ALGORITHM-REFUSED" });
  const hmac = base64url(Buffer.from(JSON.stringify({ alg: "HS256", kid: "x" })));
  expect(await check(`${hmac}.${body}.${tail}`)).toMatchObject({ name: "ALGORITHM-REFUSED" });
});

test("what is encrypted comes with iv, tag and the id of its key; the log has the digest of what came out, not of what went in", async () => {
  const sealed = (await (await post("/api/v1/keys/data/encrypt", { data })).json()) as { use: string; key: string; ciphertext: string; iv: string; tag: string };
  expect(sealed).toMatchObject({ key: aes.key, algorithm: "AES-GCM", iv: expect.stringMatching(/^.{16}$/) as string, tag: expect.stringMatching(/^.{22}$/) as string });
  const { ciphertext, iv, tag } = sealed;
  expect(await (await post("/api/v1/keys/data/decrypt", { ciphertext, iv, tag, key: aes.key })).json()).toMatchObject({ data });
  expect(await problemOf(post("/api/v1/keys/data/decrypt", { ciphertext, key: aes.key }))).toMatchObject({ status: 403, name: "GRANT-SCOPE" });
  expect(await problemOf(post("/api/v1/keys/data/decrypt", { ciphertext, iv, key: aes.key }))).toMatchObject({ status: 400, name: "REQUEST-UNREADABLE" });
  expect(rows.find(({ use }) => use === sealed.use)).toMatchObject({ operation: "encrypt", digest: sha256Hex(Buffer.from(ciphertext, "base64url")) });
  const other = { ciphertext, iv, tag: base64url(Buffer.alloc(16)) };
  expect(await problemOf(post("/api/v1/keys/data/decrypt", other))).toEqual({ status: 400, name: "INPUT-REFUSED", after: null });
});

test.each<[string, string, unknown, number, string]>([
  ["another alias", "/api/v1/keys/master/sign", good, 403, "GRANT-SCOPE"],
  ["another algorithm", "/api/v1/keys/raw/sign", { ...good, algorithm: "RS256" }, 403, "GRANT-SCOPE"],
  ["a claim that is not the caller's", "/api/v1/keys/jwt/tokens", { claims: { exp: 9_999_999_999 } }, 403, "GRANT-SCOPE"],
  ["what is no JSON", "/api/v1/keys/raw/sign", "{", 400, "REQUEST-UNREADABLE"],
  ["what is nested without end", "/api/v1/keys/jwt/tokens", `{"claims":{"sub":${"[".repeat(5_000)}${"]".repeat(5_000)}}}`, 400, "REQUEST-UNREADABLE"],
  ["claims that no reader of tokens takes in", "/api/v1/keys/jwt/tokens", { claims: { sub: "a".repeat(9_000) } }, 400, "REQUEST-UNREADABLE"],
  ["a MAC that is longer than any", "/api/v1/keys/data/verify-mac", { data: "AAAA", mac: "A".repeat(200) }, 400, "REQUEST-UNREADABLE"],
  ["a member that nobody knows", "/api/v1/keys/raw/sign", { ...good, digest: "x" }, 400, "REQUEST-UNREADABLE"],
  ["bytes in another spelling", "/api/v1/keys/raw/sign", { ...good, data: "a+/=" }, 400, "REQUEST-UNREADABLE"],
  ["an algorithm of no key", "/api/v1/keys/raw/sign", { ...good, algorithm: "HS256" }, 400, "REQUEST-UNREADABLE"],
  ["too much", "/api/v1/keys/raw/sign", { ...good, data: "A".repeat(200_000) }, 413, "TOO-LARGE"],
  ["too many random bytes", "/api/v1/random", { length: 1_025 }, 400, "REQUEST-UNREADABLE"],
  ["what there is not", "/api/v1/keys/jwt/destroy", {}, 404, "PATH-UNKNOWN"],
  ["a member of every object", "/api/v1/keys/jwt/constructor", {}, 404, "PATH-UNKNOWN"],
  ["another method", "/.well-known/jwks.json", {}, 405, "METHOD-UNKNOWN"],
])("refuses %s by name", async (_, where, body, status, name) => {
  expect(await problemOf(post(where, body))).toMatchObject({ status, name });
});

test("refuses who has no token, one of less, and another type of body; a refusal by a rule is logged", async () => {
  expect(await problemOf(post("/api/v1/random", { length: 1 }, { as: "A".repeat(43) }))).toMatchObject({ status: 401, name: "TOKEN-MISSING" });
  expect(await problemOf(post("/api/v1/keys/raw/sign", good, { as: token(["random"]) }))).toMatchObject({ status: 403, name: "SCOPE-MISSING" });
  expect(await problemOf(post("/api/v1/keys/raw/sign", good, { type: "text/plain" }))).toMatchObject({ status: 415, name: "TYPE-UNKNOWN" });
  expect(rows.map(({ result }) => result)).toEqual(expect.arrayContaining(["GRANT-SCOPE", "SCOPE-MISSING"]));
});

test("a request that got to no key is logged with who asked, if known, what for, and the digest of what was sent", async () => {
  const first = rows.length;
  const { use } = (await (await post("/api/v1/random", { length: 1 }, { as: "A".repeat(43) })).json()) as { use: string };
  await post("/api/v1/keys/raw/sign", '{"a":1}');
  await post("/api/v1/keys/master/sign", good);
  await ask("/oauth/token", { method: "POST", body: new URLSearchParams({ grant_type: "password" }) });
  expect(rows.slice(first)).toMatchObject([
    { use, account: null, key: null, operation: "random", result: "TOKEN-MISSING", times: 1 },
    { account: "billing", key: "raw", operation: "sign", result: "REQUEST-UNREADABLE", digest: sha256Hex(Buffer.from('{"a":1}')) },
    { account: "billing", key: "master", operation: "sign", result: "GRANT-SCOPE", digest: sha256Hex(Buffer.from("what is signed")) },
    { account: null, operation: "token", result: "REQUEST-UNREADABLE", digest: sha256Hex(Buffer.from("grant_type=password")) },
  ]);
});

test.each<[Error, number, string]>([
  [new PoolBusy("QUEUE-FULL"), 503, "QUEUE-FULL"],
  [new PoolBusy("DEADLINE-PASSED"), 503, "DEADLINE-PASSED"],
  [new TokenGone("perform", "CHILD-ENDED"), 503, "TOKEN-AWAY"],
  [new TokenFault("C_Sign", 0x30, "CKR_DEVICE_ERROR"), 503, "TOKEN-AWAY"],
  [new TokenFault("C_Sign", null, "SIGNATURE-DOES-NOT-VERIFY"), 503, "TOKEN-AWAY"],
  [new TokenFault("C_SignInit", 0x68, "CKR_KEY_FUNCTION_NOT_PERMITTED"), 500, "KEY-UNUSABLE"],
])("says of %s what to do, and logs it", async (happened, status, name) => {
  stand.fault = happened;
  expect(await problemOf(post("/api/v1/keys/raw/sign", good))).toEqual({ status, name, after: status === 503 ? "1" : null });
  stand.fault = null;
  expect(rows.at(-1)).toMatchObject({ result: name, key: raw.key, digest: sha256Hex(Buffer.from("what is signed")) });
});

test("nothing is answered that is not logged, and nothing by what is not known any more", async () => {
  stand.logFault = new Error("gone");
  expect(await problemOf(post("/api/v1/keys/raw/sign", good))).toEqual({ status: 503, name: "LOG-UNAVAILABLE", after: "1" });
  stand.logFault = null;
  stand.known = null;
  expect(await problemOf(post("/api/v1/keys/raw/sign", good))).toEqual({ status: 503, name: "EVIDENCE-STALE", after: "1" });
  expect((await ask("/.well-known/jwks.json")).status).toBe(503);
  expect((await ask("/health")).status).toBe(503);
  stand.known = knownAll;
  expect((await ask("/health")).status).toBe(200);
});

test("what happens to many at once is said at the first, and then once a minute with how often", () => {
  const said: string[] = [];
  let at = 0;
  const tell = nowAndThen((line) => said.push(line), () => at);
  for (at of [0, 1, 59_999, 60_000, 60_001, 200_000]) tell("refused");
  expect(said).toEqual(["refused", "refused (3 times since it was said)", "refused (2 times since it was said)"]);
});

test("connections that are one too many are said", () => {
  const before = lines.length;
  for (let i = 0; i < 3; i += 1) server.emit("drop");
  expect(lines.slice(before)).toEqual(["a connection was refused: 4000 are open"]);
});

test("a port that is taken is a fault of the start; what befalls the socket later is said and ends nothing", async () => {
  const said: string[] = [];
  const [first, second] = [createServer(), createServer()];
  await listen(first, { host: "127.0.0.1", port: 0 }, (line) => said.push(line));
  const { port } = first.address() as AddressInfo;
  await expect(listen(second, { host: "127.0.0.1", port }, () => undefined)).rejects.toMatchObject({ code: "EADDRINUSE" });
  for (let i = 0; i < 2; i += 1) first.emit("error", new Error("accept EMFILE"));
  expect(said).toEqual(["connections cannot be taken: accept EMFILE"]);
  await new Promise((closed) => first.close(closed));
});
