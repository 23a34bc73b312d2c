import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import { entryBytes, entryHash, readEntry, type Entry } from "#lib/ceremony/entry";
import { replay } from "#lib/ceremony/replay";
import { fromBase64url, sameBytes, sha256Hex } from "#lib/log/digest";
import { compareEvents } from "#lib/log/compare-events";
import { lookAgain, NOTHING_FOLLOWED, type Followed } from "#lib/log/follow";
import { logProofBytes } from "#lib/log/log-proof";
import { bundleBytes, readTilePath, TILE_WIDTH } from "#lib/log/tile";
import { book } from "#lib/operations/book";
import { TimeStampAuthority } from "#lib/pdf/time-stamp-authority.under-test";
import { timeStampClient } from "#lib/pdf/time-stamp-client";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { TamperMatrix } from "#lib/record/tamper-matrix.under-test";
import { readTranscript, transcriptBytes } from "#lib/record/transcript";
import { archived } from "#lib/record/archive-revision";
import { readPdf } from "#lib/record/read-pdf";
import { readTimeStamp } from "#lib/record/time-stamp";
import { leavesOf, NO_LOG_TRUST, verifyLogProofs } from "#lib/record/verify-log-proof";
import { summaryOf } from "#lib/store/ceremonies";
import { openDatabase, type Database } from "#lib/store/database";
import { appendEntry, readEntries } from "#lib/store/entries";
import { findRecord, keepRecord } from "#lib/store/records";
import { newestCheckpoint, readLeaves } from "#lib/store/transparency-log";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { ocspRequest } from "#lib/x509/ocsp";
import { databaseStore } from "./database-store";
import { FollowedCeremony } from "./followed-ceremony";
import { checkLog } from "./log/check-log";
import { LogFault, LogKeeper, LogUnknown, logKey, type LogParts } from "./log/log-keeper";
import { beginLogs, logMemory } from "./log/log-memory";
import { WorkerMemory } from "./memory";
import { untriedColumns } from "./untried-columns.under-test";

// What the owner of the database can do to what is kept, and who finds it; and what can be done to a record's time stamp. What is done
// to records otherwise stands in lib/record/tamper-matrix.test.ts.

const OWN = "keys.example/log";
const ORIGIN = `${OWN}/rehearsal`;

const matrix = new TamperMatrix("Tamper matrix of the database and of time stamps");
const folder = mkdtempSync(path.join(tmpdir(), "claviger-tamper-"));
let us: SealedRecord;
let database: TestDatabase;
let app: Database;
let store: ReturnType<typeof databaseStore>;
let owner: pg.Client;
let log: LogParts;
let followed: Followed;
/** The proof of every entry from before anything was changed, as it lies in a record. */
let proof: Uint8Array;

