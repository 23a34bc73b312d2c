import type { StructureElement } from "./canvas";
import { COLOUR, LEADING, MARGIN, STYLE } from "./design";
import { inlines, type Rich, type Sheet } from "./sheet";
import { linesOf, type Line, type TextStyle } from "./text-lines";

export interface Column {
  head: string;
  /** Share of the width. */
  share: number;
  style?: TextStyle;
}

const PAD = { x: 8, y: 4.5 } as const;
const HEAD = 18;

interface SetCell {
  x: number;
  lines: Line[];
}

/** A table with hairlines, its head repeated on every page; a row is broken only when it is taller than a page. */
export function drawTable(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly Rich[])[]): void {
  const shares = columns.reduce((sum, column) => sum + column.share, 0);
  const widths = columns.map((column) => (column.share / shares) * sheet.width);
  const lefts = widths.map((_, i) => sheet.left + widths.slice(0, i).reduce((sum, width) => sum + width, 0));
  const leadings = columns.map((column) => (column.style ?? STYLE.small).size * LEADING.text);
  const leading = Math.max(...leadings);
  const setRow = (row: readonly Rich[]): SetCell[] =>
    columns.map((column, i) => ({
      x: lefts[i] ?? sheet.left,
      lines: linesOf(inlines(row[i] ?? "", column.style ?? STYLE.small), (widths[i] ?? 0) - PAD.x),
    }));

  sheet.need(HEAD + (rows[0] ? heightOf(setRow(rows[0]), leading) : 0));
  sheet.within("Table", () => {
    sheet.within("TR", () => drawHead((draw) => {
      const th = sheet.element("TH", { scope: "Column" });
      th.add(draw);
      th.end();
    }));
    for (const row of rows) drawRow(setRow(row));
  });
  sheet.skip(12);

  function drawHead(cell: (draw: () => void) => void): void {
    columns.forEach((column, i) => {
      const line = linesOf(inlines(column.head, STYLE.label), Infinity)[0];
      cell(() => line && sheet.setLine(line, lefts[i] ?? sheet.left, sheet.y, HEAD - 4));
    });
    sheet.y += HEAD;
    sheet.rule(sheet.y - 2, { colour: COLOUR.ink, width: 0.7 });
  }

  function repeatHead(): void {
    sheet.newPage();
    drawHead((draw) => sheet.artifact(draw, "Pagination"));
  }

  function drawRow(cells: SetCell[]): void {
    const height = heightOf(cells, leading);
    const fitsOnPage = height <= pageRoom(sheet);
    if (height > sheet.room && (fitsOnPage || sheet.room < 4 * leading)) repeatHead();
    sheet.within("TR", () => {
      const elements = cells.map(() => sheet.element("TD"));
      let from = 0;
      for (const rowLines = Math.max(...cells.map((cell) => cell.lines.length)); from < rowLines; ) {
        if (from > 0) repeatHead();
        const count = Math.min(rowLines - from, Math.floor((sheet.room - 2 * PAD.y) / leading));
        drawPart(cells, elements, from, count);
        from += count;
      }
      for (const element of elements) element.end();
    });
  }

  function drawPart(cells: SetCell[], elements: StructureElement[], from: number, count: number): void {
    const top = sheet.y + PAD.y;
    cells.forEach((cell, i) => {
      const lines = cell.lines.slice(from, from + count);
      elements[i]?.add(() => lines.forEach((line, n) => sheet.setLine(line, cell.x, top + n * leading, leading)));
    });
    sheet.y = top + count * leading + PAD.y;
    sheet.rule(sheet.y, { colour: COLOUR.hairline, width: 0.5 });
  }
}

const heightOf = (cells: SetCell[], leading: number) => Math.max(...cells.map((cell) => cell.lines.length)) * leading + 2 * PAD.y;

/** What a fresh page holds below a repeated head. */
const pageRoom = (sheet: Sheet) => sheet.y + sheet.room - MARGIN.top - HEAD;
