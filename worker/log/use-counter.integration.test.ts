import { generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import { openDatabase, type Database } from "#lib/store/database";
import { openKeyUses, type KeyUseStore, type LoggedUse } from "#lib/store/key-uses";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { databaseStore } from "../database-store";
import { checkUses, type CheckedDay, type UseFinding } from "./check-uses";
import { LogKeeper, type LogParts } from "./log-keeper";
import { beginLogs, logMemory } from "./log-memory";
import { CountsForged, UseCounter, type UseDayStore } from "./use-counter";

// The uses of keys, day by day, in the transparency log: counted once, whatever crashes, and every row that its owner changes is found.

const ORIGIN = "keys.example/log";
const DAY = "2026-11-20";
const key = "ab".repeat(32);
const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
const spki = new Uint8Array(pair.publicKey.export({ type: "spki", format: "der" }));
const signed = (bytes: Uint8Array) => Promise.resolve(new Uint8Array(sign("sha256", bytes, { key: pair.privateKey, dsaEncoding: "der" })));
type Hands = Parameters<UseCounter["look"]>[0];
const hands = {
  recorder: { spki },
  token: { sign: (_id: Uint8Array, _algorithm: string, bytes: Uint8Array) => signed(bytes) },
  verifier: webCryptoVerifier,
} as unknown as Hands;

let database: TestDatabase;
let app: Database;
let keys: KeyUseStore;
let folder: string;
let store: ReturnType<typeof databaseStore>;
beforeEach(async () => {
  database = await freshDatabase();
  app = openDatabase(database.appUrl, { connections: 2 });
  keys = openKeyUses(database.keysUrl);
  store = databaseStore(database.workerUrl);
  folder = mkdtempSync(path.join(tmpdir(), "claviger-uses-"));
});
afterEach(async () => {
  await Promise.all([app.$disconnect(), keys.close(), store.close()]);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const use = (at: string, change: Partial<LoggedUse> = {}): LoggedUse => ({
  ...{ use: randomUUID(), at, account: "billing", grant: null, key, operation: "sign", algorithm: "ES256" },
  ...{ digest: "cd".repeat(32), result: "done", micros: 900, process: "one", times: 1, ...change },
});
const uses = () => [
  ...Array.from({ length: 1_500 }, (_, i) => use(`${DAY}T00:00:00.${String(i % 1_000).padStart(3, "0")}Z`)),
  use(`${DAY}T23:59:59.999Z`, { account: "mail", operation: "verify" }),
  use("2026-11-22T00:00:00.000Z"),
  use("2026-11-23T00:00:00.000Z"),
];

/** Looks as often as there is a day that is over. */
async function countAll(at: string, from: UseDayStore = store.uses): Promise<string[]> {
  const counter = new UseCounter(from, () => new Date(at));
  const counted: string[] = [];
  for (let idle = 0; idle < 2; ) {
    const day = await counter.look(hands);
    if (day !== null) counted.push(day);
    idle = day !== null || counter.isUnderWay ? 0 : idle + 1;
  }
  return counted;
}

function parts(): LogParts {
  const memory = logMemory(folder);
  beginLogs(memory, ORIGIN);
  return { store: store.log, memory, verifier: webCryptoVerifier, recorderSpki: spki, sign: signed };
}

async function checked(): Promise<CheckedDay[]> {
  const all: CheckedDay[] = [];
  for await (const one of checkUses({ ...parts(), uses: store.uses, store: store.log }, ORIGIN)) all.push(one);
  return all;
}
const findings = async (): Promise<readonly UseFinding[]> => (await checked()).flatMap((day) => day.findings);

async function asOwner(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  for (const table of ["KeyUse", "KeyUseDay", "AuditEvent"]) await client.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  for (const statement of statements) await client.query(statement);
  await client.end();
}

describe("each day that is over is counted once, and is a leaf of the log", () => {
  test("from the first use on, days without uses as well, an hour after their end", async () => {
    await keys.insert(uses());
    expect(await countAll(`${DAY}T23:59:59.999Z`)).toEqual([]);
    expect(await countAll("2026-11-21T00:59:59.999Z")).toEqual([]);
    expect(await countAll("2026-11-23T01:00:00.000Z")).toEqual([DAY, "2026-11-21", "2026-11-22"]);
    expect(await countAll("2026-11-23T01:00:00.000Z")).toEqual([]);
    expect((await checked()).map(({ day, uses, waits, findings }) => [day, uses, waits, findings])).toEqual([
      [DAY, 1_501, true, []],
      ["2026-11-21", 0, true, []],
      ["2026-11-22", 1, true, []],
    ]);
    expect(await new LogKeeper(ORIGIN).keep(parts())).toBe(3);
    expect((await checked()).every(({ waits, findings }) => !waits && findings.length === 0)).toBe(true);
  });

  test("though two count it at once: one row, one event", async () => {
    await keys.insert(uses());
    const both = await Promise.all([countAll("2026-11-21T02:00:00.000Z"), countAll("2026-11-21T02:00:00.000Z")]);
    expect(both.flat()).toEqual([DAY]);
    expect(await app.auditEvent.count({ where: { kind: "uses-counted" } })).toBe(1);
    expect(await findings()).toEqual([]);
  });

  test("a worker that ends while it counts leaves nothing behind, and one that ends between the count and its leaf loses nothing", async () => {
    await keys.insert(uses());
    const gone = new Error("the connection is gone");
    let pages = 0;
    const failing: UseDayStore = { ...store.uses, uses: (...asked) => (pages++ > 0 ? Promise.reject(gone) : store.uses.uses(...asked)) };
    await expect(countAll("2026-11-21T02:00:00.000Z", failing)).rejects.toBe(gone);
    expect(await store.uses.days()).toEqual([]);
    expect(await countAll("2026-11-21T02:00:00.000Z")).toEqual([DAY]);
    // What appends leaves has not run; whoever leads next takes the leaf in, once.
    expect(await new LogKeeper(ORIGIN).keep(parts())).toBe(1);
    expect(await new LogKeeper(ORIGIN).keep(parts())).toBe(0);
    expect(await findings()).toEqual([]);
  });

  test("a use of a day that is counted is not logged any more", async () => {
    await keys.insert(uses());
    await countAll("2026-11-21T02:00:00.000Z");
    await expect(keys.insert([use("2026-11-22T10:00:00.000Z"), use(`${DAY}T10:00:00.000Z`)])).rejects.toThrow("counted already");
    await keys.insert([use("2026-11-21T00:00:00.000Z")]);
  });

  test("and nobody's role but the worker's keeps a count, which nobody changes", async () => {
    const row = { day: DAY, hash: "", bytes: new Uint8Array(), seal: new Uint8Array() };
    await expect(app.keyUseDay.create({ data: row })).rejects.toThrow("permission denied");
    await keys.insert(uses());
    await countAll("2026-11-21T02:00:00.000Z");
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await expect(owner.query('DELETE FROM "KeyUseDay"')).rejects.toThrow("append-only");
    await owner.end();
  });
});

describe("what the owner of the database does to a day that was counted is found", () => {
  const first = `(SELECT min("id") FROM "KeyUse")`;
  const copied = `"account", "grant", "key", "operation", "algorithm", "digest", "result", "micros", "process", "times"`;
  beforeEach(async () => {
    await keys.insert(uses());
    await countAll("2026-11-21T02:00:00.000Z");
    await new LogKeeper(ORIGIN).keep(parts());
    expect(await findings()).toEqual([]);
  });
  const differs = (rows: number) => [{ how: "differs", day: DAY, count: { of: { account: "billing" }, sealed: { rows: 1_500 }, now: { rows } } }];

  test.each<[string, string, readonly unknown[]]>([
    ["a row that was taken away", `DELETE FROM "KeyUse" WHERE "id" = ${first}`, differs(1_499)],
    ["a row that was changed", `UPDATE "KeyUse" SET "digest" = '${"ef".repeat(32)}' WHERE "id" = ${first}`, differs(1_500)],
    ["a row that was moved to another day", `UPDATE "KeyUse" SET "at" = '2026-11-23T12:00:00Z' WHERE "id" = ${first}`, differs(1_499)],
    [
      "a row that was added",
      `INSERT INTO "KeyUse" ("use", "at", ${copied}) SELECT gen_random_uuid(), "at", ${copied} FROM "KeyUse" WHERE "id" = ${first}`,
      differs(1_501),
    ],
    ["a row of an earlier day", `UPDATE "KeyUse" SET "at" = '2026-11-01T12:00:00Z' WHERE "id" = ${first}`, [{ how: "uncounted-rows" }, ...differs(1_499)]],
    ["a count that was written by somebody else", `UPDATE "KeyUseDay" SET "seal" = 'x'`, [{ how: "not-sealed", day: DAY }]],
    ["an event that says otherwise", `UPDATE "AuditEvent" SET "salt" = 'x' WHERE "kind" = 'uses-counted'`, [{ how: "not-in-the-log", day: DAY }]],
    ["an event that is gone", `DELETE FROM "AuditEvent" WHERE "kind" = 'uses-counted'`, [{ how: "not-in-the-log", day: DAY }]],
  ])("%s", async (_, statement, found) => {
    await asOwner(statement);
    expect(await findings()).toMatchObject(found);
    expect(await findings()).toHaveLength(found.length);
  });

  test("a day that was taken out of those counted", async () => {
    expect(await countAll("2026-11-23T01:00:00.000Z")).toEqual(["2026-11-21", "2026-11-22"]);
    await asOwner(`DELETE FROM "KeyUseDay" WHERE "day" = '2026-11-21'`);
    expect(await findings()).toEqual([{ how: "not-counted", day: "2026-11-21" }]);
  });

  test("a day that was taken out at the end, with its uses: it is missed, and not counted once more", async () => {
    await asOwner(`DELETE FROM "KeyUse" WHERE "id" = ${first}`, `DELETE FROM "KeyUseDay"`);
    expect(await findings()).toEqual([{ how: "not-counted", day: DAY }]);
    await expect(countAll("2026-11-21T02:00:00.000Z")).rejects.toMatchObject({ name: "CountsForged", how: "taken-away", day: DAY });
  });

  test("a day that was counted a second time", async () => {
    await asOwner(
      `INSERT INTO "AuditEvent" ("at", "kind", "by", "facts", "salt") SELECT "at", "kind", "by", "facts" || '{"counts":"${"00".repeat(32)}"}', "salt" FROM "AuditEvent" WHERE "kind" = 'uses-counted'`,
    );
    expect(await findings()).toEqual([{ how: "counted-otherwise", day: DAY }]);
  });

  test("a count that somebody put there ahead is not gone on from", async () => {
    await asOwner(`INSERT INTO "KeyUseDay" ("day", "hash", "bytes", "seal") SELECT '2026-11-21', "hash", "bytes", "seal" FROM "KeyUseDay"`);
    await expect(countAll("2026-11-25T02:00:00.000Z")).rejects.toThrow(CountsForged);
  });
});