beforeAll(async () => {
  us = await SealedRecord.make();
  database = await freshDatabase();
  app = openDatabase(database.appUrl, { connections: 3 });
  store = databaseStore(database.workerUrl);
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const recorderSpki = fromBase64url(us.ceremony.recorder?.recorder.spki ?? "");
  log = { store: store.log, memory: logMemory(folder), verifier: webCryptoVerifier, recorderSpki, sign: (bytes) => us.signAsRecorder(bytes) };
  beginLogs(log.memory, OWN);
  const keeper = new LogKeeper(OWN);
  const half = middle();
  await keepEntries(0, half);
  await keeper.keep(log);
  // As a backup of last week has it, log and all.
  for (const table of TABLES) await owner.query(`CREATE TABLE "week_${table}" AS TABLE "${table}"`);
  await keepEntries(half, last() + 1);
  await keepSealed();
  await keeper.keep(log);
  const found = await keeper.prove(log, "rehearsal", leavesOf({ ceremony: us.ceremony.id, hashes: us.transcript.entries.map(entryHash) }));
  if (!found) throw new Error("no proof");
  proof = logProofBytes(found);
  expect(await worker()).toBeNull();
  const seen = await look(NOTHING_FOLLOWED);
  if ("trouble" in seen) throw new Error(seen.trouble);
  followed = seen.followed;
});
afterAll(async () => {
  process.stdout.write(`\n${matrix.toString()}\n\n`);
  await Promise.all([app.$disconnect(), store.close(), owner.end()]);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Some entries of the ceremony as app and worker write them, each by its own role, and an event beside each. */
async function keepEntries(from: number, to: number): Promise<void> {
  const asWorker = openDatabase(database.workerUrl, { connections: 1 });
  for (const entry of us.transcript.entries.slice(from, to)) {
    await app.auditEvent.create({ data: { kind: "record-looked-at", by: "auditor-1", facts: { seq: entry.seq } } });
    const { ceremony, seq, prev, kind, at, by } = entry;
    const openings = seq === 0 ? us.transcript.openings : [];
    const row = { ceremony, seq, prev, kind, at, by, hash: entryHash(entry), bytes: entryBytes(entry), openings };
    expect(await appendEntry(by === "recorder" ? asWorker : app, row, summaryOf(us.ceremony))).toBe("appended");
  }
  await asWorker.$disconnect();
}

async function keepSealed(): Promise<void> {
  const asWorker = openDatabase(database.workerUrl, { connections: 1 });
  const sealedAt = us.signingTime.toISOString();
  await keepRecord(asWorker, { ceremony: us.ceremony.id, sha256: sha256Hex(us.pdf), pdf: us.pdf, trustAnchor: us.certificate, sealedAt });
  await asWorker.$disconnect();
}

// Who looks ---------------------------------------------------------------------------------------------------------------

/** The rule book over what is there now, as the app reads it, and the texts beside it. */
async function ruleBook(): Promise<string | null> {
  const rows = await readEntries(app, us.ceremony.id);
  const replayed = await replay(webCryptoVerifier, book, rows.map(({ bytes }) => bytes));
  if (!replayed.ok) return `rule book: ${replayed.refusal.refusal.invariant}`;
  const entries = rows.flatMap(({ bytes }): Entry[] => {
    const read = readEntry(bytes);
    return read.ok ? [read.value.entry] : [];
  });
  const whole = readTranscript(transcriptBytes({ entries, openings: rows.flatMap(({ openings }) => openings) }));
  return whole.ok ? null : "commitments";
}

/** A worker that is started now, with the memory of the one that saw the ceremony whole. */
async function worker(): Promise<string | null> {
  const memory = new WorkerMemory(path.join(folder, "worker"));
  const read = await new FollowedCeremony(us.ceremony.id, { store, memory, verifier: webCryptoVerifier, now: () => new Date() }).catchUp();
  return read.ok ? null : `worker: ${read.refusal.code}`;
}

/** What the log's proof in the record says of the entries that are there now. */
async function logProof(): Promise<string | null> {
  const hashes = (await readEntries(app, us.ceremony.id)).map(({ bytes }) => sha256Hex(bytes));
  const entries = { ceremony: us.ceremony.id, mode: "rehearsal" as const, hashes };
  const checks = await verifyLogProofs(proof, entries, log.recorderSpki, { ...NO_LOG_TRUST, required: ORIGIN }, webCryptoVerifier);
  return checks.some(({ ok }) => !ok) ? "log proof" : null;
}

/** The record that is kept, by the verifier; and whether its row is about what the record says. */
async function verifier(): Promise<string | null> {
  const row = await findRecord(app, us.ceremony.id);
  if (!row) return "worker: no record, sealed anew";
  const { verdict, about, checks } = await us.verify(row.pdf, {}, row.trustAnchor);
  const bad = checks.find(({ ok }) => !ok);
  if (verdict === "bad") return `verifier: ${bad?.name ?? ""}`;
  if (about?.ceremony !== row.ceremony) return "worker: RECORD-MINE";
  return sha256Hex(row.pdf) === row.sha256 && sameBytes(row.trustAnchor, us.certificate) ? null : "whoever hashes the file";
}

/** The log as it is served from the tables. */
const served = async (name: string): Promise<Uint8Array | null> => {
  if (name === "checkpoint") return (await newestCheckpoint(app, ORIGIN))?.note ?? null;
  const tile = readTilePath(name);
  if (tile?.level !== "entries") return null;
  const leaves = await readLeaves(app, ORIGIN, tile.index * TILE_WIDTH, tile.width);
  return leaves.length === tile.width ? bundleBytes(leaves) : null;
};
const look = (before: Followed) => lookAgain(served, { origin: ORIGIN, keys: [logKey(ORIGIN, log.recorderSpki)] }, before, webCryptoVerifier);
async function monitors(): Promise<string | null> {
  // One that kept its state, and one that begins today.
  const seen = [await look(followed), await look(NOTHING_FOLLOWED)].flatMap((one) => ("trouble" in one ? [one.trouble] : []));
  return seen[0] === undefined ? null : `monitor: ${seen[0]}`;
}
/** The worker that led the log, started again, when a new event waits for it. */
async function logKeeper(): Promise<string | null> {
  try {
    const leaves = leavesOf({ ceremony: us.ceremony.id, hashes: us.transcript.entries.map(entryHash) });
    return (await new LogKeeper(OWN).prove(log, "rehearsal", leaves)) === null ? "worker: log behind" : null;
  } catch (fault) {
    if (fault instanceof LogFault) return "worker: log fault";
    throw fault;
  }
}

/** Every row that was logged against its leaf, as the worker does beside its rounds and `claviger log check` at once. */
async function logCheck(): Promise<string | null> {
  const parts = {
    ...{ store: store.log, memory: log.memory, record: (ceremony: string) => store.findRecord(ceremony), isGone: store.isGone },
    sealed: () => [{ ceremony: us.ceremony.id, record: sha256Hex(us.pdf) }],
  };
  for await (const found of checkLog(parts, OWN)) if (found.length > 0) return "log check";
  return null;
}

/** An auditor who was given the audit events and reads the log from outside. */
async function comparison(): Promise<string | null> {
  const events = (await store.log.eventsAfter(null, 10_000)).flatMap((one) => (one.kind === "event" ? [{ ...one, kind: one.of }] : []));
  const leaves: Uint8Array[] = [];
  for (const origin of [OWN, ORIGIN]) leaves.push(...(await readLeaves(app, origin, 0, 10_000)));
  const { changed, notLogged, missing, doubled } = compareEvents(events, leaves);
  return changed.length + notLogged.length + missing.length + doubled.length > 0 ? "log compare" : null;
}

const FINDERS = [ruleBook, worker, logProof, verifier, monitors, logKeeper, logCheck, comparison];

// What is done ------------------------------------------------------------------------------------------------------------

const TABLES = ["Entry", "Record", "AuditEvent", "LogLeaf", "LogTile", "LogCheckpoint", "Destruction"] as const;
/** `by`: who has to be among those who find it, where others find something beside it. */
type Tampering = { readonly what: string; readonly sql: string; readonly effect?: "none"; readonly by?: string };

const last = () => us.transcript.entries.length - 1;
const middle = () => Math.floor(last() / 2);
const text = (column: string) => `"${column}" = '${"ab".repeat(32)}'`;
const bytes = (column: string) => `"${column}" = set_byte("${column}", 40, 255 - get_byte("${column}", 40))`;
const at = (seq: number) => `WHERE "seq" = ${String(seq)}`;
const columns = '"hash", "prev", "kind", "at", "by", "bytes", "openings", "createdAt"';

/** Columns beside the bytes are for PostgreSQL's own checks: nobody reads them, and changing them says nothing to anybody. */
const UNREAD = ["hash", "prev", "kind", "at", "by", "createdAt"];

/** The log that the ceremony is in; the other one has the events. */
const OURS = `"origin" = '${ORIGIN}'`;
/** An event that says what an honest one would, where no honest one is. */
const says = (id: number) => `INSERT INTO "AuditEvent" ("id", "kind", "by", "facts") VALUES (${String(id)}, 'record-destroyed', 'anna', '{"ceremony": "${us.ceremony.id}"}')`;
const withoutRecord = () =>
  `DELETE FROM "Record"; INSERT INTO "Destruction" ("ceremony", "event", "certificate") VALUES ('${us.ceremony.id}', 3, '${"ab".repeat(32)}')`;
const LAST_WEEK = "the whole database rolled back to last week, its log and the log's signed checkpoint too";

const DESTRUCTIONS: readonly (readonly [string, () => string])[] = [
  ["that says something else", () => ""],
  ["that is not there", () => `UPDATE "Destruction" SET "event" = 9999`],
  ["behind the log's back", () => `UPDATE "Destruction" SET "event" = 9999; ${says(9999)}`],
  ["that was another when it was logged", () => `DELETE FROM "AuditEvent" WHERE "id" = 3; ${says(3)}`],
];

function tamperings(): Tampering[] {
  const change = (table: string, column: string, set: string, where = "", effect?: "none") =>
    ({ what: `${table}.${column} changed`, sql: `UPDATE "${table}" SET ${set} ${where}`, ...(effect && { effect }) }) as Tampering;
  const unread = (column: string) => {
    const set = column === "at" || column === "createdAt" ? `"${column}" = '2020-01-01'` : text(column);
    return change("Entry", column, set, at(middle()), "none");
  };
  return [
    ...UNREAD.map(unread),
    change("Entry", "ceremony", `"ceremony" = 'c-other'`, at(middle())),
    change("Entry", "seq", `"seq" = 9999`, at(middle())),
    change("Entry", "bytes", bytes("bytes"), at(middle())),
    change("Entry", "openings", `"openings" = jsonb_set("openings", '{0,value}', '"Mallory"')`, at(0)),
    ...[0, middle(), last()].map((seq) => ({ what: "a row of Entry dropped", sql: `DELETE FROM "Entry" ${at(seq)}` })),
    ...[middle(), last()].map((seq) => ({
      what: "a row of Entry doubled",
      sql: `INSERT INTO "Entry" ("ceremony", "seq", ${columns}) SELECT "ceremony", ${String(last() + 1)}, ${columns} FROM "Entry" ${at(seq)}`,
    })),
    ...[1, middle()].map((seq) => ({
      what: "two rows of Entry exchanged",
      sql: `UPDATE "Entry" SET "seq" = ${String(seq)} + ${String(seq + 1)} - "seq" + 1000 WHERE "seq" IN (${String(seq)}, ${String(seq + 1)}); UPDATE "Entry" SET "seq" = "seq" - 1000 WHERE "seq" > 900`,
    })),
    { what: "the transcript rolled back to before its close", sql: `DELETE FROM "Entry" WHERE "seq" >= ${String(last())}` },
    { what: "the transcript rolled back by half", sql: `DELETE FROM "Entry" WHERE "seq" > ${String(middle())}` },
    change("AuditEvent", "id", `"id" = 9999`, `WHERE "id" = 3`),
    change("AuditEvent", "at", `"at" = '2020-01-01'`, `WHERE "id" = 3`),
    change("AuditEvent", "kind", text("kind"), `WHERE "id" = 3`),
    change("AuditEvent", "by", text("by"), `WHERE "id" = 3`),
    change("AuditEvent", "facts", `"facts" = '{}'`, `WHERE "id" = 3`),
    change("AuditEvent", "salt", text("salt"), `WHERE "id" = 3`),
    { what: "a row of AuditEvent dropped", sql: `DELETE FROM "AuditEvent" WHERE "id" = 3` },
    { what: "a row of AuditEvent doubled", sql: `INSERT INTO "AuditEvent" SELECT 9999, "at", "kind", "by", "facts", "salt" FROM "AuditEvent" WHERE "id" = 3` },
    {
      what: "two rows of AuditEvent exchanged",
      sql: `UPDATE "AuditEvent" SET "id" = 9999 WHERE "id" = 3; UPDATE "AuditEvent" SET "id" = 3 WHERE "id" = 4; UPDATE "AuditEvent" SET "id" = 4 WHERE "id" = 9999`,
    },
    { what: LAST_WEEK, sql: TABLES.map((table) => `TRUNCATE "${table}" CASCADE; INSERT INTO "${table}" SELECT * FROM "week_${table}"`).join(";") },
    { what: "the whole database rolled back to before the ceremony", sql: TABLES.map((table) => `DELETE FROM "${table}"`).join(";") },
    change("Record", "ceremony", `"ceremony" = 'c-other'`),
    change("Record", "sha256", text("sha256")),
    change("Record", "pdf", bytes("pdf")),
    change("Record", "trustAnchor", bytes("trustAnchor")),
    change("Record", "sealedAt", `"sealedAt" = '2020-01-01'`, "", "none"),
    { what: "the row of Record dropped", sql: `DELETE FROM "Record"`, by: "log check" },
    ...DESTRUCTIONS.map(([how, sql]) => ({ what: `the row of Record dropped and called destroyed, by an event ${how}`, sql: `${withoutRecord()}; ${sql()}`, by: "log check" })),
    change("LogLeaf", "origin", `"origin" = 'x'`, `WHERE "index" = 3 AND ${OURS}`),
    change("LogLeaf", "index", `"index" = 9999`, `WHERE "index" = 3 AND ${OURS}`),
    change("LogLeaf", "hash", text("hash"), `WHERE "index" = 3 AND ${OURS}`),
    change("LogLeaf", "bytes", bytes("bytes"), `WHERE "index" = 3 AND ${OURS}`),
    { what: "a row of LogLeaf dropped", sql: `DELETE FROM "LogLeaf" WHERE "index" = 3 AND ${OURS}` },
    { what: "two rows of LogLeaf exchanged", sql: [[3, 9999], [4, 3], [9999, 4]].map(([from, to]) => `UPDATE "LogLeaf" SET "index" = ${String(to)} WHERE "index" = ${String(from)} AND ${OURS}`).join(";") },
    change("LogTile", "origin", `"origin" = 'x'`, `WHERE ${OURS}`),
    change("LogTile", "level", `"level" = 5`, `WHERE ${OURS}`),
    change("LogTile", "index", `"index" = 7`, `WHERE ${OURS}`),
    change("LogTile", "bytes", bytes("bytes"), `WHERE ${OURS}`),
    { what: "a row of LogTile dropped", sql: `DELETE FROM "LogTile" WHERE ${OURS}` },
    change("LogCheckpoint", "origin", `"origin" = 'x'`, `WHERE ${OURS}`),
    change("LogCheckpoint", "size", `"size" = "size" + 1`, `WHERE ${OURS}`),
    change("LogCheckpoint", "note", bytes("note"), `WHERE ${OURS}`),
    { what: "a row of LogCheckpoint dropped", sql: `DELETE FROM "LogCheckpoint" WHERE ${OURS}` },
  ];
}

test("whole as it was kept: everybody who looks finds nothing", async () => {
  for (const finder of FINDERS) expect(await finder()).toBeNull();
});

test("each column of each table is changed here, or it is written down who finds it or why nobody has to", async () => {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT c.table_name || '.' || c.column_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.table_name !~ '^(week_|_prisma_migrations$)' ORDER BY name`,
  );
  const there = rows.map(({ name }) => name);
  const tried = tamperings().flatMap(({ what }) => /^(\w+\.\w+) changed$/.exec(what)?.[1] ?? []);
  expect(there.length).toBeGreaterThan(250);
  expect(there.filter((name) => !tried.includes(name) && !untriedColumns.has(name))).toEqual([]);
  expect([...untriedColumns.keys(), ...tried].filter((name) => !there.includes(name))).toEqual([]);
  expect(tried.filter((name) => untriedColumns.has(name))).toEqual([]);
});

const COLUMNS: Readonly<Partial<Record<(typeof TABLES)[number], string>>> = { Record: "ceremony", Entry: "kind", AuditEvent: "kind", Destruction: "ceremony" };

test("by the app's and the worker's own roles: the store's guard refuses, and everything is as it was", async () => {
  for (const [who, url] of [["app", database.appUrl], ["worker", database.workerUrl]] as const) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    for (const table of TABLES) {
      // The worker writes the tiles of the log anew as it grows: what it may not, its own memory and every monitor find.
      if (who === "worker" && table === "LogTile") continue;
      for (const sql of [`UPDATE "${table}" SET "${COLUMNS[table] ?? "origin"}" = 'x'`, `DELETE FROM "${table}"`]) {
        const refused = await client.query(sql).then(() => null, () => "store guard");
        matrix.note(`${table} changed or emptied by the ${who}'s role`, refused);
      }
    }
    await client.end();
  }
  for (const finder of FINDERS) expect(await finder()).toBeNull();
});

