import { expect, test } from "vitest";
import { runsOf } from "./text-runs";
import { GlyphFault } from "./typefaces";

const shown = (text: string) => runsOf(text, "done").map((run) => [run.typeface, run.text]);

test("plain text is one run in the voice's own typeface", () => {
  expect(shown("Step 1 – Opening")).toEqual([["done", "Step 1 – Opening"]]);
});
test("a character the voice has not comes from the first typeface that has it", () => {
  expect(shown("佐藤 (witness)")).toEqual([["japanese", "佐藤 "], ["done", "(witness)"]]);
});
test("Hebrew and Arabic run from right to left, as one run each", () => {
  expect(runsOf("שרה כהן", "done")).toEqual([{ text: "שרה כהן", typeface: "hebrew", whole: true }]);
});
test("in a line with both, the words from right to left keep their place, and what is among them is turned round", () => {
  // Logical order: latin, arabic, digits, arabic, latin. On paper the second arabic word stands left of the digits.
  expect(shown("a محمد 12 عبد b").map(([, text]) => text?.trim()).filter((text) => text !== "")).toEqual(["a", "عبد", "12", "محمد", "b"]);
});
test("the same text written in two ways is drawn as one", () => {
  expect(runsOf("e\u0301", "done")).toEqual(runsOf("é", "done"));
});
test("a character that no typeface has is a fault that names it", () => {
  expect(() => runsOf("a\u202eb", "done")).toThrow(GlyphFault);
  expect(() => runsOf("a\u202eb", "done")).toThrow("U+202E");
});
