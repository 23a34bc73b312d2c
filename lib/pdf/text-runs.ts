import bidiFactory from "bidi-js";
import { GlyphFault, typefaceFor, type Face, type Typeface } from "./typefaces";

/** A stretch of one line that one typeface draws in one direction. */
export interface Run {
  text: string;
  typeface: Typeface;
  /** Shape the whole run at once: needed where letters join, change places or run from right to left. */
  whole: boolean;
}

const bidi = bidiFactory();
const PLAIN = /^[\x20-\x7e\u00a0-\u024f\u2010-\u2027\u2030-\u205e]*$/;
const SHAPED: readonly Typeface[] = ["arabic", "hebrew", "devanagari", "thai"];
const MAX_REMEMBERED = 5000;
const remembered = new Map<string, Run[]>();

/**
 * The runs of one line in the order they stand on paper (Unicode bidirectional algorithm, rule L2; the line itself runs from
 * left to right). Throws a `GlyphFault` for a character that no typeface has.
 */
export function runsOf(text: string, face: Face): Run[] {
  const key = `${face}\n${text}`;
  let runs = remembered.get(key);
  if (!runs) {
    if (remembered.size > MAX_REMEMBERED) remembered.clear();
    runs = visualRuns(text.normalize("NFC"), face);
    remembered.set(key, runs);
  }
  return runs;
}

interface LeveledRun extends Run {
  level: number;
}

function visualRuns(text: string, face: Face): Run[] {
  const plain = PLAIN.test(text);
  const levels = plain ? null : bidi.getEmbeddingLevels(text, "ltr").levels;
  const runs: LeveledRun[] = [];
  let at = 0;
  for (const char of text) {
    const level = levels?.[at] ?? 0;
    const previous = runs.at(-1);
    const typeface = typefaceOf(char, face, previous && previous.level === level ? previous.typeface : null);
    if (previous && previous.level === level && previous.typeface === typeface) previous.text += char;
    else runs.push({ text: char, typeface, level, whole: level % 2 === 1 || SHAPED.includes(typeface) });
    at += char.length;
  }
  return inVisualOrder(runs);
}

/** Spaces and combining marks stay with what stands before them, if its typeface has them. */
function typefaceOf(char: string, face: Face, previous: Typeface | null): Typeface {
  const codePoint = char.codePointAt(0) ?? 0;
  const own = typefaceFor(codePoint, face);
  if (own === null) throw new GlyphFault(codePoint);
  const clings = char === " " || /[\p{M}\u200c\u200d]/u.test(char);
  return clings && previous && typefaceFor(codePoint, previous) === previous ? previous : own;
}

/** L2: from the highest level down, turn round every stretch of runs at that level or above. Glyphs in a run are turned by the shaper. */
function inVisualOrder(runs: LeveledRun[]): Run[] {
  const ordered = [...runs];
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level--) {
    for (let from = 0; from < ordered.length; from++) {
      let to = from;
      while (to < ordered.length && (ordered[to]?.level ?? 0) >= level) to++;
      if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = to;
    }
  }
  return ordered.map(({ text, typeface, whole }) => ({ text, typeface, whole }));
}
