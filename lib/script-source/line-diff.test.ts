import fc from "fast-check";
import { expect, test } from "vitest";
import { hunksOf, lineDiff, unifiedDiff, type DiffLine } from "./line-diff";

const text = (...lines: string[]) => `${lines.join("\n")}\n`;
const side = (diff: readonly DiffLine[], left: "gone" | "new") =>
  diff.filter(({ kind }) => kind === "same" || kind === left).map((line) => line.text);

test("says which lines went, which came, and where the others stand now", () => {
  expect(lineDiff(text("a", "b", "c"), text("a", "x", "c", "d"))).toEqual([
    { kind: "same", text: "a", before: 1, after: 1 },
    { kind: "gone", text: "b", before: 2, after: 0 },
    { kind: "new", text: "x", before: 0, after: 2 },
    { kind: "same", text: "c", before: 3, after: 3 },
    { kind: "new", text: "d", before: 0, after: 4 },
  ]);
});

test("both texts can be read off any diff, and it is never longer than both together", () => {
  const some = fc.array(fc.constantFrom("a", "b", "c", "d"), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(some, some, (a, b) => {
      const diff = lineDiff(text(...a), text(...b));
      expect(side(diff, "gone")).toEqual(a);
      expect(side(diff, "new")).toEqual(b);
    }),
  );
});

test("the same text has no hunks and an empty unified diff", () => {
  expect(hunksOf(lineDiff("a\nb\n", "a\r\nb"))).toEqual([]);
  expect(unifiedDiff("a\n", "a\n")).toBe("");
});

test("far changes are hunks of their own, near ones are one", () => {
  const many = Array.from({ length: 40 }, (_, i) => `line ${String(i)}`);
  const changed = many.map((line, i) => (i === 5 || i === 8 || i === 30 ? `${line}!` : line));
  expect(hunksOf(lineDiff(text(...many), text(...changed))).map((hunk) => hunk.length)).toEqual([12, 8]);
  expect(unifiedDiff(text("a", "b"), text("a", "c"))).toBe("@@ -1,2 +1,2 @@\n a\n-b\n+c");
});

test("two texts that share nothing are compared in no time", () => {
  const lines = (word: string) => Array.from({ length: 6000 }, (_, i) => `${word}${String(i)}`).join("\n");
  expect(lineDiff(lines("a"), lines("b"))).toHaveLength(12_000);
});
