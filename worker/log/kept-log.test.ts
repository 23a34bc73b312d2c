import { expect, test } from "vitest";
import type { Ceremony } from "#lib/ceremony/ceremony";
import type { Transcript } from "#lib/record/transcript";
import type { KeptDay } from "#lib/store/key-use-days";
import { KeptLog, type KeepsLog } from "./kept-log";

const GONE = new Error("the database does not answer");
const said: string[] = [];

/** A log whose rows cannot be read, in that way. */
function kept(fault: Error, newest: () => Promise<KeptDay | null> = () => Promise.resolve(null)): KeptLog {
  const store = { waiting: () => Promise.reject(fault) };
  const uses = { newest, first: () => Promise.resolve(null) };
  const memory = { recall: () => null, remember: () => undefined };
  const keeps = { origin: "keys.example/log", store, uses, memory, witnesses: { some: false } } as unknown as KeepsLog;
  const records = { sealed: () => [], record: () => Promise.resolve(null), isGone: (one: unknown) => one === GONE };
  return new KeptLog(keeps, records, (one) => one === GONE, () => new Date(0), (line) => void said.push(line));
}
const hands = { recorder: {}, token: {}, verifier: {} } as unknown as Parameters<KeptLog["keep"]>[0];
const ceremony = { id: "c-1", mode: "production" } as Ceremony;
const transcript = { entries: [] } as unknown as Transcript;

test("what waits and cannot be read is the log's trouble, said once: rounds go on, and a record is sealed without the log's proof", async () => {
  const log = kept(new RangeError("Invalid time value"));
  await log.keep(hands);
  await log.keep(hands);
  expect(await log.proofOf(hands, ceremony, transcript)).toBe("behind");
  expect(log.trouble).toMatchObject({ of: "log-stopped", sentence: expect.stringContaining("cannot be read (RangeError)") as string });
  expect(said).toEqual(["log: RangeError: Invalid time value"]);
});

test("a database that is not there is no trouble of the log: it is thrown on", async () => {
  const log = kept(GONE);
  await expect(log.keep(hands)).rejects.toBe(GONE);
  await expect(log.proofOf(hands, ceremony, transcript)).rejects.toBe(GONE);
  expect(log.trouble).toBeNull();
});

test.each<[string, () => Promise<KeptDay | null>, string]>([
  ["were not sealed by this recorder", () => Promise.resolve({ day: "2026-11-20", bytes: new Uint8Array(), seal: new Uint8Array() }), "CountsForged"],
  ["cannot be counted", () => Promise.reject(new RangeError("more kinds than can be counted")), "RangeError"],
])("uses of keys that %s are said once, and keep nothing else out of the log", async (how, newest, name) => {
  said.length = 0;
  const log = kept(new RangeError("Invalid time value"), newest);
  await log.keep(hands);
  await log.keep(hands);
  // What waits was asked for: its fault is the log's own, and comes first.
  expect(log.trouble).toMatchObject({ of: "log-stopped" });
  expect(said).toEqual([expect.stringMatching(new RegExp(`${how} \\(${name}\\)$`)), "log: RangeError: Invalid time value"]);
});

test("a database that goes while uses are counted is thrown on", async () => {
  const log = kept(GONE, () => Promise.reject(GONE));
  await expect(log.keep(hands)).rejects.toBe(GONE);
  expect(log.trouble).toBeNull();
});
