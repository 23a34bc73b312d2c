import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import { openDatabase, type Database } from "./database";
import { appendEntry } from "./entries";
import { nextEntry, summary } from "./entry-row.under-test";
import { watchEntries, type Change, type Watch } from "./watch-entries";
import { sayHealth } from "./worker-health";

let database: TestDatabase;
let app: Database;
let worker: Database;
let watch: Watch;
const heard: Change[] = [];
const onDown = vi.fn();

const kinds = () => heard.map(({ kind }) => kind);
const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 60_000 });
const resyncs = () => kinds().filter((kind) => kind === "resync").length;
const append = async (ceremony: string) => {
  const entry = nextEntry(ceremony, null);
  await appendEntry(app, entry, summary(entry));
};

beforeAll(async () => {
  database = await freshDatabase();
  app = openDatabase(database.appUrl);
  worker = openDatabase(database.workerUrl);
  watch = watchEntries(database.appUrl, (change) => heard.push(change), onDown);
});
afterAll(async () => {
  await watch.stop();
  await Promise.all([app.$disconnect(), worker.$disconnect()]);
  await database.drop();
});

it("tells of every entry once it is committed, and says resync when it begins to listen", async () => {
  await until(() => resyncs() === 1);
  await append("c-live");
  await until(() => kinds().includes("step-acknowledged"));
  expect(heard.at(-1)).toEqual({ ceremony: "c-live", seq: 0, kind: "step-acknowledged" });
});

it("tells of a worker whose health changes, and not of its heartbeat", async () => {
  const health = { worker: "w1", tokenSerial: "1", state: "ready", sentence: "Ready.", facts: {}, seenAt: "2026-11-22T12:00:00.000Z" };
  await sayHealth(worker, health);
  await until(() => kinds().includes("worker-health"));
  const before = heard.length;
  await sayHealth(worker, { ...health, seenAt: "2026-11-22T12:00:05.000Z" });
  await sayHealth(worker, { ...health, state: "waiting", sentence: "The token is gone." });
  await until(() => heard.length > before);
  await append("c-after-heartbeat");
  await until(() => heard.at(-1)?.ceremony === "c-after-heartbeat");
  expect(heard.length).toBe(before + 2);
});

it("takes what is not ours as a reason to look for oneself", async () => {
  const before = resyncs();
  await app.$executeRaw`SELECT pg_notify('claviger', 'not json')`;
  await until(() => resyncs() === before + 1);
});

it("connects again when its connection is cut, says resync, and hears the next entry", async () => {
  const before = resyncs();
  const admin = new pg.Client({ connectionString: database.superuserUrl });
  await admin.connect();
  await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
  await admin.end();
  await until(() => onDown.mock.calls.length > 0);
  await until(() => resyncs() > before);
  // The pool lost its connections too: its next query opens new ones.
  await vi.waitFor(() => append("c-again"), { timeout: 60_000 });
  // A resync behind it only says that more may have happened.
  await until(() => heard.some(({ ceremony }) => ceremony === "c-again"));
});

it("is silent once stopped", async () => {
  await watch.stop();
  const before = heard.length;
  await append("c-silent");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(heard.length).toBe(before);
});
