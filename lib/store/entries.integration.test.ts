import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import type { NewEntry } from "#lib/conduct/ports";
import { listCeremonies, rebuildCeremonies } from "./ceremonies";
import { openDatabase, type Database } from "./database";
import { appendEntry, ceremoniesWithEntries, readEntries } from "./entries";
import { nextEntry, summary } from "./entry-row.under-test";

let database: TestDatabase;
let app: Database;
let worker: Database;
let owner: Database;

beforeAll(async () => {
  database = await freshDatabase();
  app = openDatabase(database.appUrl);
  worker = openDatabase(database.workerUrl);
  owner = openDatabase(database.ownerUrl);
});
afterAll(async () => {
  await Promise.all([app, worker, owner].map((db) => db.$disconnect()));
  await database.drop();
});

const keep = (entry: NewEntry, db = app) => appendEntry(db, entry, summary(entry));

describe("appending", () => {
  it("is on the disk before it is answered, whatever the database is set up to do and the address asks for", async () => {
    await owner.$executeRawUnsafe(`ALTER DATABASE "${database.name}" SET synchronous_commit = off`);
    const address = new URL(database.appUrl);
    address.searchParams.set("options", "-c synchronous_commit=off -c lock_timeout=4321");
    const set = openDatabase(address.href);
    const shown = await set.$queryRaw`SELECT current_setting('synchronous_commit') AS "commit", current_setting('lock_timeout') AS "lock"`;
    await set.$disconnect();
    expect(shown).toEqual([{ commit: "on", lock: "4321ms" }]);
  });

  it("keeps bytes, hash and openings as given, in order, from any place on", async () => {
    const first = nextEntry("c-order", null);
    const second = nextEntry("c-order", first);
    expect([await keep(first), await keep(second)]).toEqual(["appended", "appended"]);
    const kept = await readEntries(app, "c-order");
    expect(kept.map(({ seq, hash }) => [seq, hash])).toEqual([
      [0, first.hash],
      [1, second.hash],
    ]);
    expect(new Uint8Array(kept[1]?.bytes ?? [])).toEqual(second.bytes);
    expect(kept[0]?.openings).toEqual(first.openings);
    expect(await readEntries(app, "c-order", 1)).toHaveLength(1);
    expect(await readEntries(app, "c-none")).toEqual([]);
    expect((await listCeremonies(app)).find(({ id }) => id === "c-order")).toEqual(summary(second));
  });

  it("answers conflict when the place is taken, and leaves entry and projection as they were", async () => {
    const first = nextEntry("c-conflict", null);
    await keep(first);
    const late = nextEntry("c-conflict", null, { by: "ben" });
    expect(await appendEntry(app, late, summary(late, { title: "changed" }))).toBe("conflict");
    expect((await readEntries(app, "c-conflict"))[0]?.hash).toBe(first.hash);
    expect((await listCeremonies(app)).find(({ id }) => id === "c-conflict")?.title).toBe("Root key");
  });

  it("lets exactly one of twenty win each place when all write at once, and none is lost", async () => {
    const writers = Array.from({ length: 20 }, (_, i) => `writer-${String(i)}`);
    const conflicts = { count: 0 };
    const write = async (by: string) => {
      for (;;) {
        const last = (await readEntries(app, "c-race")).at(-1) ?? null;
        if ((await keep(nextEntry("c-race", last, { by }))) === "appended") return;
        conflicts.count++;
      }
    };
    await Promise.all(writers.map(write));
    const kept = await readEntries(app, "c-race");
    expect(kept.map(({ seq }) => seq)).toEqual(writers.map((_, i) => i));
    const by = kept.map(({ bytes }) => (JSON.parse(new TextDecoder().decode(bytes)) as { by: string }).by);
    expect(by.sort()).toEqual([...writers].sort());
    expect(conflicts.count).toBeGreaterThan(0);
  });

  it("keeps nothing of an entry whose projection cannot be written", async () => {
    const first = nextEntry("c-atomic", null);
    await expect(appendEntry(app, first, summary(first, { openedAt: "no time" }))).rejects.toThrow();
    expect(await readEntries(app, "c-atomic")).toEqual([]);
  });
});

