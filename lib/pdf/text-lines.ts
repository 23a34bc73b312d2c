import { runsOf, type Run } from "./text-runs";
import { typeface, type Face } from "./typefaces";

export interface TextStyle {
  face: Face;
  size: number;
  colour: string;
}
/** Text in one style. A paragraph is a row of them. */
export interface Inline extends TextStyle {
  text: string;
}
/** What stands on one line, from left to right. */
export interface Line {
  pieces: { inline: Inline; x: number }[];
  width: number;
}

const MAX_REMEMBERED = 20_000;
const advances = new Map<string, number>();

/** Width of the text on one line, in points. */
export const widthOf = (text: string, face: Face, size: number): number =>
  runsOf(text, face).reduce((width, run) => width + widthOfRun(run, size), 0);

export function widthOfRun(run: Run, size: number): number {
  const words = run.whole ? [run.text] : run.text.split(/(?<= )/);
  return words.reduce((sum, word) => sum + wordAdvance(word, run), 0) * size;
}

/** In ems. Measured word by word, as pdfkit sets it, so that the same words need not be shaped twice. */
function wordAdvance(word: string, run: Run): number {
  const key = `${run.typeface}\n${word}`;
  let advance = advances.get(key);
  if (advance === undefined) {
    if (advances.size > MAX_REMEMBERED) advances.clear();
    const font = typeface(run.typeface);
    advance = font.layout(word).advanceWidth / font.unitsPerEm;
    advances.set(key, advance);
  }
  return advance;
}

/** A word with the space after it, one ideograph, or the end of a line. */
const TOKENS = /\n|[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]*[ \u00a0]*/gu;

/**
 * Breaks the text into lines no wider than `width`: at spaces, between ideographs, at line feeds, and inside a word only when
 * the word alone is too wide. The space at a break stays at the line's end, so that whoever extracts the text gets two words.
 */
export function linesOf(inlines: readonly Inline[], width: number): Line[] {
  const lines: Line[] = [];
  let line: Line = { pieces: [], width: 0 };
  const endLine = () => {
    settle(line);
    lines.push(line);
    line = { pieces: [], width: 0 };
  };
  for (const inline of inlines) {
    for (const token of inline.text.match(TOKENS) ?? []) {
      if (token === "\n") endLine();
      else if (token !== "") place(token, inline);
    }
  }
  endLine();
  return lines;

  function place(token: string, inline: Inline): void {
    const { face, size } = inline;
    const visible = widthOf(token.trimEnd(), face, size);
    if (line.width + visible <= width) append(token, inline);
    else if (line.pieces.length > 0) {
      endLine();
      place(token, inline);
    } else breakWord(token, inline);
  }

  function breakWord(token: string, inline: Inline): void {
    const chars = [...token];
    let count = 0;
    for (let sum = 0; count < chars.length; count++) {
      sum += widthOf(chars[count] ?? "", inline.face, inline.size);
      if (sum > width && count > 0) break;
    }
    append(chars.slice(0, count).join(""), inline);
    if (count >= chars.length) return;
    endLine();
    place(chars.slice(count).join(""), inline);
  }

  function append(token: string, inline: Inline): void {
    const last = line.pieces.at(-1);
    const advance = widthOf(token, inline.face, inline.size);
    // One piece per style and line: joined words are set, and shaped, together.
    if (last && sameStyle(last.inline, inline)) last.inline = { ...last.inline, text: last.inline.text + token };
    else line.pieces.push({ inline: { ...inline, text: token }, x: line.width });
    line.width += advance;
  }
}

/** Words that were joined may be wider or narrower than they were alone, where letters join or spaces change their typeface. */
function settle(line: Line): void {
  line.width = 0;
  for (const piece of line.pieces) {
    piece.x = line.width;
    line.width += widthOf(piece.inline.text, piece.inline.face, piece.inline.size);
  }
}

const sameStyle = (a: TextStyle, b: TextStyle) => a.face === b.face && a.size === b.size && a.colour === b.colour;
