import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import type { NewEntry } from "#lib/conduct/ports";
import { Prisma } from "../generated/prisma/client";
import { openDatabase, type Database } from "./database";
import { earlierCeremonies, NEWEST_BACKUP, NEWEST_DEVICE } from "./earlier-ceremonies";
import { appendEntry } from "./entries";
import { nextEntry, summary } from "./entry-row.under-test";

let database: TestDatabase;
let app: Database;

beforeAll(async () => {
  database = await freshDatabase();
  app = openDatabase(database.appUrl);
});
afterAll(async () => {
  await app.$disconnect();
  await database.drop();
});

type Said = { readonly kind: string; readonly at: string; readonly body: object };
const attached = (at: string, serial: string): Said => ({ kind: "recorder-attached", at, body: { token: { serial, firmware: "2.6" } } });
const started = (at: string, operation: string, step = "backup"): Said => ({
  kind: "operation-started", at, body: { step, index: 0, request: { operation, backup: "main", note: '"operation":"backup-token"' } },
});
const done = (at: string, step = "backup"): Said => ({ kind: "operation-done", at, body: { step, index: 0, outcome: {} } });

async function keep(ceremony: string, mode: string, ...said: Said[]): Promise<void> {
  let last: NewEntry | null = null;
  for (const one of said) {
    last = nextEntry(ceremony, last, one as Partial<NewEntry>);
    expect(await appendEntry(app, last, summary(last, { mode }))).toBe("appended");
  }
}

it("tells the device and the day of the newest backup of production ceremonies, and nothing before there are any", async () => {
  expect(await earlierCeremonies(app)).toEqual({ device: null, backup: null });
  await keep("c-rehearsed", "rehearsal", attached("2026-11-20T10:00:00.000Z", "toy"), started("2026-11-20T10:01:00.000Z", "backup-token"), done("2026-11-20T10:02:00.000Z"));
  expect(await earlierCeremonies(app)).toEqual({ device: null, backup: null });

  await keep("c-first", "production", attached("2026-10-01T10:00:00.000Z", "one"), started("2026-10-01T10:01:00.000Z", "backup-token"), done("2026-10-01T10:02:00.000Z"));
  // Begun and never told, another operation of which somebody wrote the word, and one told under another step: none is a backup.
  await keep("c-second", "production", attached("2026-11-01T10:00:00.000Z", "two"), started("2026-11-01T10:01:00.000Z", "backup-token"));
  await keep("c-third", "production", started("2026-11-02T10:01:00.000Z", "token-health"), done("2026-11-02T10:02:00.000Z"));
  await keep("c-fourth", "production", started("2026-11-03T10:01:00.000Z", "backup-token"), done("2026-11-03T10:02:00.000Z", "other"));
  expect(await earlierCeremonies(app)).toEqual({
    device: { serial: "two", firmware: "2.6", ceremony: "c-second" },
    backup: { on: "2026-10-01", ceremony: "c-first" },
  });
  await keep("c-fifth", "production", started("2026-11-04T23:59:00.000Z", "backup-token"), done("2026-11-05T00:01:00.000Z"));
  expect((await earlierCeremonies(app)).backup).toEqual({ on: "2026-11-05", ceremony: "c-fifth" });
});

it.each([
  ["the newest device", NEWEST_DEVICE, "Entry_recorder_attached_idx"],
  ["the newest backup", NEWEST_BACKUP, "Entry_backup_started_idx"],
])("finds %s by its index, however much else was written down", async (_, query, index) => {
  const [, plan] = await app.$transaction([
    // So few entries are read faster without any index: the planner is asked what it would do among many.
    app.$executeRaw`SET LOCAL enable_seqscan = off`,
    app.$queryRaw<Record<string, string>[]>(Prisma.sql`EXPLAIN ${query}`),
  ]);
  expect(plan.flatMap((line) => Object.values(line)).join("\n")).toContain(index);
});
