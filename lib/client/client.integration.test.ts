import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { compactVerify, createRemoteJWKSet, importJWK, jwtVerify } from "jose";
import { afterAll, describe, expect, test } from "vitest";
import { clientFromEnvironment, RemoteCompactSign, RemoteKey, type ClientProblem, type Inspected } from "claviger/client";
import { freshDatabase } from "#cli/testing/test-database";
import { ClientKey } from "#lib/accounts/grant.schema";
import { KeyGrounds } from "#worker/keys/key-grounds.under-test";
import { application } from "../../docs/example/sign-in";

/** The client as applications import it, against a key process over everything real; and the example application on top. */
const database = await freshDatabase();
const there = await KeyGrounds.open(
  database,
  { "jwt-old": "RSA-2048", "jwt-new": "EC-P256" },
  {
    data: { algorithm: "AES-256", usage: ["encrypt", "decrypt"] },
    kek: { algorithm: "AES-256", usage: ["wrap", "unwrap"] },
    mac: { algorithm: "HMAC-SHA256", usage: ["sign", "verify"] },
  },
);
const folder = mkdtempSync(path.join(tmpdir(), "claviger-client-"));
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = path.join(folder, "client.pem");
writeFileSync(pem, privateKey.export({ type: "pkcs8", format: "pem" }));

const next = await there.key("jwt-new");
for (const label of ["test-key", "jwt-old", "data", "kek", "mac"]) await there.change(await there.key(label), "active");
const id = async (label: string) => (await there.key(label)).key;
const ids = { seal: await id("test-key"), old: await id("jwt-old"), data: await id("data"), kek: await id("kek"), mac: await id("mac") };
const tokens = { issuer: "https://keys.example", audiences: ["shop"], claims: ["sub"], minutes: 15 };
const shop = { account: "shop", jwk: ClientKey.parse(publicKey.export({ format: "jwk" })) };
const grant = (edition: number) =>
  there.grant(shop, {
    edition,
    keys: [
      { alias: "seal", keys: [ids.seal], operations: ["sign", "verify", "public-key"], algorithms: ["ES256"], tokens: null },
      { alias: "jwt", keys: [next.key, ids.old], operations: ["issue-token", "verify-token"], algorithms: ["RS256", "ES256"], tokens },
      { alias: "data", keys: [ids.data], operations: ["encrypt", "decrypt"], algorithms: ["AES-GCM"], tokens: null },
      { alias: "database", keys: [ids.kek], operations: ["wrap", "unwrap"], algorithms: ["AES-KWP"], tokens: null },
      { alias: "mac", keys: [ids.mac], operations: ["mac", "verify-mac"], algorithms: ["HS256"], tokens: null },
    ],
  });
await grant(1);

const keys = await there.start();
await keys.ready();
const lines: string[] = [];
const from = clientFromEnvironment(
  {
    ...{ CLAVIGER_KEYS_URL: keys.address, CLAVIGER_KEYS_ORIGIN: "https://keys.example", CLAVIGER_ACCOUNT: "shop", CLAVIGER_CLIENT_KEY_FILE: pem },
    ...{ CLAVIGER_TOKEN_ISSUER: "https://keys.example", CLAVIGER_TOKEN_AUDIENCE: "shop", CLAVIGER_CALL_DEADLINE: "60000", HSM_CONNECTION_TIMEOUT: "30000" },
    ...{ HSM_JWT_KEY_ID: "jwt", HSM_API_ENCRYPTION_KEY_ID: "data", HSM_DB_ENCRYPTION_KEY_ID: "database", HSM_METRICS_ENABLED: "true" },
  },
  (line) => lines.push(line),
);
const { client } = from;
const issuing = from.tokens;
if (!issuing) throw new Error("the environment names a key for tokens");
afterAll(async () => {
  from.close();
  await there.close();
  rmSync(folder, { recursive: true, force: true });
});
const data = Buffer.from("what is signed");
const codeOf = (call: Promise<unknown>) => call.then(() => null, (fault: unknown) => (fault as ClientProblem).code);

