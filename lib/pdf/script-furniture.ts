import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { PAGE } from "./canvas";
import { COLOUR, STYLE } from "./design";
import type { ScriptPrint } from "./script-print";
import { inFours } from "./hash-block";
import { clipped } from "./page-furniture";
import { drawRunningQrCode } from "./qr-code";
import type { Sheet } from "./sheet";
import { widthOf, type Line, type TextStyle } from "./text-lines";

const SIDE = 50;
const FOOT = PAGE.height - 92;
/** Wider and shorter than the record's: the foot of each page carries the hash in words and a QR code. */
export const SCRIPT_BODY = { left: SIDE, width: PAGE.width - 2 * SIDE, top: 78, bottom: FOOT - 10 } as const;
const RIGHT = PAGE.width - SIDE;
const QR = 58;
const WORDS = { face: "done", size: 6.9, colour: COLOUR.ink } as const;
const COPY = { face: "done-bold", size: 9.4, colour: COLOUR.ink } as const;

/** What each page is: of which copy, and with which step it begins. Filled while the pages are drawn. */
export class PrintedPages {
  copy = 1;
  /** The step that is being drawn: what a page that begins now begins with. */
  step: string | null = null;
  readonly all: { readonly copy: number; step: string | null }[] = [];
  /** Drawn at the head of the column of every page that begins: the head of a table that goes on. */
  carry: ((sheet: Sheet) => void) | null = null;

  begin(sheet: Sheet): void {
    this.all.push({ copy: this.copy, step: this.step });
    sheet.y = SCRIPT_BODY.top;
    this.carry?.(sheet);
  }

  /** A step is begun: the page shows the way to the first one on it. */
  beginStep(step: string): void {
    this.step = step;
    const page = this.all.at(-1);
    if (page?.step === null) page.step = step;
  }
}

/** Head and foot of every page; called when it is known how many pages each copy has. */
export function drawScriptFurniture(sheet: Sheet, { all }: PrintedPages, print: ScriptPrint): void {
  const { script, hash, copies, address, occasion } = print;
  const { start } = sheet.canvas.bufferedPageRange();
  const words = hashWords(fromHex(hash));
  const head = `${script.title} · edition ${String(script.edition)}${occasion ? ` · ${occasion.title}` : ""}`;
  all.forEach(({ copy, step }, i) => {
    const own = all.filter((page) => page.copy === copy);
    const number = i - all.findIndex((page) => page.copy === copy) + 1;
    sheet.canvas.switchToPage(start + i);
    const copyText = `Copy ${String(copy)} of ${String(copies)}`;
    const room = SCRIPT_BODY.width - widthOf(copyText, COPY.face, COPY.size) - 20;
    set(sheet, clipped(head, STYLE.running, room), STYLE.running, SIDE, 40);
    set(sheet, copyText, COPY, RIGHT - widthOf(copyText, COPY.face, COPY.size), 39);
    sheet.rule(56, { colour: COLOUR.ink, width: 0.7, from: SIDE, to: RIGHT });

    sheet.rule(FOOT, { colour: COLOUR.ink, width: 0.7, from: SIDE, to: RIGHT });
    set(sheet, "SHA-256 of the script", STYLE.label, SIDE, FOOT + 6);
    set(sheet, inFours(hash), { ...STYLE.runningHash, colour: COLOUR.ink }, SIDE, FOOT + 18);
    // Never under the code: the longest words of the list take three lines.
    const lines = sheet.lines(words.join(" "), WORDS, SCRIPT_BODY.width - QR - 10);
    sheet.artifact(() => lines.forEach((line, n) => sheet.setLine(line, SIDE, FOOT + 29 + n * 8.6, 9)), "Pagination");
    set(
      sheet,
      `Page ${String(number)} of ${String(own.length)}${step === null ? "" : ` · the code leads to step ${step}`}`,
      STYLE.running,
      SIDE,
      FOOT + 57,
    );
    drawRunningQrCode(sheet, address(step), RIGHT - QR, FOOT + 7, QR);
  });
}

function set(sheet: Sheet, text: string, style: TextStyle, x: number, top: number): void {
  const line: Line = { pieces: [{ inline: { ...style, text }, x: 0 }], width: 0 };
  sheet.artifact(() => sheet.setLine(line, x, top, 11), "Pagination");
}
