import { COLOUR, LEADING, MARGIN, STYLE } from "./design";
import type { Rich, Sheet } from "./sheet";
import { widthOf, type TextStyle } from "./text-lines";

const HEADINGS = {
  1: { style: STYLE.h1, before: 0, after: 14, follows: 90 },
  2: { style: STYLE.h2, before: 20, after: 7, follows: 70 },
  3: { style: STYLE.h3, before: 14, after: 4, follows: 44 },
} as const;
export type HeadingLevel = keyof typeof HEADINGS;

/** A heading never stands alone at the foot of a page: `follows` points must fit below it. */
export function drawHeading(sheet: Sheet, level: HeadingLevel, text: string): void {
  const { style, before, after, follows } = HEADINGS[level];
  const leading = style.size * LEADING.tight;
  const lines = sheet.lines(text, style);
  sheet.need(before + lines.length * leading + after + follows);
  if (sheet.y > MARGIN.top) sheet.skip(before);
  sheet.flow(`H${level}`, lines, { leading });
  if (level === 1) sheet.rule(sheet.y + 6, { colour: COLOUR.accent, width: 1.6, to: sheet.left + 34 });
  sheet.skip(after);
}

export interface ParagraphOptions {
  style?: TextStyle;
  leading?: number;
  after?: number;
}

export function drawParagraph(sheet: Sheet, text: Rich, { style = STYLE.text, leading = LEADING.text, after = 5 }: ParagraphOptions = {}): void {
  const lines = sheet.lines(text, style);
  // No single line of a longer paragraph is left behind on a page.
  sheet.need(Math.min(lines.length, 2) * style.size * leading);
  sheet.flow("P", lines, { leading: style.size * leading });
  sheet.skip(after);
}

/** What was read aloud: the serif, larger, with a rule at its side. */
export function drawSpoken(sheet: Sheet, text: string): void {
  const leading = STYLE.spoken.size * LEADING.spoken;
  sheet.skip(4);
  sheet.indented(14, () => {
    const lines = sheet.lines(text, STYLE.spoken);
    sheet.need(Math.min(lines.length, 3) * leading);
    sheet.flow("BlockQuote", lines, { leading, beside: sideRule(sheet, COLOUR.accent) });
  });
  sheet.skip(7);
}

/** The same in another language: smaller, in the same column, without a rule. */
export function drawTranslated(sheet: Sheet, language: string, text: string): void {
  const leading = STYLE.translated.size * LEADING.text;
  inLanguage(sheet, language, () => {
    sheet.indented(14, () => {
      const lines = sheet.lines(text, STYLE.translated);
      sheet.need(Math.min(lines.length, 3) * leading);
      sheet.flow("BlockQuote", lines, { leading });
    });
  });
  sheet.skip(6);
}

/** Everything drawn by `draw` is in that language (PDF/UA-1, 7.2: a change of language is tagged). */
export const inLanguage = (sheet: Sheet, lang: string, draw: () => void): void => {
  sheet.within("Div", draw, { lang });
};

/** A remark that must not be missed: a rule in the given colour at its side, a heading word, the text. */
export function drawCallout(sheet: Sheet, word: string, text: string, colour: string = COLOUR.accent): void {
  const leading = STYLE.text.size * LEADING.text;
  sheet.skip(3);
  sheet.indented(14, () => {
    const lines = sheet.lines([{ text: `${word}  `, face: "done-bold", colour }, text], STYLE.text);
    sheet.need(Math.min(lines.length, 3) * leading);
    sheet.flow("P", lines, { leading, beside: sideRule(sheet, colour) });
  });
  sheet.skip(7);
}

const sideRule = (sheet: Sheet, colour: string) => (top: number, bottom: number) => {
  sheet.canvas.moveTo(sheet.left - 12, top + 1).lineTo(sheet.left - 12, bottom - 1).lineWidth(1.6).strokeColor(colour).stroke();
};

/** What a list is indented by at least, and what is between a mark and its text. */
const [HANG, GAP] = [13, 6];

/** Short lines with a mark before each: a list of what is true. All begin behind the widest mark. */
export function drawList(sheet: Sheet, items: readonly { text: Rich; mark?: string; colour?: string }[], style: TextStyle = STYLE.text): void {
  const leading = style.size * LEADING.text;
  const hang = Math.max(HANG, ...items.map(({ mark = "–" }) => widthOf(mark, style.face, style.size) + GAP));
  sheet.within("L", () => {
    for (const { text, mark = "–", colour = COLOUR.soft } of items) {
      const label = sheet.lines(mark, { ...style, colour }, 40);
      const body = sheet.lines(text, style, sheet.width - hang);
      sheet.need(Math.min(body.length, 2) * leading);
      sheet.within("LI", () => {
        const { left, y } = sheet;
        const lbl = sheet.element("Lbl");
        lbl.add(() => label.forEach((line) => sheet.setLine(line, left, y, leading)));
        lbl.end();
        sheet.indented(hang, () => sheet.flow("LBody", body, { leading }));
      });
      sheet.skip(1.5);
    }
  });
  sheet.skip(5);
}