test("by the owner, with every trigger and constraint taken away", async () => {
  await owner.query('DROP INDEX "Entry_hash_key", "Entry_ceremony_prev_key"');
  const { rows } = await owner.query<{ table: string; name: string }>(
    `SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name FROM pg_constraint WHERE contype IN ('c', 'f') AND conrelid <> 0 AND connamespace = 'public'::regnamespace`,
  );
  for (const { table, name } of rows) await owner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  for (const table of TABLES) {
    await owner.query(`ALTER TABLE "${table}" DISABLE TRIGGER ALL`);
    await owner.query(`CREATE TABLE "kept_${table}" AS TABLE "${table}"`);
  }
  for (const { what, sql, effect, by } of tamperings()) {
    const before = await readEntries(app, us.ceremony.id);
    await owner.query(sql);
    const found: string[] = [];
    for (const finder of FINDERS) {
      const name = await finder();
      if (name !== null && !found.includes(name)) found.push(name);
    }
    if (effect === "none" && found.length === 0) {
      const same = (await readEntries(app, us.ceremony.id)).every((row, i) => sameBytes(row.bytes, before[i]?.bytes ?? new Uint8Array()));
      matrix.note(what, same ? "says nothing to anybody: bytes and record are read" : null);
    } else {
      matrix.note(what, found.length === 0 || (by !== undefined && !found.includes(by)) ? null : found.join(" + "));
    }
    if (what === LAST_WEEK) await withoutMemory(what);
    for (const table of TABLES) await owner.query(`TRUNCATE "${table}" CASCADE; INSERT INTO "${table}" SELECT * FROM "kept_${table}"`);
  }
  for (const finder of FINDERS) expect(await finder()).toBeNull();
});

