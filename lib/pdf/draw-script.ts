import { setImmediate as nextTurn } from "node:timers/promises";
import { openDocument, type PdfDocument } from "./document";
import { drawExceptionSheets } from "./exception-sheets";
import { drawAttendance, drawPreparation, drawScriptCover, drawScriptSignatures } from "./script-cover";
import { drawScriptActs } from "./script-steps";
import type { ScriptPrint } from "./script-print";
import { drawScriptFurniture, PrintedPages, SCRIPT_BODY } from "./script-furniture";

/**
 * The script for the table, drawn from the script alone: cover, who is here, every step with room for initials and time,
 * signatures, five numbered exception sheets; so many numbered copies, every page with the script's hash in hex and in words.
 * The same print gives the same bytes. Throws a `GlyphFault` for text that no typeface can set.
 */
export async function drawScript(print: ScriptPrint): Promise<Uint8Array> {
  const { script, hash, copies, occasion, printed } = print;
  const pages = new PrintedPages();
  const doc = openDocument({
    title: `${script.title}, edition ${String(script.edition)} – script for the table`,
    subject: `Script ${script.script}, edition ${String(script.edition)}, SHA-256 ${hash}${occasion ? `, for ceremony ${occasion.id}` : ""}`,
    author: "Claviger",
    keywords: "key ceremony, script, HSM",
    language: "en",
    created: printed,
    onPage: (sheet) => pages.begin(sheet),
    running: (sheet) => drawScriptFurniture(sheet, pages, print),
    bottom: SCRIPT_BODY.bottom,
  });
  doc.sheet.left = SCRIPT_BODY.left;
  doc.sheet.width = SCRIPT_BODY.width;
  for (let copy = 1; copy <= copies; copy++) {
    drawCopy(doc, pages, print, copy);
    // A server that draws many copies goes on answering others.
    await nextTurn();
  }
  return doc.finish();
}

function drawCopy(doc: PdfDocument, pages: PrintedPages, print: ScriptPrint, copy: number): void {
  const { script, copies } = print;
  pages.copy = copy;
  pages.step = null;
  doc.sheet.newPage();
  doc.chapter(copies === 1 ? script.title : `Copy ${String(copy)} of ${String(copies)}`, () => {
    drawScriptCover(doc, print, copy);
    drawAttendance(doc, print);
    drawPreparation(doc, print);
    drawScriptActs(doc, pages, print);
    drawScriptSignatures(doc, print);
    pages.step = null;
    drawExceptionSheets(doc);
  });
}
