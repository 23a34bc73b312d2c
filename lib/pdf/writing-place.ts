import { COLOUR, STYLE } from "./design";
import type { Sheet } from "./sheet";

/** Places to write on by hand. They are decoration to a screen reader; what belongs there is said in words beside them. */

/** A line to write on, in the given column. */
export function drawLine(sheet: Sheet, y: number, from: number, to: number): void {
  sheet.rule(y, { colour: COLOUR.soft, width: 0.5, from, to });
}

/** A box to tick. A box that cannot be ticked is an exception. */
export function drawTickBox(sheet: Sheet, x: number, y: number, size = 9): void {
  sheet.artifact(() => sheet.canvas.rect(x, y, size, size).lineWidth(0.8).strokeColor(COLOUR.ink).stroke());
}

/** A label with a line after it, as wide as the column; the place moves below it. */
export function drawFillIn(
  sheet: Sheet,
  label: string,
  { height = 25, labelWidth = 150 }: { height?: number; labelWidth?: number } = {},
): void {
  sheet.need(height);
  const { left, y, width } = sheet;
  const lines = sheet.lines(label, STYLE.small, labelWidth - 8);
  const leading = STYLE.small.size * 1.3;
  const element = sheet.element("P");
  element.add(() =>
    lines.forEach((line, i) => sheet.setLine(line, left, y + height - leading * (lines.length - i) - 2, leading)),
  );
  element.end();
  drawLine(sheet, y + height - 3, left + labelWidth, left + width);
  sheet.y = y + height;
}

/** A rectangle to write in. */
export function drawFrame(sheet: Sheet, x: number, y: number, width: number, height: number): void {
  sheet.artifact(() => sheet.canvas.rect(x, y, width, height).lineWidth(0.6).strokeColor(COLOUR.soft).stroke());
}
