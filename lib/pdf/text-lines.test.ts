import { expect, test } from "vitest";
import { linesOf, widthOf, type Inline } from "./text-lines";

const piece = (text: string, rest: Partial<Inline> = {}): Inline => ({ text, face: "done", size: 10, colour: "#000", ...rest });
const texts = (inlines: Inline[], width: number) => linesOf(inlines, width).map((line) => line.pieces.map(({ inline }) => inline.text).join(""));

test("breaks at spaces, and keeps the space at the end of the line", () => {
  expect(texts([piece("one two three")], widthOf("one two", "done", 10) + 0.1)).toEqual(["one two ", "three"]);
});
test("a line feed ends a line, an empty line stays", () => {
  expect(texts([piece("a\n\nb")], 100)).toEqual(["a", "", "b"]);
});
test("breaks a word only when it alone is too wide", () => {
  const lines = texts([piece("ab 0123456789abcdef")], widthOf("01234567", "done", 10));
  expect(lines[0]).toBe("ab ");
  expect(lines.join("")).toBe("ab 0123456789abcdef");
  expect(lines.every((line) => widthOf(line.trimEnd(), "done", 10) <= widthOf("01234567", "done", 10) + 0.01)).toBe(true);
});
test("breaks between ideographs", () => {
  expect(texts([piece("佐藤美咲")], widthOf("佐藤", "done", 10) + 0.1)).toEqual(["佐藤", "美咲"]);
});
test("mixes styles on one line, one piece for each", () => {
  const [line] = linesOf([piece("Maja Lindqvist", { face: "done-bold" }), piece(" approved")], 500);
  expect(line?.pieces.map(({ inline }) => [inline.face, inline.text])).toEqual([["done-bold", "Maja Lindqvist"], ["done", " approved"]]);
  expect(line?.pieces[1]?.x).toBeCloseTo(widthOf("Maja Lindqvist", "done-bold", 10), 6);
});
test("places what follows a name from right to left behind the whole of it", () => {
  const [line] = linesOf([piece("محمد بن عبد الله"), piece(" (custodian)", { face: "done-italic" })], 500);
  expect(line?.pieces[1]?.x).toBeCloseTo(widthOf("محمد بن عبد الله", "done", 10), 6);
});
test("no line is wider than it may be, whatever the text", () => {
  const text = "Юлия Ковалёва 佐藤美咲 محمد بن عبد الله 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  for (const width of [40, 90, 200]) {
    for (const line of linesOf([piece(text)], width)) {
      expect(widthOf(line.pieces.map(({ inline }) => inline.text).join("").trimEnd(), "done", 10)).toBeLessThanOrEqual(width + 1.5);
    }
  }
});
