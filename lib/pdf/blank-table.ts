import { COLOUR, STYLE } from "./design";
import type { Sheet } from "./sheet";

export interface BlankColumn {
  readonly head: string;
  /** Share of the width. */
  readonly share: number;
}

const HEAD = 18;

/** A table to be filled in by hand: its heads, and rows of which only the first cells are printed. */
export function drawBlankTable(
  sheet: Sheet,
  columns: readonly BlankColumn[],
  rows: readonly (readonly string[])[],
  rowHeight: number,
): void {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => (share / shares) * sheet.width);
  const lefts = widths.map((_, i) => sheet.left + widths.slice(0, i).reduce((sum, width) => sum + width, 0));
  const right = sheet.left + sheet.width;
  sheet.need(HEAD + rowHeight);
  sheet.within("Table", () => {
    drawHead();
    for (const row of rows) {
      if (sheet.room < heightOf(row)) {
        sheet.newPage();
        drawHead();
      }
      drawRow(row);
    }
  });
  sheet.skip(10);

  function drawHead(): void {
    const { y } = sheet;
    sheet.within("TR", () => columns.forEach(({ head }, i) => drawCell("TH", head, i, y, HEAD - 3)));
    sheet.y = y + HEAD;
    sheet.rule(sheet.y - 1, { colour: COLOUR.ink, width: 0.8 });
  }

  /** Room to write in, and more where what is printed needs it. */
  function heightOf(row: readonly string[]): number {
    const lines = row.map((text, i) => sheet.lines(text, STYLE.small, (widths[i] ?? 0) - 8).length);
    return Math.max(rowHeight, Math.max(...lines, 0) * STYLE.small.size * 1.3 + 8);
  }

  function drawRow(row: readonly string[]): void {
    const { y } = sheet;
    const height = heightOf(row);
    sheet.within("TR", () => columns.forEach((_, i) => drawCell("TD", row[i] ?? "", i, y, height)));
    sheet.y = y + height;
    sheet.rule(sheet.y, { colour: COLOUR.hairline, width: 0.5 });
    for (const left of lefts.slice(1)) verticalRule(sheet, left - 3, y, sheet.y);
    verticalRule(sheet, right, y, sheet.y);
  }

  function drawCell(type: "TH" | "TD", text: string, column: number, top: number, height: number): void {
    const cell = sheet.element(type, type === "TH" ? { scope: "Column" } : undefined);
    const style = type === "TH" ? STYLE.label : STYLE.small;
    const lines = sheet.lines(text, style, (widths[column] ?? 0) - 8);
    const leading = style.size * 1.3;
    cell.add(() =>
      lines.forEach((line, i) =>
        sheet.setLine(line, (lefts[column] ?? 0) + 2, top + (height - lines.length * leading) / 2 + i * leading, leading),
      ),
    );
    cell.end();
  }
}

export function verticalRule(sheet: Sheet, x: number, from: number, to: number): void {
  sheet.artifact(() => sheet.canvas.moveTo(x, from).lineTo(x, to).lineWidth(0.5).strokeColor(COLOUR.hairline).stroke());
}
