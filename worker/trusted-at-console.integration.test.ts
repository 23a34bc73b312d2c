import { afterAll, expect, test } from "vitest";
import { rosterHash } from "#lib/ceremony/roster";
import { sha256Hex } from "#lib/log/digest";
import { writeAuditOnce } from "#lib/store/audit-events";
import { players, rosterOf } from "./played-cast.under-test";
import { WorkerGrounds } from "./worker-grounds.under-test";

// What a person has a worker trust at its console is an event, once, wherever the worker is killed meanwhile.

const grounds = await WorkerGrounds.open();
afterAll(() => grounds.close());

const told = async () =>
  (await grounds.app.auditEvent.findMany({ where: { kind: "trusted-at-console" }, orderBy: { id: "asc" } })).map(({ by, facts }) => ({ by, facts }));
const untold = () => grounds.memory().untold();
const cast = players(3, 1);
const first = rosterOf(cast, "rehearsal");
const rosterEvent = (version: number, hash: string) =>
  expect.objectContaining({
    by: null,
    facts: { what: "roster", worker: "worker-a", sha256: hash, mode: "rehearsal", version, at: expect.stringMatching(/Z$/) as string },
  }) as unknown;

test("a worker that is killed before it, or right after it, tells it once", { timeout: 300_000 }, async () => {
  grounds.trust(first);
  const before = grounds.start({ killAt: "console before noteTrusted" });
  expect(await before.exited, before.output).toBe("SIGKILL");
  expect(await told()).toEqual([]);
  expect(grounds.memory().isPinned(rosterHash(first))).toBe(true);

  const after = grounds.start({ killAt: "console after noteTrusted" });
  expect(await after.exited, after.output).toBe("SIGKILL");
  expect(await told()).toEqual([rosterEvent(1, rosterHash(first))]);
  expect(untold()).toHaveLength(1);

  const worker = grounds.start();
  await expect.poll(untold, { timeout: 60_000, interval: 50 }).toEqual([]);
  expect(await told()).toEqual([rosterEvent(1, rosterHash(first))]);
  await worker.stop();
});

test("what is pinned already is not told again, and another version is", { timeout: 300_000 }, async () => {
  const second = { ...first, version: 2, prev: rosterHash(first) };
  grounds.trust(second);
  const worker = grounds.start();
  await expect.poll(async () => (await told()).length, { timeout: 60_000, interval: 50 }).toBe(2);
  await worker.stop();
  expect(await told()).toEqual([rosterEvent(1, rosterHash(first)), rosterEvent(2, rosterHash(second))]);
});

test("of what a command left before it was trusted nothing is told; of the recorder it is", { timeout: 300_000 }, async () => {
  const anchor = grounds.memory().certificate("trust-anchor") ?? new Uint8Array();
  grounds.memory().toTell({ what: "log", sha256: "ab".repeat(32), origin: "keys.example/log", size: 3, at: "2026-01-01T00:00:00.000Z" });
  grounds.memory().toTell({ what: "organisation-certificate", sha256: "cd".repeat(32) });
  grounds.memory().toTell({ what: "recorder", sha256: "ef".repeat(32) });
  grounds.memory().toTell({ what: "recorder", sha256: sha256Hex(anchor) });
  const worker = grounds.start();
  await expect.poll(async () => (await told()).length, { timeout: 60_000, interval: 50 }).toBe(3);
  await worker.stop();
  expect((await told()).at(-1)).toEqual({ by: null, facts: { what: "recorder", worker: "worker-a", sha256: sha256Hex(anchor) } });
  expect(untold()).toHaveLength(3);
});

test("many tries at once write one event, and other facts are another", async () => {
  const event = { kind: "trusted-at-console", by: null, facts: { what: "recorder", worker: "worker-b", sha256: "12".repeat(32) } } as const;
  await Promise.all(Array.from({ length: 3 }, () => writeAuditOnce(grounds.app, event)));
  await writeAuditOnce(grounds.app, { ...event, facts: { ...event.facts, worker: "worker-c" } });
  const ofOthers = (await told()).filter(({ facts }) => ["worker-b", "worker-c"].includes((facts as { worker: string }).worker));
  expect(ofOthers).toHaveLength(2);
});
