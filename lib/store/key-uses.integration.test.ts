import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { freshDatabase } from "#cli/testing/test-database";
import { openDatabase } from "./database";
import { openKeyUses, type LoggedUse } from "./key-uses";
import { lastShares, recentUses, usesByDay, usesOfDay } from "./read-key-uses";

/** What the key process writes by its role, the app reads by its own. */
const database = await freshDatabase();
const [app, keys] = [openDatabase(database.appUrl), openKeyUses(database.keysUrl)];
afterAll(async () => {
  await Promise.all([app.$disconnect(), keys.close()]);
  await database.drop();
});

const key = "ab".repeat(32);
const use = (at: string, change: Partial<LoggedUse> = {}): LoggedUse => ({
  ...{ use: randomUUID(), at, account: "billing", grant: null, key, operation: "sign", algorithm: "ES256" },
  ...{ digest: null, result: "done", micros: 900, process: "one", times: 1, ...change },
});
const same = Array.from({ length: 2_300 }, () => use("2026-11-20T23:59:59.999Z"));
await keys.insert([
  ...same,
  use("2026-11-21T00:00:00.000Z"),
  use("2026-11-21T10:00:00.000Z", { result: "GRANT-SCOPE", key: null }),
  use("2026-11-21T11:00:00.000Z", { operation: "verify", account: "mail" }),
]);
const billing = { of: "account", id: "billing" } as const;

test("the newest uses of an application or a key come first", async () => {
  expect((await recentUses(app, billing, 3)).map(({ at, result }) => [at, result])).toEqual([
    ["2026-11-21T10:00:00.000Z", "GRANT-SCOPE"],
    ["2026-11-21T00:00:00.000Z", "done"],
    ["2026-11-20T23:59:59.999Z", "done"],
  ]);
  expect((await recentUses(app, { of: "key", id: key }, 1)).map(({ account }) => account)).toEqual(["mail"]);
});

test("days are those of UTC, and what was refused is counted apart", async () => {
  expect(await usesByDay(app, billing, "2026-11-01T00:00:00.000Z", 10_000)).toEqual({
    whole: true,
    days: [
      { day: "2026-11-21", operation: "sign", done: 1, other: 1 },
      { day: "2026-11-20", operation: "sign", done: 2_300, other: 0 },
    ],
  });
  expect((await usesByDay(app, billing, "2026-11-21T00:00:00.000Z", 10_000)).days).toHaveLength(1);
});

test("no more are counted than a page waits for, and that there are more is said", async () => {
  expect((await usesByDay(app, billing, "2026-11-01T00:00:00.000Z", 2_302)).whole).toBe(true);
  const { days, whole } = await usesByDay(app, billing, "2026-11-01T00:00:00.000Z", 2);
  expect(whole).toBe(false);
  expect(days[0]).toEqual({ day: "2026-11-21", operation: "sign", done: 1, other: 1 });
});

test("shares of encryptions are given once each, to whoever asks at the same time, and there is a last one", async () => {
  const taken = await Promise.all(Array.from({ length: 12 }, (_, i) => keys.takeShare("k", `process ${String(i)}`)));
  expect([...taken].sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(Array.from({ length: 12 }, (_, i) => i));
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const put = (number: number) => owner.query('INSERT INTO "EncryptionShare" ("key", "number", "process") VALUES ($1, $2, $3)', ["k", number, "x"]);
  await put(65_533);
  expect([await keys.takeShare("k", "one"), await keys.takeShare("k", "one"), await keys.takeShare("other", "one")]).toEqual([65_534, null, 0]);
  // As the app reads it, by its own role.
  expect(await lastShares(app, ["other", "k", "never"])).toEqual(new Map([["k", 65_534], ["other", 0]]));
  expect(await lastShares(app, [])).toEqual(new Map());
  await expect(put(65_535)).rejects.toThrow("EncryptionShare_number");
  await expect(owner.query('DELETE FROM "EncryptionShare"')).rejects.toThrow("append-only");
  await owner.end();
});

test("whether a row could be kept is tried by one that is not kept; where none could be, that is said", async () => {
  const count = () => app.keyUse.count();
  const before = await count();
  await keys.probe();
  expect(await count()).toBe(before);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await owner.query('REVOKE INSERT ON "KeyUse" FROM claviger_keys');
    await expect(keys.probe()).rejects.toThrow("permission denied");
    await owner.query('GRANT INSERT ON "KeyUse" TO claviger_keys');
    await keys.probe();
    await owner.query(`ALTER TABLE "KeyUse" ADD CONSTRAINT "none" CHECK ("at" < '2026-01-01') NOT VALID`);
    await expect(keys.insert([])).resolves.toBeUndefined();
    await expect(keys.probe()).rejects.toThrow("none");
    await owner.query('ALTER TABLE "KeyUse" DROP CONSTRAINT "none"');
    await keys.probe();
    expect(await count()).toBe(before);
  } finally {
    await owner.end();
  }
});

test("a day that is not over by the clock of the database is not counted, whatever the clock of who counts says", async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const counted = (day: string) =>
    owner.query(`INSERT INTO "KeyUseDay" ("day", "hash", "bytes", "seal") VALUES (${day}, encode(sha256('x'), 'hex'), 'x', 'x')`);
  const daysAgo = (days: number) => `to_char((now() AT TIME ZONE 'UTC') - interval '55 minutes' - interval '${String(days)} days', 'YYYY-MM-DD')`;
  try {
    for (const days of [0, -1, -30]) await expect(counted(daysAgo(days))).rejects.toThrow(/is not over by the clock of the database: .* clock of the worker/);
    await owner.query("BEGIN");
    await counted(daysAgo(1));
    await owner.query("ROLLBACK");
  } finally {
    await owner.end();
  }
});

test("a file of a day has each use once, however many fell into one moment", async () => {
  const read: LoggedUse[] = [];
  for await (const page of usesOfDay(app, billing, "2026-11-20")) read.push(...page);
  expect(read.map((one) => one.use).sort()).toEqual(same.map((one) => one.use).sort());
});
