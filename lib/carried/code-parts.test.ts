import fc from "fast-check";
import decodeQR from "qr/decode.js";
import { describe, expect, test } from "vitest";
import { utf8 } from "#lib/log/digest";
import { codeDrawing } from "./code-modules";
import { codeParts, PartCollector, type Collected } from "./code-parts";

const bytesOf = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 3)) & 255);
const takenAll = (parts: readonly string[], collector = new PartCollector()): Collected =>
  parts.map((part) => collector.take(part)).at(-1) ?? { state: "foreign" };

test("a short text is one code, a long one several, none larger than a projector can show", () => {
  expect(codeParts(bytesOf(100))).toHaveLength(1);
  const parts = codeParts(bytesOf(2000));
  expect(parts).toHaveLength(9);
  // Version 10 has 57 modules a side (ISO/IEC 18004), and four of quiet on either side.
  for (const part of parts) expect(codeDrawing(part).size).toBeLessThanOrEqual(57 + 8);
});

test("nothing at all, and more than 32 codes, are not carried", () => {
  expect(() => codeParts(new Uint8Array())).toThrow(RangeError);
  expect(() => codeParts(bytesOf(8000))).toThrow(RangeError);
});

describe("PartCollector", () => {
  test("parts come together in any order, however often each is seen", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.infiniteStream(fc.nat()), (bytes, chance) => {
        const parts = codeParts(bytes);
        const collector = new PartCollector();
        let last: Collected = { state: "foreign" };
        for (const pick of chance) {
          last = collector.take(parts[pick % parts.length] ?? "");
          if (last.state === "whole") break;
        }
        expect(last).toEqual({ state: "whole", bytes });
      }),
      { numRuns: 30 },
    );
  });

  test("it says which parts it has", () => {
    const parts = codeParts(bytesOf(700));
    const collector = new PartCollector();
    collector.take(parts[2] ?? "");
    expect(collector.take(parts[0] ?? "")).toEqual({ state: "reading", read: [1, 3], parts: parts.length });
  });

  test("a part of another whole begins that one anew", () => {
    const [before, after] = [codeParts(bytesOf(700)), codeParts(bytesOf(701))];
    const collector = new PartCollector();
    collector.take(before[0] ?? "");
    expect(collector.take(after[1] ?? "")).toEqual({ state: "reading", read: [2], parts: after.length });
    expect(takenAll(after, collector)).toEqual({ state: "whole", bytes: bytesOf(701) });
  });

  test("a part that was changed, or put under the name of another whole, is damaged when the whole is there", () => {
    const [mine, other] = [codeParts(bytesOf(700)), codeParts(bytesOf(700).reverse())];
    const head = (part: string) => part.split("/").slice(0, 4).join("/");
    const swapped = [...mine.slice(0, -1), (mine.at(-1) ?? "").replace(head(mine.at(-1) ?? ""), "")];
    swapped[swapped.length - 1] = head(mine.at(-1) ?? "") + (other.at(-1) ?? "").slice(head(other.at(-1) ?? "").length);
    expect(takenAll(swapped)).toEqual({ state: "damaged" });
  });

  test.each([
    "",
    "https://example.org/",
    "CLAVIGER1/1/1/00/AB",
    `CLAVIGER1/2/1/${"0".repeat(32)}/BB8`,
    `CLAVIGER1/0/1/${"0".repeat(32)}/BB8`,
    `CLAVIGER1/1/99/${"0".repeat(32)}/BB8`,
    `CLAVIGER1/1/1/${"0".repeat(32)}/GGW`,
  ])("a code of something else changes nothing: %s", (text) => {
    const parts = codeParts(bytesOf(400));
    const collector = new PartCollector();
    collector.take(parts[0] ?? "");
    expect(collector.take(text)).toEqual({ state: "foreign" });
    expect(collector.take(parts[1] ?? "")).toEqual({ state: "whole", bytes: bytesOf(400) });
  });
});

/** A drawing as a picture of so many pixels a module, as a camera would have it. */
function picture(text: string, scale: number): { width: number; height: number; data: Uint8Array } {
  const { size, path } = codeDrawing(text);
  const side = size * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y, end] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++)
      for (let column = Number(x) * scale; column < (Number(x) + Number(end)) * scale; column++)
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
  }
  return { width: side, height: side, data };
}

test("what is drawn is what an independent reader reads", () => {
  for (const part of codeParts(utf8("The text on screen hashes to the challenge. ".repeat(30))))
    expect(decodeQR(picture(part, 4))).toBe(part);
});
