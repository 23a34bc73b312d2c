import { expect, test } from "vitest";
import { canDraw } from "./typefaces";

test.each([
  "Maja Lindqvist, Þórður Ægisson, Seán Ó Briain", "Nguyễn Thị Hồng", "Άννα Παππά", "Юлия Ковалёва, Їжак", "محمد بن عبد الله", "שרה כהן",
  "佐藤 美咲、サトウ", "王小龙", "김민수", "राजेश शर्मा", "สมชาย", "Հայկ Գրիգորյան", "ნინო", "✓ ✗ → … – — “quoted” ‘it’s’ № ² ≥ €", "two\nlines",
])("can draw %s", (name) => {
  expect(canDraw(name)).toEqual([]);
});

test.each([
  ["a direction turned round", "Ann\u202etsilaicnaniF", ["U+202E"]],
  ["an invisible space", "An\u200bna", ["U+200B"]],
  ["a control character", "An\u0007na", ["U+0007"]],
  ["a carriage return", "a\r\nb", ["U+000D"]],
  ["half a surrogate pair", "a\ud83d", ["U+D83D"]],
  ["a private character", "\ue000", ["U+E000"]],
  ["a script that would be shaped wrongly", "বাংলা", ["U+09AC", "U+09BE", "U+0982", "U+09B2"]],
])("names the characters of %s", (_, text, missing) => {
  expect(canDraw(text)).toEqual(missing);
});

test("each missing character is named once", () => {
  expect(canDraw("\u0007a\u0007\u0001")).toEqual(["U+0007", "U+0001"]);
});