describe("the database itself refuses", () => {
  const wrong: readonly (readonly [string, (last: NewEntry) => NewEntry])[] = [
    ["a gap", (last) => nextEntry("c-chain", { ...last, seq: last.seq + 1 })],
    ["a wrong prev", (last) => nextEntry("c-chain", { ...last, hash: "0".repeat(64) })],
    ["no prev after the first", (last) => nextEntry("c-chain", last, { prev: null })],
    ["a hash that is not the bytes'", (last) => ({ ...nextEntry("c-chain", last), hash: "1".repeat(64) })],
    ["a kind that the bytes do not say", (last) => ({ ...nextEntry("c-chain", last), kind: "signed-off" })],
    ["a person that the bytes do not say", (last) => ({ ...nextEntry("c-chain", last), by: "ben" })],
    ["a time that the bytes do not say", (last) => ({ ...nextEntry("c-chain", last), at: "2026-11-22T12:00:00.124Z" })],
    ["bytes that are no JSON", (last) => ({ ...nextEntry("c-chain", last), bytes: Uint8Array.of(1, 2, 3) })],
    ["an entry of the recorder from the app", (last) => nextEntry("c-chain", last, { by: "recorder", kind: "operation-done" })],
  ];
  let last: NewEntry;
  beforeAll(async () => {
    last = nextEntry("c-chain", null);
    await keep(last);
  });
  it.each(wrong)("%s", async (_, change) => {
    await expect(keep(change(last))).rejects.toThrow();
    expect(await readEntries(app, "c-chain")).toHaveLength(1);
  });
  it("a person's entry from the worker, and takes the recorder's", async () => {
    await expect(keep(nextEntry("c-chain", last), worker)).rejects.toThrow(/claviger_worker may not write/);
    expect(await keep(nextEntry("c-chain", last, { by: "recorder", kind: "recorder-attached" }), worker)).toBe("appended");
  });
  it("a first entry that names one before it", async () => {
    await expect(keep(nextEntry("c-first", null, { prev: "2".repeat(64) }))).rejects.toThrow();
  });
});

it("looks at its own table, whatever table of that name the writer puts in front of it", async () => {
  const first = nextEntry("c-temp", null);
  const gap = nextEntry("c-temp", nextEntry("c-temp", nextEntry("c-temp", first)));
  await keep(first);
  const superuser = new pg.Client({ connectionString: database.superuserUrl });
  const writer = new pg.Client({ connectionString: database.appUrl });
  await Promise.all([superuser.connect(), writer.connect()]);
  try {
    // As in a database whose owner left PUBLIC its temporary tables, which is PostgreSQL's default.
    await superuser.query("GRANT TEMPORARY ON DATABASE " + pg.escapeIdentifier(new URL(database.appUrl).pathname.slice(1)) + " TO PUBLIC");
    await writer.query('CREATE TEMPORARY TABLE "Entry" ("ceremony" text, "seq" integer, "hash" text)');
    await writer.query('INSERT INTO pg_temp."Entry" VALUES ($1, $2, $3)', [gap.ceremony, gap.seq - 1, gap.prev]);
    const { ceremony, seq, prev, hash, kind, at, by, bytes } = gap;
    const inserted = writer.query(
      'INSERT INTO public."Entry" ("ceremony", "seq", "prev", "hash", "kind", "at", "by", "bytes", "openings") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [ceremony, seq, prev, hash, kind, at, by, Buffer.from(bytes), "[]"],
    );
    await expect(inserted).rejects.toMatchObject({ code: "CV002" });
  } finally {
    await Promise.all([superuser.end(), writer.end()]);
  }
});

describe("nothing kept can be changed", () => {
  const tables = ["Entry", "ScriptEdition", "RosterVersion", "Endorsement", "Record", "AuditEvent"];
  const changes = (table: string) => [
    `UPDATE "${table}" SET ${table === "Entry" ? '"kind" = \'x\'' : table === "AuditEvent" ? '"kind" = \'x\'' : table === "Record" ? '"sha256" = \'x\'' : '"hash" = \'x\''}`,
    `DELETE FROM "${table}"`,
    `TRUNCATE "${table}"`,
  ];
  const people = ["app", "worker", "owner", "superuser"] as const;
  it.each(tables.flatMap((table) => people.map((who) => [table, who] as const)))("in %s by the %s", async (table, who) => {
    await keep(nextEntry(`c-${who}-${table.toLowerCase()}`, null));
    const client = new pg.Client({ connectionString: database[`${who}Url`] });
    await client.connect();
    try {
      for (const sql of changes(table)) {
        await expect(client.query(sql), sql).rejects.toThrow(who === "app" || who === "worker" ? /permission denied/ : /append-only/);
      }
      if (who === "superuser") {
        await client.query("SET session_replication_role = replica");
        await expect(client.query(changes(table)[1] ?? "")).rejects.toThrow(/append-only/);
      }
    } finally {
      await client.end();
    }
  });
});

it("drops and rebuilds the projection from the entries", async () => {
  const before = await listCeremonies(app);
  const ids = await ceremoniesWithEntries(app);
  expect(ids.length).toBeGreaterThan(3);
  const kept = before.filter(({ id }) => ids.includes(id));
  await owner.$executeRawUnsafe('TRUNCATE "Ceremony"');
  expect(await listCeremonies(app)).toEqual([]);
  await rebuildCeremonies(app, kept);
  expect(await listCeremonies(app)).toEqual(before);
  expect((await listCeremonies(app, { person: "nobody" })).length).toBe(0);
  expect((await listCeremonies(app, { person: "ben" })).length).toBe(before.length);
});
