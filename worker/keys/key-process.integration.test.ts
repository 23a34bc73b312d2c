import { constants, createHash, createPublicKey, randomBytes, verify, type JsonWebKey } from "node:crypto";
import { copyFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { freshDatabase } from "#cli/testing/test-database";
import { rosterToEndorse } from "#lib/ceremony/endorsement";
import { rosterHash } from "#lib/ceremony/roster";
import { canonical, hashOf, type Json } from "#lib/log/canonical";
import { configurationOf } from "#lib/log/configuration";
import { sha256Hex } from "#lib/log/digest";
import { keepEndorsement } from "#lib/store/endorsements";
import { keepRoster } from "#lib/store/rosters";
import { endorsementBy } from "../played-cast.under-test";
import { Application } from "./application.under-test";
import { KEYS_SETTINGS } from "./env";
import { KeyGrounds } from "./key-grounds.under-test";
import { load } from "./load.under-test";
import { openapi } from "./routes";
import { Wire } from "./wire.under-test";

/** A whole key process: from what a ceremony made and custodians signed to what applications get, and do not get. */
const database = await freshDatabase();
const there = await KeyGrounds.open(database);
const rows = new pg.Pool({ connectionString: database.appUrl, max: 2 });
afterAll(async () => {
  await rows.end();
  await there.close();
});

const [ec, rsa] = [await there.key("test-key"), await there.key("jwt-rsa")];
await there.change(ec, "active");
const activeRsa = await there.change(rsa, "active");
const [billing, stranger] = [new Application("billing"), new Application("stranger")];
const tokens = { issuer: "https://keys.example", audiences: ["api"], claims: ["sub"], minutes: 15 };
await there.grant(billing, {
  keys: [
    { alias: "seal", keys: [ec.key], operations: ["sign", "verify", "public-key"], algorithms: ["ES256"], tokens: null },
    { alias: "jwt", keys: [rsa.key], operations: ["issue-token", "verify-token"], algorithms: ["RS256", "PS256"], tokens },
  ],
});
await there.grant(stranger, { random: true }, false);

const data = Buffer.from("what is signed").toString("base64url");
const named = async (response: Promise<Response>) => {
  const said = (await (await response).json()) as { name?: string; error_description?: string };
  return said.name ?? said.error_description?.split(":")[0];
};
type Use = { use: string };
const logged = async (use: string) =>
  (await rows.query<Record<string, unknown>>('SELECT "account", "key", "operation", "algorithm", "digest", "result" FROM "KeyUse" WHERE "use" = $1', [use])).rows;

const keys = await there.start();
await keys.ready();
const access = await keys.access(billing);

describe("an application signs", () => {
  test("by an alias, and it verifies by the public key that is told; the use is in the log", async () => {
    const signed = await keys.post(access, "/api/v1/keys/seal/sign", { algorithm: "ES256", data });
    expect(signed.status).toBe(200);
    const { signature, kid, use } = (await signed.json()) as { signature: string; kid: string } & Use;
    const told = await keys.ask("/api/v1/keys/seal/public-key", { headers: { authorization: `Bearer ${access}` } });
    const { jwk } = (await told.json()) as { jwk: JsonWebKey & { kid: string } };
    expect(jwk.kid).toBe(kid);
    const key = createPublicKey({ key: jwk, format: "jwk" });
    expect(verify("sha256", Buffer.from(data, "base64url"), { key, dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url"))).toBe(true);
    expect(await logged(use)).toMatchObject([{ account: "billing", key: ec.key, operation: "sign", algorithm: "ES256", result: "done" }]);

    const checked = await keys.post(access, "/api/v1/keys/seal/verify", { algorithm: "ES256", data, signature, kid });
    expect(await checked.json()).toMatchObject({ valid: true });
    const wrong = await keys.post(access, "/api/v1/keys/seal/verify", { algorithm: "ES256", data: "AAAA", signature });
    expect(await wrong.json()).toMatchObject({ valid: false });
  });

  test("issues tokens by RS256 and PS256, which everybody verifies from the key set alone, and draws random bytes", async () => {
    const set = await keys.ask("/.well-known/jwks.json");
    expect(set.headers.get("cache-control")).toBe("public, max-age=300, stale-if-error=300");
    const [published, ...others] = ((await set.json()) as { keys: (JsonWebKey & { kid: string })[] }).keys;
    expect(others).toEqual([]);
    const key = createPublicKey({ key: published ?? {}, format: "jwk" });
    for (const [algorithm, padding] of [["RS256", constants.RSA_PKCS1_PADDING], ["PS256", constants.RSA_PKCS1_PSS_PADDING]] as const) {
      const issued = await keys.post(access, "/api/v1/keys/jwt/tokens", { algorithm });
      const [head = "", body = "", tail = ""] = ((await issued.json()) as { token: string }).token.split(".");
      expect(verify("sha256", Buffer.from(`${head}.${body}`), { key, padding, saltLength: 32 }, Buffer.from(tail, "base64url"))).toBe(true);
    }
    const again = await keys.ask("/.well-known/jwks.json", { headers: { "if-none-match": set.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
    // What the issuer's name alone leads to.
    const found = (await (await keys.ask("/.well-known/openid-configuration")).json()) as { issuer: string; jwks_uri: string };
    expect(found).toMatchObject({ issuer: tokens.issuer, jwks_uri: `${tokens.issuer}/.well-known/jwks.json`, id_token_signing_alg_values_supported: ["PS256", "RS256"] });
    expect(await (await keys.ask("/api/v1/openapi.json")).json()).toEqual(openapi());
    const drawn = (await (await keys.post(access, "/api/v1/random", { length: 32 })).json()) as { bytes: string };
    expect(Buffer.from(drawn.bytes, "base64url")).toHaveLength(32);
  });
});

describe("refused by name, and logged", () => {
  test("what the grant does not name", async () => {
    const refused = await keys.post(access, "/api/v1/keys/seal/sign", { algorithm: "RS256", data });
    expect([refused.status, refused.headers.get("content-type")]).toEqual([403, "application/problem+json"]);
    const { name, use } = (await refused.json()) as { name: string } & Use;
    expect(name).toBe("GRANT-SCOPE");
    expect(await logged(use)).toMatchObject([{ account: "billing", result: "GRANT-SCOPE" }]);
  });

  test("an assertion shown twice, or of another key", async () => {
    const assertion = billing.assertion("https://keys.example");
    expect((await keys.token(billing, { assertion })).status).toBe(200);
    expect(await named(keys.token(billing, { assertion }))).toBe("ASSERTION-SHOWN-BEFORE");
    expect(await named(keys.token(new Application("billing")))).toBe("ASSERTION-SIGNATURE");
  });

  test("an account whose grant no quorum signed", async () => {
    expect(await named(keys.token(stranger))).toBe("CLIENT-UNKNOWN");
  });
});

const rowsOf = async (process: string) =>
  (await rows.query<Use & { operation: string; digest: string | null; result: string }>('SELECT "use", "operation", "digest", "result" FROM "KeyUse" WHERE "process" = $1', [process])).rows;

describe("under load", () => {
  test("every request is answered when signing processes are killed, and new ones take their place", async () => {
    await keys.ready(2);
    const before = keys.children();
    let over = false;
    const loaded = load(keys, billing, 12, () => over);
    for (const pid of before) {
      process.kill(pid, "SIGKILL");
      // Once there is another in its place its end was noticed, and who is said to be ready is so.
      await expect.poll(() => keys.children().filter((one) => !before.includes(one)).length, { timeout: 60_000 }).toBeGreaterThan(before.indexOf(pid));
      await keys.ready(2);
    }
    over = true;
    const answered = await loaded;
    expect(answered.length).toBeGreaterThan(0);
    expect([...new Set(answered.map(({ status }) => status))]).toEqual([200]);
  });

  test("no answered use is missing from the log, nor stands there twice, when the whole process is killed; a new one goes on", async () => {
    const secret = path.join(there.stateFolder, "secret");
    writeFileSync(secret, randomBytes(32));
    const doomed = await there.start({ CLAVIGER_KEYS_NAME: "doomed", CLAVIGER_KEYS_SHARED_SECRET_FILE: secret });
    await doomed.ready();
    const given = await doomed.access(billing);
    let over = false;
    const loaded = load(doomed, billing, 24, () => over);
    await expect.poll(async () => (await rowsOf("doomed")).length, { timeout: 100_000 }).toBeGreaterThan(60);
    expect(await doomed.kill("SIGKILL")).toBe("SIGKILL");
    over = true;
    const answered = (await loaded).filter(({ status }) => status === 200);
    expect(answered.length).toBeGreaterThan(30);
    const kept = new Map((await rowsOf("doomed")).filter(({ result }) => result === "done").map(({ use, digest }) => [use, digest]));
    expect(answered.filter(({ use, digest }) => kept.get(use) !== digest)).toEqual([]);
    expect(new Set(kept.values()).size).toBe(kept.size);

    // One of the same secret honours what the first gave; one that stands alone does not.
    const next = await there.start({ CLAVIGER_KEYS_NAME: "doomed", CLAVIGER_KEYS_SHARED_SECRET_FILE: secret });
    await next.ready();
    expect((await next.post(given, "/api/v1/keys/seal/sign", { algorithm: "ES256", data })).status).toBe(200);
    expect(await named(keys.post(given, "/api/v1/keys/seal/sign", { algorithm: "ES256", data }))).toBe("TOKEN-MISSING");
    expect(await next.kill("SIGTERM")).toBe(0);
  });
});

test("a process that is told to end answers every use that it has logged", async () => {
  const leaving = await there.start({ CLAVIGER_KEYS_NAME: "leaving" });
  await leaving.ready();
  let over = false;
  const loaded = load(leaving, billing, 24, () => over);
  await expect.poll(async () => (await rowsOf("leaving")).length, { timeout: 100_000 }).toBeGreaterThan(60);
  expect(await leaving.kill("SIGTERM")).toBe(0);
  over = true;
  const answered = new Set((await loaded).map(({ use }) => use));
  // The token that was asked for first is a row as well.
  const signed = (await rowsOf("leaving")).filter(({ operation }) => operation === "sign");
  expect(signed.length).toBeGreaterThanOrEqual(60);
  expect(signed.filter(({ use }) => !answered.has(use))).toEqual([]);
});

test("a process that starts notes by its own name how it is configured, and once more when its settings are others", async () => {
  type Noted = { facts: { process: string; salt: string; sha256: string; settings: string[] } };
  const noted = async () =>
    (await rows.query<Noted>(`SELECT "facts" FROM "AuditEvent" WHERE "kind" = 'configuration-changed' AND "facts" ->> 'name' = 'configured' ORDER BY "id"`)).rows;
  const expected: object[] = [];
  for (const patience of ["30000", "20000"]) {
    const change = { CLAVIGER_KEYS_NAME: "configured", CLAVIGER_KEYS_PATIENCE_MS: patience };
    const started = await there.start(change);
    await started.ready();
    await expect.poll(async () => (await noted()).length, { timeout: 60_000 }).toBe(expected.length + 1);
    expect(await started.kill("SIGTERM")).toBe(0);
    const { settings, digest } = configurationOf(there.env(change), KEYS_SETTINGS);
    expect(settings).toEqual(expect.arrayContaining(["CLAVIGER_KEYS_ORIGIN", "CLAVIGER_KEYS_ROSTER", "CLAVIGER_PIN_FILE"]));
    const { salt = "" } = (await noted())[expected.length]?.facts ?? {};
    const sha256 = hashOf({ digest, domain: "claviger/configuration/v1", salt });
    expected.push({ facts: { process: "keys", name: "configured", settings, salt, sha256 } });
    expect(await noted()).toEqual(expected);
  }
});

test("when the database is gone nothing is signed, and health says so; when it is back everything goes on", async () => {
  const wire = await Wire.to(there.keysUrl);
  const behind = await there.start({ DATABASE_URL: wire.url });
  await behind.ready();
  const token = await behind.access(billing);
  const sign = () => behind.post(token, "/api/v1/keys/seal/sign", { algorithm: "ES256", data });
  expect((await sign()).status).toBe(200);
  wire.cut();
  expect(await named(sign())).toBe("LOG-UNAVAILABLE");
  await expect.poll(async () => (await behind.ask("/health")).status, { timeout: 60_000 }).toBe(503);
  wire.mend();
  await behind.ready();
  expect((await sign()).status).toBe(200);
  await behind.kill("SIGTERM");
  wire.close();
});

test("a key that custodians suspend signs no more, within seconds, and is published no more", async () => {
  const active = await keys.access(billing);
  const signs = () => named(keys.post(active, "/api/v1/keys/jwt/tokens", { algorithm: "RS256" }));
  expect((await keys.post(active, "/api/v1/keys/jwt/tokens", { algorithm: "RS256" })).status).toBe(200);
  await there.change(activeRsa, "suspended");
  await expect.poll(signs, { timeout: 60_000 }).toBe("KEY-STATE");
  const set = (await (await keys.ask("/.well-known/jwks.json")).json()) as { keys: object[] };
  expect(set.keys).toEqual([]);
});

describe("a wrong PIN is tried once and never again before a person has looked", () => {
  test("of a variable: the process ends, and does not begin again", async () => {
    const wrong = { CLAVIGER_PIN_FILE: "", CLAVIGER_PIN: "wrong-pin", CLAVIGER_KEYS_STATE: `${there.stateFolder}/variable` };
    const first = await there.start(wrong);
    expect(await first.exited).toBe(78);
    expect(first.output).toMatch(/the token refused the PIN: /);
    const second = await there.start(wrong);
    expect(await second.exited).toBe(78);
    expect(second.output).toMatch(/refused the PIN before/);
  });

  test("of a file: the process waits until the file is put right, also over a start anew", async () => {
    const pinFile = path.join(there.stateFolder, "pin");
    writeFileSync(pinFile, "wrong-pin");
    const change = { CLAVIGER_PIN_FILE: pinFile, CLAVIGER_KEYS_STATE: `${there.stateFolder}/file` };
    const first = await there.start(change);
    // It listens beside that, a moment earlier or later.
    await expect.poll(() => first.output, { timeout: 60_000 }).toMatch(/the token refused the PIN: /);
    await expect.poll(() => first.output, { timeout: 60_000 }).toContain("listening on");
    expect(await (await first.ask("/health")).json()).toMatchObject({ ready: false, token: { ready: 0, pinRefused: true } });
    await first.kill("SIGKILL");
    const second = await there.start(change);
    await expect.poll(() => second.output, { timeout: 60_000 }).toMatch(/refused the PIN before[^]*listening on/);
    // In one piece: half of it would be a wrong PIN.
    copyFileSync(there.grounds.token.pinFile, `${pinFile}.right`);
    renameSync(`${pinFile}.right`, pinFile);
    await second.ready();
    expect(second.output.match(/refused the PIN/g)).toHaveLength(1);
  });
});

test("an entry that the rules refuse takes back nothing that stands before it, also for a process that comes after", async () => {
  const [last] = (await rows.query<{ ceremony: string; seq: number; hash: string }>('SELECT "ceremony", "seq", "hash" FROM "Entry" ORDER BY "seq" DESC LIMIT 1')).rows;
  const entry = { ceremony: last?.ceremony, seq: (last?.seq ?? 0) + 1, prev: last?.hash, kind: "noted", by: "admin", at: new Date().toISOString() };
  const bytes = Buffer.from(JSON.stringify(entry));
  await rows.query(
    'INSERT INTO "Entry" ("ceremony", "seq", "prev", "kind", "by", "at", "hash", "bytes", "openings") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [...Object.values(entry), createHash("sha256").update(bytes).digest("hex"), bytes, "[]"],
  );
  const after = await there.start();
  await after.ready();
  await expect.poll(() => after.output, { timeout: 60_000 }).toMatch(/the rules refuse entry \d+ of the ceremony .* nothing from there on counts/);
  await after.kill("SIGTERM");
});

test("a roster that was seen and is kept back afterwards stops a process: custodians who lost their place sign nothing more", async () => {
  const { played, grounds } = there;
  const first = played.roster;
  const next = { ...first, version: first.version + 1, prev: rosterHash(first) };
  const document = rosterToEndorse(next);
  const { mode, prev, version } = next;
  await keepRoster(grounds.app, { hash: document.hash, version, mode, prev, bytes: canonical(next as unknown as Json), openings: [], createdBy: "admin" });
  for (const player of played.cast.filter(({ role }) => role === "custodian").slice(0, first.quorum.approve)) {
    const endorsement = endorsementBy(player, document, first, { statement: { at: new Date().toISOString() } });
    const { hash, roster, person, what, at } = endorsement.statement;
    const bytes = canonical(endorsement);
    await keepEndorsement(grounds.app, { hash: sha256Hex(bytes), document: hash, roster, person, what, at, bytes });
  }
  const state = { CLAVIGER_KEYS_STATE: `${there.stateFolder}/rosters` };
  const before = await there.start(state);
  await before.ready();
  await before.kill("SIGTERM");
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('ALTER TABLE "RosterVersion" DISABLE TRIGGER USER');
  // Out of this process's sight, and back for the tests that follow.
  const show = (as: string) => owner.query('UPDATE "RosterVersion" SET "mode" = $1 WHERE "hash" = $2', [as, document.hash]);
  await show("production");
  const after = await there.start(state);
  expect(await after.exited).toBe(78);
  expect(after.output).toMatch(/EvidenceWithheld: version \d+ of the roster was seen before/);
  await show(mode);
  await owner.end();
});

test("what was seen and is kept back afterwards stops a process that comes after", async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('ALTER TABLE "RegisterPaper" DISABLE TRIGGER USER');
  await owner.query('DELETE FROM "RegisterPaper" WHERE "what" = $1', ["grant"]);
  await owner.end();
  const after = await there.start();
  expect(await after.exited).toBe(78);
  expect(after.output).toMatch(/EvidenceWithheld: the paper [0-9a-f]{64} was seen before/);
});
