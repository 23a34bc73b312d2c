import { PRINTED_SHEETS, printedSheet } from "#lib/ceremony/exception-sheets";
import { COLOUR, LEADING, STYLE } from "./design";
import type { PdfDocument } from "./document";
import { drawBlankTable } from "./blank-table";
import { drawFillIn, drawFrame, drawTickBox } from "./writing-place";

const CLASSES = [
  ["A", "the tool refused"],
  ["B", "procedure"],
  ["C", "surroundings"],
  ["D", "security"],
] as const;

const PARTS = [
  ["What was expected", 82],
  ["What happened", 106],
  ["What was decided and done, and who decided it", 106],
] as const;

/** One page each: numbered, so that a missing one is missed. */
export function drawExceptionSheets(doc: PdfDocument): void {
  for (const number of PRINTED_SHEETS) drawExceptionSheet(doc, printedSheet(number));
}

function drawExceptionSheet(doc: PdfDocument, name: string): void {
  const { sheet } = doc;
  sheet.newPage();
  doc.heading(2, `Exception sheet ${name} of ${String(PRINTED_SHEETS.length)}`);
  doc.paragraph(
    "For anything that is not as scripted, written when it is noticed. A box that cannot be ticked is an exception. " +
      `Nobody is blamed for writing one. Entered on the screen, it gets a number of the room’s, and names ${name}.`,
    { style: STYLE.note, after: 10 },
  );
  drawPair(doc, ["Step", "Time and date noticed"]);
  sheet.skip(8);
  drawClasses(doc);
  for (const [title, height] of PARTS) drawPart(doc, title, height);
  doc.paragraph("Initials of everyone at the table", { style: STYLE.label, after: 2 });
  drawBlankTable(
    sheet,
    Array.from({ length: 6 }, () => ({ head: "", share: 1 })),
    [[], []],
    27,
  );
  drawPair(doc, ["Closed at", "Witness who keeps the sheets"]);
  sheet.skip(9);
  drawTickLine(doc, "Not used. Closed at the end of the ceremony, and shown to the camera.");
}

/** Two places to fill in, side by side. */
function drawPair({ sheet }: PdfDocument, [first, second]: readonly [string, string]): void {
  const { left, width, y } = sheet;
  sheet.width = width / 2 - 12;
  drawFillIn(sheet, first, { labelWidth: 62 });
  sheet.y = y;
  sheet.left = left + width / 2;
  sheet.width = width / 2;
  drawFillIn(sheet, second, { labelWidth: 118 });
  sheet.left = left;
  sheet.width = width;
}

function drawClasses(doc: PdfDocument): void {
  const { sheet } = doc;
  const { left, width, y } = sheet;
  const leading = STYLE.text.size * LEADING.text;
  CLASSES.forEach(([letter, said], i) => {
    const x = left + (i * width) / CLASSES.length;
    drawTickBox(sheet, x, y + 2.5);
    const item = sheet.element("P");
    const line = sheet.lines(
      [{ text: `${letter}  `, face: "done-bold", ...(letter === "D" ? { colour: COLOUR.red } : {}) }, said],
      STYLE.text,
      Infinity,
    )[0];
    item.add(() => line && sheet.setLine(line, x + 14, y, leading));
    item.end();
  });
  sheet.y = y + leading + 10;
}

function drawPart(doc: PdfDocument, title: string, height: number): void {
  const { sheet } = doc;
  doc.paragraph(title, { style: STYLE.label, after: 2 });
  drawFrame(sheet, sheet.left, sheet.y, sheet.width, height - 20);
  sheet.skip(height - 10);
}

/** A box to tick, and what ticking it says. */
export function drawTickLine(doc: PdfDocument, text: string): void {
  const { sheet } = doc;
  const lines = sheet.lines(text, STYLE.text, sheet.width - 18);
  const leading = STYLE.text.size * LEADING.text;
  sheet.need(lines.length * leading);
  drawTickBox(sheet, sheet.left, sheet.y + 2.5);
  sheet.indented(18, () => sheet.flow("P", lines, { leading }));
  sheet.skip(4);
}
