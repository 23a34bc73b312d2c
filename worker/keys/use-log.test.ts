import { expect, test } from "vitest";
import type { LoggedUse } from "#lib/store/key-uses";
import { LogUnavailable, UseLog } from "./use-log";

const row = (use: string): LoggedUse => ({
  ...{ use, at: "2026-11-23T08:00:00.000Z", account: "billing", grant: null, key: null, operation: "sign", algorithm: null },
  ...{ digest: null, result: "done", micros: 1, process: "test", times: 1 },
});

/** A database that answers when it is told to. */
function slow() {
  const groups: { rows: string[]; settle: (fault?: Error) => void }[] = [];
  const insert = (rows: readonly LoggedUse[]) =>
    new Promise<void>((kept, failed) => {
      groups.push({ rows: rows.map(({ use }) => use), settle: (fault) => (fault ? failed(fault) : kept()) });
    });
  const probes: ((fault?: Error) => void)[] = [];
  const probe = () => new Promise<void>((good, failed) => probes.push((fault) => (fault ? failed(fault) : good())));
  return { groups, insert, probes, probe };
}

test("a use is answered when its row is kept and not before; what comes meanwhile goes together", async () => {
  const { groups, insert, probe } = slow();
  const log = new UseLog(insert, probe);
  const answered: string[] = [];
  const all = ["1", "2", "3"].map((use) => log.write(row(use)).then(() => answered.push(use)));
  await Promise.resolve();
  expect([groups.map(({ rows }) => rows), answered]).toEqual([[["1"]], []]);
  groups[0]?.settle();
  await all[0];
  expect([answered, groups[1]?.rows]).toEqual([["1"], ["2", "3"]]);
  groups[1]?.settle();
  await Promise.all(all);
  expect(answered).toEqual(["1", "2", "3"]);
});

test("rows that could not be kept are answered by nobody, and the next ones are tried again", async () => {
  const { groups, insert, probe } = slow();
  const log = new UseLog(insert, probe);
  const first = log.write(row("1"));
  groups[0]?.settle(new Error("gone"));
  await expect(first).rejects.toThrow(LogUnavailable);
  const second = log.write(row("2"));
  groups[1]?.settle();
  await second;
});

test("after a group that was not kept it is not called good before something could be written; one try at a time", async () => {
  const { groups, insert, probes, probe } = slow();
  const log = new UseLog(insert, probe);
  await log.probe();
  expect([probes.length, log.isKept]).toEqual([0, true]);
  const lost = log.write(row("1"));
  groups[0]?.settle(new Error("cannot execute INSERT in a read-only transaction"));
  await expect(lost).rejects.toThrow(LogUnavailable);
  for (const [fault, isKept] of [[new Error("still so"), false], [undefined, true]] as const) {
    const probed = log.probe();
    await log.probe();
    probes.at(-1)?.(fault);
    await probed;
    expect(log.isKept).toBe(isKept);
  }
  expect([probes.length, groups.length]).toEqual([2, 1]);
});

test("what became of a group while it was tried is the later news", async () => {
  const { groups, insert, probes, probe } = slow();
  const log = new UseLog(insert, probe);
  const first = log.write(row("1"));
  groups[0]?.settle(new Error("gone"));
  await expect(first).rejects.toThrow(LogUnavailable);
  const probed = log.probe();
  const second = log.write(row("2"));
  groups[1]?.settle(new Error("gone again"));
  await expect(second).rejects.toThrow(LogUnavailable);
  probes[0]?.();
  await probed;
  expect(log.isKept).toBe(false);
});

test("it holds so many and no more", async () => {
  const log = new UseLog(slow().insert, () => Promise.resolve(), 1);
  const waiting = [log.write(row("1")), log.write(row("2"))];
  await expect(log.write(row("3"))).rejects.toThrow(LogUnavailable);
  expect(waiting).toHaveLength(2);
});
