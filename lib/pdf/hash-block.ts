import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { STYLE } from "./design";
import type { Sheet } from "./sheet";
import type { Line, TextStyle } from "./text-lines";

const BYTES_A_ROW = 8;
const LEADING = 12.6;
const HEX = { face: "measured", size: 8.4, colour: STYLE.text.colour } as const;
const HEX_WIDTH = 116;
/** The longest pair of words, in the size they are set in. */
const PAIR_WIDTH = 88;
const WORDS_SIZE = 8.7;

/** "9f86 d081 884c 7d65 …" */
export const inFours = (hex: string): string => hex.match(/.{1,4}/g)?.join(" ") ?? "";

/**
 * A hash for comparing across a table: eight bytes a row, at the left as hex in fours, beside it the same bytes in words, one
 * pair of words for each four digits.
 */
export function drawHash(sheet: Sheet, label: string, hash: string): void {
  const bytes = fromHex(hash);
  const words = hashWords(bytes);
  const rows = Math.ceil(bytes.length / BYTES_A_ROW);
  const labelLeading = STYLE.note.size * 1.5;
  sheet.need(labelLeading + rows * LEADING);
  sheet.flow("P", sheet.lines(label, STYLE.note), { leading: labelLeading });
  const element = sheet.element("P");
  const { left, width, y } = sheet;
  const pairWidth = (width - HEX_WIDTH) / (BYTES_A_ROW / 2);
  const wordStyle = { face: "done", size: WORDS_SIZE * Math.min(1, pairWidth / PAIR_WIDTH), colour: STYLE.text.colour } as const;
  element.add(() => {
    for (let row = 0; row < rows; row++) {
      const from = row * BYTES_A_ROW;
      const top = y + row * LEADING;
      set(`${inFours(hash.slice(2 * from, 2 * (from + BYTES_A_ROW)))} `, HEX, left, top);
      for (let at = from; at < Math.min(from + BYTES_A_ROW, bytes.length); at += 2) {
        set(`${words.slice(at, at + 2).join(" ")} `, wordStyle, left + HEX_WIDTH + ((at - from) / 2) * pairWidth, top);
      }
    }
  });
  element.end();
  sheet.y += rows * LEADING + 7;

  function set(text: string, style: TextStyle, x: number, top: number): void {
    const line: Line = { pieces: [{ inline: { ...style, text }, x: 0 }], width: 0 };
    sheet.setLine(line, x, top, LEADING);
  }
}
