import { expect, test } from "vitest";
import { newestRehearsals, type ClosedRehearsal } from "./newest-rehearsals";

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();
const one = (id: string, scriptHash: string, minute: number, passed = true): ClosedRehearsal => ({ id, scriptHash, closedAt: at(minute), passed });
const later = (scriptHash: string, passed: boolean): ClosedRehearsal[] =>
  Array.from({ length: 21 }, (_, i) => one(`${scriptHash}-${String(i)}`, scriptHash, 10 + i, passed));
const idsOf = (closed: readonly ClosedRehearsal[], most: number) => newestRehearsals(closed, most).map(({ id }) => id);

test("twenty-one later rehearsals of another script put none out of sight", () => {
  expect(idsOf([...later("other", true), one("ours", "ours", 0)], 20)).toContain("ours");
});

test("nor do twenty-one later ones of the same script that were aborted", () => {
  const ids = idsOf([one("older", "ours", 0), one("passed", "ours", 1), ...later("ours", false)], 20);
  expect(ids).toHaveLength(21);
  expect(ids.at(-1)).toBe("passed");
});

test("of each script no more than its newest are taken, newest first", () => {
  expect(idsOf([...later("ours", true), one("last", "theirs", 99)], 2)).toEqual(["last", "ours-20", "ours-19"]);
});