describe("every method", () => {
  test("signs, and verifies by the process and by the public key alone", async () => {
    const { signature, kid } = await client.sign("seal", "ES256", data);
    const { jwk, kid: told } = await client.publicKey("seal");
    expect(told).toBe(kid);
    expect(verify("sha256", data, { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, signature)).toBe(true);
    expect(await client.verify("seal", "ES256", data, signature, { kid })).toBe(true);
    expect(await client.verify("seal", "ES256", Buffer.from("something else"), signature)).toBe(false);
  });

  test("encrypts and opens, with further data that has to be the same", async () => {
    const aad = Buffer.from("row 7");
    const sealed = await client.encrypt("data", data, { aad });
    expect(Buffer.from(await client.decrypt("data", sealed, { aad }))).toEqual(data);
    expect(await codeOf(client.decrypt("data", sealed))).toBe("INPUT-REFUSED");
  });

  test("draws a data key, wraps one, and unwraps both", async () => {
    const drawn = await client.newDataKey("database", 32);
    expect(await client.unwrapKey("database", drawn)).toEqual(drawn.data);
    const own = createHash("sha256").update("a key of one's own").digest();
    expect(Buffer.from(await client.unwrapKey("database", await client.wrapKey("database", own)))).toEqual(own);
  });

  test("makes a MAC and checks it, and draws random bytes", async () => {
    const made = await client.mac("mac", data);
    expect([await client.verifyMac("mac", data, made), await client.verifyMac("mac", Buffer.from("other"), made)]).toEqual([true, false]);
    expect(await client.random(24)).toHaveLength(24);
  });

  test("refuses in the words of the process: raw bytes by a key of tokens, an operation that the grant does not name", async () => {
    expect(await codeOf(client.sign("jwt", "RS256", data))).toBe("GRANT-SCOPE");
    expect(await codeOf(client.mac("seal", data))).toBe("GRANT-SCOPE");
    expect(await codeOf(client.issueToken("jwt", { claims: { admin: true } }))).toBe("GRANT-SCOPE");
  });
});

test("a signature by the HSM in jose's shape is one for jose", async () => {
  const jws = await new RemoteCompactSign(data).setProtectedHeader({ alg: "ES256" }).sign(new RemoteKey(client, "seal"));
  const { jwk, kid } = await client.publicKey("seal");
  const read = await compactVerify(jws, await importJWK(jwk as Parameters<typeof importJWK>[0], "ES256"));
  expect([Buffer.from(read.payload), read.protectedHeader.kid]).toEqual([data, kid]);
});

test("after a new edition of the grant the old access token is none, and no caller notices", async () => {
  await client.random(8);
  await grant(2);
  const given = () => lines.filter((line) => line.includes('"Operation":"token"')).length;
  const before = given();
  await expect.poll(async () => (await client.random(8), given()), { timeout: 60_000 }).toBeGreaterThan(before);
});

test("rotation: the alias moves to the next key, its kid changes, and what the old one signed still verifies", async () => {
  const old = await issuing.issue({ sub: "anna" });
  const verified = await issuing.verify(old.token);
  expect(verified).toMatchObject({ valid: true, kid: old.kid, claims: { sub: "anna", iss: "https://keys.example", aud: "shop" } });
  const inspected: Inspected = await client.verifyToken("jwt", old.token);
  expect(inspected).toMatchObject({ valid: true, claims: { sub: "anna" } });
  // Published a day ahead in life, and here a moment: whoever knew the set already knows the next key.
  await there.change(next, "active");
  await expect.poll(async () => (await issuing.issue({ sub: "anna" })).kid, { timeout: 60_000 }).not.toBe(old.kid);
  const young = await issuing.issue({ sub: "bert" });
  const set = createRemoteJWKSet(new URL("/.well-known/jwks.json", keys.address), { timeoutDuration: 60_000 });
  for (const [token, sub] of [[old.token, "anna"], [young.token, "bert"]] as const) {
    expect(await issuing.verify(token)).toMatchObject({ valid: true, claims: { sub } });
    const { payload } = await jwtVerify(token, set, { issuer: "https://keys.example", audience: "shop" });
    expect(payload.sub).toBe(sub);
  }
  expect([old, young].map(({ algorithm }) => algorithm)).toEqual(["RS256", "ES256"]);
});

test("the example application signs in, keeps a field that only the HSM's key opens, and refuses a token that is none", async () => {
  const server = application(from).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const ask = async (door: string, form: Record<string, string> | null, token = "") => {
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${door}`;
    const init = form ? { method: "POST", body: new URLSearchParams(form) } : { headers: { authorization: `Bearer ${token}` } };
    const response = await fetch(address, init);
    return { status: response.status, ...((await response.json()) as { token?: string; iban?: string; problem?: string }) };
  };
  const anna = { name: "anna", password: "correct-horse" };
  expect((await ask("/people", { ...anna, iban: "DE02120300000000202051" })).status).toBe(201);
  expect((await ask("/sign-in", { ...anna, password: "wrong" })).status).toBe(401);
  expect((await ask("/sign-in", { name: "nobody", password: "wrong" })).status).toBe(401);
  const { token = "" } = await ask("/sign-in", anna);
  expect(await ask("/iban", null, token)).toEqual({ status: 200, iban: "DE02120300000000202051" });
  expect(await ask("/iban", null, `${token.slice(0, -8)}AAAAAAAA`)).toMatchObject({ status: 401, problem: "the token is none: signature" });
  expect((await ask("/nowhere", null)).status).toBe(404);
  await new Promise((closed) => server.close(closed));
});

test("metrics say what was called and how long it took, and nothing of it", () => {
  const said = lines.map((line) => JSON.parse(line) as { Operation: string; Latency: number });
  expect(new Set(said.map(({ Operation }) => Operation))).toEqual(
    new Set(["token", "sign", "verify", "public-key", "encrypt", "decrypt", "wrap", "unwrap", "mac", "verify-mac", "random", "issue-token", "verify-token", "key-set"]),
  );
  expect(lines.join("")).not.toMatch(/anna|shop|seal|eyJ/);
});