/** The same before the eyes of a worker whose folder was lost: it signs nothing and does nothing, and asks a person. */
async function withoutMemory(what: string): Promise<void> {
  const memory = new WorkerMemory(path.join(folder, "lost"));
  memory.keepCertificate("trust-anchor", us.certificate);
  const read = await new FollowedCeremony(us.ceremony.id, { store, memory, verifier: webCryptoVerifier, now: () => new Date() }).catchUp();
  matrix.note(`${what}, and the worker's folder lost: its ceremony`, read.ok ? null : `worker: ${read.refusal.code}`);
  const kept = new LogKeeper(OWN).newest({ ...log, memory: logMemory(path.join(folder, "lost")) }, "rehearsal");
  const fault = await kept.then(() => null, (thrown: unknown) => (thrown instanceof LogUnknown ? "worker: signs nothing, asks a person" : null));
  matrix.note(`${what}, and the worker's folder lost: its log`, fault);
}

test("archive revisions: cut out, exchanged, of another record, the last one stripped", async () => {
  const authority = await TimeStampAuthority.start("Archive");
  try {
    const stamper = timeStampClient({ url: authority.url, verifier: webCryptoVerifier });
    const trusting = { timeStampAnchors: [authority.root], requireTimeStamp: true };
    const nothing = { certificates: [], revocationLists: [], responses: [] };
    const [good, other] = [await us.sealed({}, undefined, stamper), await us.sealed({}, undefined, stamper)];
    const once = await archived(good, readPdf(good), nothing, stamper);
    const twice = await archived(once, readPdf(good), nothing, stamper);
    const bad = async (pdf: Uint8Array) => (await us.verify(pdf, trusting)).checks.find(({ ok }) => !ok)?.name ?? null;
    expect(await bad(twice)).toBeNull();
    const [first, second] = [once.subarray(good.length), twice.subarray(once.length)];
    const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
    matrix.note("the first of two archive stamps cut out", await bad(joined(good, second)));
    matrix.note("two archive stamps exchanged", await bad(joined(good, second, first)));
    matrix.note("an archive stamp doubled", await bad(joined(once, first)));
    matrix.note("the archive stamp of another record", await bad(joined(other, first)));
    matrix.note("half of an archive stamp", await bad(joined(once, second.subarray(0, second.length / 2))));
    const stripped = await bad(once);
    matrix.note("the last archive stamp stripped", stripped ?? "says nothing to anybody: nothing sealed says that it was there");
    expect(stripped).toBeNull();
  } finally {
    await authority.stop();
  }
});

