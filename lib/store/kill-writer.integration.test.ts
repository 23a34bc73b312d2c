import { spawn, type ChildProcess } from "node:child_process";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import type { NewEntry } from "#lib/conduct/ports";
import { listCeremonies } from "./ceremonies";
import { openDatabase, type Database } from "./database";
import { appendEntry, readEntries } from "./entries";
import { nextEntry, summary } from "./entry-row.under-test";

// kill -9 of the app in the middle of an append: the entry is there whole or not at all, and the next writer is not held up.

let database: TestDatabase;
let app: Database;
let owner: pg.Client;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  app = openDatabase(database.appUrl);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await owner.end();
  await app.$disconnect();
  await database.drop();
});

async function begun(ceremony: string): Promise<NewEntry> {
  const first = nextEntry(ceremony, null);
  expect(await appendEntry(app, first, summary(first))).toBe("appended");
  return first;
}

/** Another process that appends after `last`; `said` waits until it has said so much. */
function writer({ ceremony, seq, hash }: NewEntry) {
  const file = path.join(import.meta.dirname, "writer-to-kill.under-test.ts");
  const args = [file, database.appUrl, ceremony, String(seq), hash];
  const child = spawn(process.execPath, ["--import", "tsx", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise((resolve) => child.once("exit", resolve));
  return {
    said: (text: string) => expect.poll(() => output, { timeout: 60_000 }).toContain(text),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

test("killed between the entry and its projection: nothing of it is there, and the next writer has its place", async () => {
  const first = await begun("c-killed");
  // Whoever holds the projection's row keeps the append in the middle: the entry is inserted and not committed.
  await owner.query("BEGIN");
  await owner.query(`SELECT FROM "Ceremony" WHERE "id" = 'c-killed' FOR UPDATE`);
  const killed = writer(first);
  await killed.said("appending");
  const inTheMiddle = `SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE '%"Ceremony"%'`;
  await expect.poll(async () => (await app.$queryRawUnsafe<unknown[]>(inTheMiddle)).length, { timeout: 60_000 }).toBe(1);
  await killed.kill();
  await owner.query("ROLLBACK");

  const next = nextEntry("c-killed", first, { by: "ben" });
  expect(await appendEntry(app, next, summary(next))).toBe("appended");
  expect((await readEntries(app, "c-killed")).map(({ hash }) => hash)).toEqual([first.hash, next.hash]);
  expect((await listCeremonies(app)).find(({ id }) => id === "c-killed")).toEqual(summary(next));
});

test("killed after the entry was kept and before anybody heard: it is there once, with its projection", async () => {
  const first = await begun("c-unheard");
  const killed = writer(first);
  await killed.said("appended");
  await killed.kill();
  const kept = await readEntries(app, "c-unheard");
  expect(kept).toHaveLength(2);
  // The same act tried again finds its place taken, and the rules decide it anew.
  const again = nextEntry("c-unheard", first, { by: "killed" });
  expect(await appendEntry(app, again, summary(again))).toBe("conflict");
  expect((await listCeremonies(app)).find(({ id }) => id === "c-unheard")?.headHash).toBe(kept[1]?.hash);
});
