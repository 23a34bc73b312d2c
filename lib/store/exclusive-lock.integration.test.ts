import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { freshDatabase } from "#cli/testing/test-database";
import { holdExclusiveLock } from "./exclusive-lock";

const database = await freshDatabase();
afterAll(() => database.drop());

const hold = (name: string, signal: AbortSignal, said: string[] = []) =>
  holdExclusiveLock(database.workerUrl, name, signal, (why) => said.push(why));
const never = new AbortController().signal;
const until = (said: readonly string[], why: string) => expect.poll(() => said, { timeout: 60_000 }).toContain(why);

test("one holds it, the other waits and has it as soon as the first lets go", async () => {
  const first = await hold("a", never);
  const said: string[] = [];
  const waiting = hold("a", never, said);
  await until(said, "held-by-another");
  expect(await first?.confirm()).toBe(true);
  await first?.release();
  const second = await waiting;
  expect(first?.held).toBe(false);
  expect(second?.held).toBe(true);
  await second?.release();
});

test("different names do not wait for each other", async () => {
  const locks = [await hold("b", never), await hold("c", never)];
  expect(locks.map((lock) => lock?.held)).toEqual([true, true]);
  for (const lock of locks) await lock?.release();
});

test("whoever loses the connection has lost the lock, and knows it at the latest when asked", async () => {
  const lock = await hold("d", never);
  const admin = new pg.Client({ connectionString: database.superuserUrl });
  await admin.connect();
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'claviger-lock' AND datname = current_database()",
  );
  await admin.end();
  expect(await lock?.confirm()).toBe(false);
  expect(lock?.held).toBe(false);
  const next = await hold("d", never);
  expect(next?.held).toBe(true);
  await next?.release();
});

test("a process that was busy for longer than the server may take to answer has not lost it", async () => {
  const lock = await hold("f", never);
  const asked = lock?.confirm();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_500);
  expect(await asked).toBe(true);
  await lock?.release();
});

test("waiting ends with the signal, and a server that is not there is waited for", async () => {
  const stop = new AbortController();
  const said: string[] = [];
  const nowhere = new URL(database.workerUrl);
  nowhere.port = "1";
  const waiting = holdExclusiveLock(nowhere.href, "e", stop.signal, (why) => said.push(why));
  await until(said, "database-gone");
  stop.abort();
  expect(await waiting).toBeNull();
});
