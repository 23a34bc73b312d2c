import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { CountUses, differentCounts, readUsesOfDay, usesOfDayBytes, type CountedUse } from "./uses-of-day";

const key = "ab".repeat(32);
const use = (n: number, change: Partial<CountedUse> = {}): CountedUse => ({
  ...{ use: `use-${String(n)}`, at: "2026-11-20T10:00:00.000Z", account: "billing", grant: null, key, operation: "sign", algorithm: "ES256" },
  ...{ digest: null, result: "done", micros: 900, process: "one", times: 1, ...change },
});
const counted = (uses: readonly CountedUse[]) => {
  const count = new CountUses("2026-11-20");
  for (const one of uses) count.add(one);
  return count.end();
};
const three = [use(1), use(2, { result: "RATE-PASSED", key: "seal", times: 40 }), use(3)];

test("uses are counted by account, key, operation and result, with a digest of their rows", () => {
  const line = (n: number) => `["use-${String(n)}","2026-11-20T10:00:00.000Z","billing",null,"${key}","sign","ES256",null,"done",900,"one",1]\n`;
  const digest = createHash("sha256").update(line(1) + line(3)).digest("hex");
  const { uses, rows, counts } = counted(three);
  expect({ uses, rows }).toEqual({ uses: 42, rows: 3 });
  expect(counts).toMatchObject([
    { account: "billing", key, operation: "sign", result: "done", uses: 2, rows: 2, digest },
    // What a refused caller called a key is no key.
    { account: "billing", key: null, operation: "sign", result: "RATE-PASSED", uses: 40, rows: 1 },
  ]);
});

test("the counts are read as they were written, and nothing else is", () => {
  const day = counted(three);
  expect(readUsesOfDay(usesOfDayBytes(day))).toEqual(day);
  expect(readUsesOfDay(new Uint8Array([1]))).toBeNull();
  expect(readUsesOfDay(usesOfDayBytes({ ...day, rows: -1 }))).toBeNull();
});

test("a day without uses has counts as well", () => {
  expect(counted([])).toEqual({ v: "claviger/uses-of-day/v1", day: "2026-11-20", uses: 0, rows: 0, counts: [] });
});

test.each<[string, readonly CountedUse[], readonly unknown[]]>([
  ["nothing", three, []],
  ["a row that was taken away", three.slice(1), [{ of: { key }, sealed: { rows: 2 }, now: { rows: 1 } }]],
  ["a row that was changed", [use(1, { digest: "cd".repeat(32) }), ...three.slice(1)], [{ of: { key }, sealed: { rows: 2 }, now: { rows: 2 } }]],
  ["rows in another order", [...three].reverse(), [{ of: { key } }]],
  ["a number that was changed", [three[0] ?? use(1), use(2, { result: "RATE-PASSED", key: "seal", times: 4 }), use(3)], [{ now: { uses: 4 } }]],
  ["a row that was added", [...three, use(4, { account: "mail" })], [{ of: { account: "mail" }, sealed: null, now: { rows: 1 } }]],
  ["all of a kind that is gone", three.slice(1, 2), [{ of: { key }, sealed: { rows: 2 }, now: null }]],
])("finds %s", (_, now, found) => {
  expect(differentCounts(counted(three), counted(now))).toMatchObject(found);
});

test("a use of another day is not counted, and names have one spelling", () => {
  expect(() => new CountUses("2026-11-21").add(use(1))).toThrow(RangeError);
  expect(counted([use(1, { account: "é".normalize("NFD") })]).counts[0]?.account).toBe("é".normalize("NFC"));
});
