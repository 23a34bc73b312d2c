import { PAGE, type Canvas } from "./canvas";
import { BODY, COLOUR, MARGIN, STYLE } from "./design";
import { inFours } from "./hash-block";
import type { Sheet } from "./sheet";
import { widthOf, type Line, type TextStyle } from "./text-lines";

/** What every page says about the whole. */
export interface Running {
  /** At the head of every page but the first: left and right. */
  head: readonly [string, string];
  /** At the foot of every page, with its name: the hash of what the document says. */
  hash: { name: string; value: string };
}

const RIGHT = PAGE.width - MARGIN.right;

/** Head, foot and page numbers; called when the number of pages is known. */
export function drawRunning(sheet: Sheet, { head, hash }: Running): void {
  const { canvas } = sheet;
  const { start, count } = canvas.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    canvas.switchToPage(page);
    if (page > start) {
      const room = BODY.width - widthOf(head[1], STYLE.running.face, STYLE.running.size) - 16;
      set(sheet, clipped(head[0], STYLE.running, room), STYLE.running, 44);
      set(sheet, head[1], STYLE.running, 44, "right");
      sheet.rule(60, { colour: COLOUR.hairline, width: 0.5, from: MARGIN.left, to: RIGHT });
    }
    const foot = PAGE.height - 50;
    sheet.rule(foot, { colour: COLOUR.hairline, width: 0.5, from: MARGIN.left, to: RIGHT });
    set(sheet, `${hash.name}  ${inFours(hash.value)}`, STYLE.runningHash, foot + 6);
    set(sheet, `Page ${page - start + 1} of ${count}`, STYLE.running, foot + 6, "right");
  }
}

function set(sheet: Sheet, text: string, style: TextStyle, top: number, align: "left" | "right" = "left"): void {
  const width = widthOf(text, style.face, style.size);
  const line: Line = { pieces: [{ inline: { ...style, text }, x: 0 }], width };
  sheet.artifact(() => sheet.setLine(line, align === "right" ? RIGHT - width : MARGIN.left, top, 11), "Pagination");
}

/** The text, cut with an ellipsis where it is wider than the room. */
export function clipped(text: string, style: TextStyle, room: number): string {
  if (widthOf(text, style.face, style.size) <= room) return text;
  const chars = [...text];
  while (chars.length > 0 && widthOf(`${chars.join("")}…`, style.face, style.size) > room) chars.pop();
  return `${chars.join("")}…`;
}

/** A word across the page under everything else, and a hatched frame at its edge: told from a plain page at a glance. */
export function drawWatermark(sheet: Sheet, word: string): void {
  const { canvas } = sheet;
  const size = 96;
  const width = widthOf(word, "done-bold", size);
  const centre: [number, number] = [PAGE.width / 2, PAGE.height / 2];
  const line: Line = { pieces: [{ inline: { text: word, face: "done-bold", size, colour: COLOUR.rehearsal }, x: 0 }], width };
  sheet.artifact(() => {
    hatchedFrame(canvas);
    canvas.save().rotate(-54, { origin: centre });
    sheet.setLine(line, centre[0] - width / 2, centre[1] - size / 2, size);
    canvas.restore();
  });
}

function hatchedFrame(canvas: Canvas): void {
  const inset = 19;
  canvas.save().dash(2.2, { space: 4.4 }).lineWidth(8).strokeColor("#d9b8b2");
  canvas.rect(inset, inset, PAGE.width - 2 * inset, PAGE.height - 2 * inset).stroke();
  canvas.undash().restore();
}
