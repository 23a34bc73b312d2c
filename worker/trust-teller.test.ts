import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { EMPTY_ROOT } from "#lib/log/merkle";
import type { Acting } from "./acting";
import { logMemory } from "./log/log-memory";
import { WorkerMemory } from "./memory";
import { TrustTeller } from "./trust-teller";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claviger-teller-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ORIGIN = "keys.example/log";
const log = { what: "log", sha256: "ab".repeat(32), origin: ORIGIN, size: 0, at: "2026-01-01T00:00:00.000Z" } as const;
const storeOf = (noteTrusted: Acting["store"]["noteTrusted"]) => ({ noteTrusted }) as Acting["store"];

test("a log is told once this worker remembers it, and forgotten when the trail has it", async () => {
  const memory = new WorkerMemory(folder);
  memory.toTell(log);
  const told: unknown[] = [];
  const store = storeOf((facts) => Promise.resolve(void told.push(facts)));
  const teller = new TrustTeller(logMemory(folder), () => false, () => undefined);
  await teller.look({ store, memory, worker: "worker-a" });
  expect(told).toEqual([]);
  logMemory(folder).remember(ORIGIN, { size: 0, root: EMPTY_ROOT, promised: [] });
  for (let look = 0; look < 2; look++) await teller.look({ store, memory, worker: "worker-a" });
  expect(told).toEqual([{ ...log, worker: "worker-a" }]);
});

test("a database that is away is the round's trouble, any other is said once; both leave it to be told", async () => {
  const memory = new WorkerMemory(folder);
  memory.toTell(log);
  logMemory(folder).remember(ORIGIN, { size: 0, root: EMPTY_ROOT, promised: [] });
  const said: string[] = [];
  let isGone = true;
  const teller = new TrustTeller(logMemory(folder), () => isGone, (line) => void said.push(line));
  const store = storeOf(() => Promise.reject(new RangeError("password of anna")));
  await expect(teller.look({ store, memory, worker: "worker-a" })).rejects.toThrow(RangeError);
  isGone = false;
  for (let look = 0; look < 2; look++) await teller.look({ store, memory, worker: "worker-a" });
  expect(said).toEqual(["what was trusted at the console cannot be noted yet (RangeError)"]);
  expect(memory.untold()).toHaveLength(1);
});
