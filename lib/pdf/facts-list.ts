import { LEADING, STYLE } from "./design";
import type { Rich, Sheet } from "./sheet";
import type { TextStyle } from "./text-lines";

export interface Fact {
  name: string;
  value: Rich;
  measured?: boolean;
}

export interface FactsLayout {
  nameWidth?: number;
  nameStyle?: TextStyle;
  valueStyle?: TextStyle;
  after?: number;
}

/** Names at the left, values beside them; a list to a screen reader. */
export function drawFacts(sheet: Sheet, facts: readonly Fact[], layout: FactsLayout = {}): void {
  const { nameWidth = 112, nameStyle = STYLE.note, valueStyle = STYLE.text, after = 8 } = layout;
  const leading = valueStyle.size * LEADING.text;
  sheet.within("L", () => {
    for (const { name, value, measured } of facts) {
      const style = measured ? { ...STYLE.measured, size: valueStyle.size * 0.86 } : valueStyle;
      const nameLines = sheet.lines(name, nameStyle, nameWidth - 8);
      const valueLines = sheet.lines(value, style, sheet.width - nameWidth);
      sheet.need(Math.max(nameLines.length, Math.min(valueLines.length, 3)) * leading);
      const below = sheet.y + nameLines.length * leading;
      const page = sheet.canvas.page;
      sheet.within("LI", () => {
        const { left, y } = sheet;
        const label = sheet.element("Lbl");
        label.add(() => nameLines.forEach((line, i) => sheet.setLine(line, left, y + i * leading, leading)));
        label.end();
        sheet.indented(nameWidth, () => sheet.flow("LBody", valueLines, { leading }));
      });
      if (page === sheet.canvas.page) sheet.y = Math.max(sheet.y, below);
      sheet.skip(1.5);
    }
  });
  sheet.skip(after);
}
