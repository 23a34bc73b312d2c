import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { claviger } from "#cli/testing/claviger-command.under-test";
import { freshDatabase } from "#cli/testing/test-database";
import { openKeyUses } from "#lib/store/key-uses";
import { newestCheckpoint } from "#lib/store/transparency-log";
import { WorkerGrounds } from "#worker/worker-grounds.under-test";

// The uses of keys of a day that is over: a worker counts them by itself, and a person at its console counts them again.

const ORIGIN = "keys.example/log";
const log = { CLAVIGER_LOG_ORIGIN: ORIGIN };
const DAYS = 3;
const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const [first, dayAhead] = [dayBefore(DAYS), dayBefore(DAYS + 1)];

const database = await freshDatabase();
let grounds: WorkerGrounds;
beforeAll(async () => {
  grounds = await WorkerGrounds.open(database);
});
afterAll(async () => {
  await grounds.close();
});

const run = (...args: readonly string[]) => claviger(["log", ...args], grounds.env(log));

test("what was counted is what the rows are, until somebody takes one away", async () => {
  const keys = openKeyUses(database.keysUrl);
  const use = { account: "billing", grant: null, key: "ab".repeat(32), operation: "sign", algorithm: "ES256", digest: null } as const;
  const row = { ...use, result: "done", micros: 1, process: "one", times: 1 };
  await keys.insert(Array.from({ length: 5 }, () => ({ ...row, use: randomUUID(), at: `${first}T12:00:00.000Z` })));
  await keys.close();
  for (const mode of ["production", "rehearsal"]) expect(await run("trust", mode, "--words", "empty")).toMatchObject({ code: 0 });
  expect(await run("uses")).toMatchObject({ code: 0, said: expect.stringContaining("No day has been counted yet") as string });

  const worker = grounds.start({ env: log });
  const size = async () => (await newestCheckpoint(grounds.app, ORIGIN))?.size ?? 0;
  // The last day may be over for less than an hour.
  const days = async () => (await grounds.app.keyUseDay.findMany({ select: { day: true } })).length;
  await expect.poll(days, { timeout: 240_000, interval: 100 }).toBeGreaterThanOrEqual(DAYS - 1);
  // A leaf for each, and one for how the worker is configured.
  await expect.poll(size, { timeout: 240_000, interval: 100 }).toBeGreaterThanOrEqual(DAYS);
  await worker.stop();
  expect(await run("uses", first)).toMatchObject({ code: 0, said: expect.stringContaining("5 uses on 1 day are what was counted") as string });
  expect(await run("uses")).toMatchObject({ code: 0, said: expect.stringContaining("5 uses on ") as string });
  expect(await run("uses", "2026-02-30")).toMatchObject({ code: 2 });
  expect(await run("uses", dayAhead)).toMatchObject({ code: 1, said: expect.stringContaining("was not counted") as string });

  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query('ALTER TABLE "KeyUse" DISABLE TRIGGER USER');
  await owner.query('DELETE FROM "KeyUse" WHERE "id" = (SELECT max("id") FROM "KeyUse")');
  await owner.end();
  const found = await run("uses", first);
  expect(found.code).toBe(1);
  expect(found.said).toContain(`✗ ${first}: billing, sign, key abababababababab, done: 4 in 4 rows, and 5 in 5 rows when it was counted`);
});