test("time stamps: stripped, swapped, of another authority under the same name", async () => {
  const [ours, theirs] = [await TimeStampAuthority.start("Stamps", { responder: true }), await TimeStampAuthority.start("Stamps", { responder: true })];
  try {
    const stamper = (authority: TimeStampAuthority) => timeStampClient({ url: authority.url, verifier: webCryptoVerifier });
    const trusting = { timeStampAnchors: [ours.root], requireTimeStamp: true };
    const tried = async (what: string, pdf: Uint8Array) => {
      const { checks } = await us.verify(pdf, trusting);
      matrix.note(what, checks.find(({ ok }) => !ok)?.name ?? null);
    };
    let kept = new Uint8Array();
    const good = await us.sealed({}, undefined, async (data) => (kept = new Uint8Array(await stamper(ours)(data))));
    expect((await us.verify(good, trusting)).checks.filter(({ ok }) => !ok)).toEqual([]);
    await tried("the time stamp stripped", await us.sealed());
    await tried("the time stamp of another record", await us.sealed({}, undefined, () => Promise.resolve(kept)));
    await tried("the time stamp of another authority of the same name", await us.sealed({}, undefined, stamper(theirs)));
    await tried("a bit of the time stamp flipped", await us.sealed({}, undefined, async (data) => {
      const token = Uint8Array.from(await stamper(ours)(data));
      const place = token.length - 20;
      token[place] = (token[place] ?? 0) ^ 1;
      return token;
    }));
    const answered = async (by: TimeStampAuthority["responding"]["by"]) => {
      Object.assign(ours.responding, { by });
      const request = ocspRequest(readTimeStamp(kept).signed.signer, readCertificate(ours.root));
      const evidence = { certificates: [], revocationLists: [], responses: [Uint8Array.from(ours.answerOcsp(Buffer.from(request)))] };
      return archived(good, readPdf(good), evidence, stamper(ours));
    };
    expect((await us.verify(await answered("responder"), trusting)).checks.filter(({ ok }) => !ok)).toEqual([]);
    await tried("forged OCSP: by a responder of another authority of the same name", await answered(theirs));
    await tried("forged OCSP: by a certificate of the authority that may not answer", await answered("tsa"));
    ours.revoke();
    await tried("an authority whose certificate its own responder calls revoked", await answered("responder"));
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
});

test("nothing that was tried was found by nobody", () => {
  expect(matrix.unfound).toEqual([]);
  expect(matrix.rows.length).toBeGreaterThan(60);
});
