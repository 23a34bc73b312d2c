import { expect, test } from "vitest";
import { nesting } from "./http-request";

test.each<[string, number]>([
  ["", 0],
  ["1", 0],
  ["[]", 1],
  ['{"a":[{}],"b":[]}', 3],
  ["[[[", 3],
  ["]]][", 0],
  ['"[[["', 0],
  ['{"[[":"]]","a":[]}', 2],
  ['["\\"[[["]', 1],
  ['["\\\\",[]]', 2],
  ['["\\\\\\"",[[]]]', 3],
  ['["[[[', 1],
  ['["\\', 1],
])("how deep lists and objects stand in %s", (text, depth) => {
  expect(nesting(text)).toBe(depth);
});

test("what nothing closes is looked at once, not from each mark in it", () => {
  for (const text of [`"${'\\"'.repeat(2_000_000)}`, '"'.repeat(3_999_999), `"${"\\".repeat(4_000_000)}`]) expect(nesting(text)).toBe(0);
});
