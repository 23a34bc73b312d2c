import { generateKeyPairSync, sign, type KeyPairKeyObjectResult } from "node:crypto";
import { compactVerify, flattenedVerify, importJWK, jwtVerify, createLocalJWKSet } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ClavigerClient } from "./claviger-client";
import { provedByKey } from "./client-proof";
import { RemoteCompactSign, RemoteFlattenedSign, RemoteKey, RemoteSignJWT } from "./jose-signer";
import { answering, KeyServer, type Behaviour } from "./key-server.under-test";

/** What is made here is held against jose itself; the keys are of a process that does what a test says. */
const pairs = { old: generateKeyPairSync("ec", { namedCurve: "P-256" }), new: generateKeyPairSync("ec", { namedCurve: "P-256" }) };
const jwkOf = (kid: keyof typeof pairs) => ({ ...pairs[kid].publicKey.export({ format: "jwk" }), kid, use: "sig" });
const named = (kid: string) => ({ key: "a".repeat(64), kid, algorithm: "ES256", use: "row-7" });
const publicKey = (kid: keyof typeof pairs): Behaviour => answering({ ...named(kid), jwk: jwkOf(kid), pem: "" });
const signing =
  (kid: keyof typeof pairs): Behaviour =>
  (response, heard) => {
    const { data } = JSON.parse(heard.body) as { data: string };
    const { privateKey }: KeyPairKeyObjectResult = pairs[kid];
    const signature = sign("sha256", Buffer.from(data, "base64url"), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
    answering({ ...named(kid), signature })(response, heard);
  };
const SIGN = "/api/v1/keys/seal/sign";
const PUBLIC = "/api/v1/keys/seal/public-key";
const payload = Buffer.from("what is signed");
const alg = "ES256";

let server: KeyServer;
let client: ClavigerClient;
let key: RemoteKey;
beforeEach(async () => {
  server = await KeyServer.open();
  server.on(SIGN, signing("old"));
  server.on(PUBLIC, publicKey("old"));
  client = new ClavigerClient({ url: server.url, proof: provedByKey("billing", generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey) });
  key = new RemoteKey(client, "seal");
});
afterEach(async () => {
  client.close();
  await server.close();
});

test("jose verifies what is signed in the compact and in the flattened form", async () => {
  const compact = await new RemoteCompactSign(payload).setProtectedHeader({ alg, typ: "text" }).sign(key);
  const read = await compactVerify(compact, await importJWK(jwkOf("old"), alg));
  expect([Buffer.from(read.payload).toString(), read.protectedHeader]).toEqual(["what is signed", { alg, typ: "text", kid: "old" }]);
  const flattened = await new RemoteFlattenedSign(payload).setProtectedHeader({ alg }).setUnprotectedHeader({ cty: "text/plain" }).sign(key);
  const { unprotectedHeader } = await flattenedVerify(flattened, await importJWK(jwkOf("old"), alg));
  expect(unprotectedHeader).toEqual({ cty: "text/plain" });
  expect(server.of(PUBLIC)).toHaveLength(1);
});

test("jose verifies a JWT with all that it says of itself", async () => {
  const token = await new RemoteSignJWT({ role: "clerk" })
    .setProtectedHeader({ alg, typ: "JWT" })
    .setIssuer("billing").setSubject("anna").setAudience(["api"]).setJti("one")
    .setIssuedAt().setNotBefore(new Date()).setExpirationTime("15m")
    .sign(key);
  const { payload: claims } = await jwtVerify(token, createLocalJWKSet({ keys: [jwkOf("old")] }), { issuer: "billing", audience: "api", typ: "JWT" });
  expect(claims).toMatchObject({ role: "clerk", sub: "anna", jti: "one", exp: (claims.iat ?? 0) + 900 });
});

test("when the name has come to mean another key, it is signed once more under that one's name", async () => {
  await new RemoteCompactSign(payload).setProtectedHeader({ alg }).sign(key);
  server.on(SIGN, signing("new"));
  const compact = await new RemoteCompactSign(payload).setProtectedHeader({ alg }).sign(key);
  const { protectedHeader } = await compactVerify(compact, createLocalJWKSet({ keys: [jwkOf("old"), jwkOf("new")] }));
  expect(protectedHeader.kid).toBe("new");
  expect(server.of(SIGN)).toHaveLength(3);
  server.on(SIGN, signing("old"), signing("new"));
  await expect(new RemoteCompactSign(payload).setProtectedHeader({ alg }).sign(key)).rejects.toThrow("another key each time");
});

test("a kid that is given stays", async () => {
  const compact = await new RemoteCompactSign(payload).setProtectedHeader({ alg, kid: "my-own" }).sign(key);
  expect((await compactVerify(compact, await importJWK(jwkOf("old"), alg))).protectedHeader.kid).toBe("my-own");
  expect(server.of(PUBLIC)).toEqual([]);
});

test("a header that says what is not done here is refused before anything is sent", async () => {
  for (const header of [{ alg: "none" }, { alg: "HS256" }, { alg, b64: false }, { alg, crit: ["b64"] }]) {
    await expect(new RemoteCompactSign(payload).setProtectedHeader(header as { alg: "ES256" }).sign(key)).rejects.toThrow(TypeError);
  }
  await expect(new RemoteCompactSign(payload).sign(key)).rejects.toThrow(TypeError);
  await expect(new RemoteFlattenedSign(payload).setProtectedHeader({ alg, kid: "one" }).setUnprotectedHeader({ kid: "one" }).sign(key)).rejects.toThrow(TypeError);
  expect(() => new RemoteSignJWT().setExpirationTime("soon")).toThrow(TypeError);
  expect(server.heard).toEqual([]);
});
