import { create, type Font, type Glyph } from "fontkit";
import { readFileSync } from "node:fs";

/**
 * The three voices: *spoken* (what is read aloud and signed) in a serif, *done* (everything else) in a sans, *measured*
 * (hashes, serials, times) in a mono whose 0/O and 1/l differ. Each with the weights the record uses.
 */
export type Face =
  | "spoken" | "spoken-italic" | "spoken-bold"
  | "done" | "done-italic" | "done-bold"
  | "measured" | "measured-bold";

type FallBack = "arabic" | "hebrew" | "devanagari" | "thai" | "japanese" | "everything-else";
export type Typeface = Face | FallBack;

const GOOGLE = "@expo-google-fonts";
const FILES: Record<Typeface, string> = {
  spoken: `${GOOGLE}/source-serif-4/400Regular/SourceSerif4_400Regular.ttf`,
  "spoken-italic": `${GOOGLE}/source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf`,
  "spoken-bold": `${GOOGLE}/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf`,
  done: `${GOOGLE}/source-sans-3/400Regular/SourceSans3_400Regular.ttf`,
  "done-italic": `${GOOGLE}/source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf`,
  "done-bold": `${GOOGLE}/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf`,
  measured: `${GOOGLE}/jetbrains-mono/400Regular/JetBrainsMono_400Regular.ttf`,
  "measured-bold": `${GOOGLE}/jetbrains-mono/600SemiBold/JetBrainsMono_600SemiBold.ttf`,
  arabic: `${GOOGLE}/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf`,
  hebrew: `${GOOGLE}/noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf`,
  devanagari: `${GOOGLE}/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf`,
  thai: `${GOOGLE}/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf`,
  japanese: `${GOOGLE}/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf`,
  "everything-else": "@fontsource/unifontex/files/unifontex-latin-400-normal.woff",
};
/** The packages that these files come from. */
export const TYPEFACE_PACKAGES: readonly string[] = [...new Set(Object.values(FILES).map((file) => file.split("/").slice(0, 2).join("/")))];
const FALL_BACKS: readonly Typeface[] = ["done", "arabic", "hebrew", "devanagari", "thai", "japanese", "everything-else"];

/** The text holds a character that cannot be set. Ask `canDraw` before text is let into a ceremony. */
export class GlyphFault extends Error {
  override readonly name = "GlyphFault";
  constructor(readonly codePoint: number) {
    super(`no typeface has a glyph for ${unicodeName(codePoint)}`);
  }
}

/** Asked for at run time: a bundler that saw `createRequire` here would take the font files for modules of the app. */
const { resolve } = process.getBuiltinModule("node:module").createRequire(import.meta.url);
const parsed = new Map<Typeface, Font>();

/** The parsed typeface; read once in a process, shared by all documents. */
export function typeface(name: Typeface): Font {
  let font = parsed.get(name);
  if (!font) {
    font = create(readFileSync(resolve(FILES[name]))) as Font;
    rememberingNoDocument(font);
    if (name.startsWith("measured")) withoutLigatures(font);
    parsed.set(name, font);
  }
  return font;
}

/**
 * A parsed typeface keeps each glyph with the characters it was first asked for, by whichever document: a glyph that was first a part of
 * another one (the O of Ö) would stand for no character in the next. Here it is kept by glyph and characters, so that a document is the
 * same whatever was drawn before it.
 */
function rememberingNoDocument(font: Font): void {
  const glyphOf = font.getGlyph.bind(font);
  const glyphs = new Map<string, Glyph>();
  font.getGlyph = (id, characters = []) => {
    const key = `${String(id)} ${characters.join()}`;
    let glyph = glyphs.get(key);
    if (!glyph) {
      const bare = glyphOf(id);
      glyph = characters.length === 0 ? bare : (Reflect.construct(bare.constructor, [id, characters, font]) as Glyph);
      glyphs.set(key, glyph);
    }
    return glyph;
  };
}

/** Measured text is exact: the mono's coding ligatures would draw `0x2` or `->` as one other sign. */
function withoutLigatures(font: Font): void {
  const layout = font.layout.bind(font);
  font.layout = (text) => layout(text, { calt: false, liga: false, clig: false, zero: false });
}

/**
 * Scripts whose letters change shape or order and for which no typeface is here: a name would be drawn wrongly.
 * (Bengali to Sinhala, Lao and Tibetan, Myanmar, Khmer, Mongolian and the neighbours up to Balinese; above the BMP as well.)
 */
const UNSHAPED: readonly (readonly [number, number])[] = [
  [0x0700, 0x08ff], [0x0980, 0x0dff], [0x0e80, 0x0fff], [0x1000, 0x109f], [0x1700, 0x18af], [0x1900, 0x1cff], [0xa800, 0xabff],
];
/** Signs that draw nothing and change how others are read: a name could show as another one (CVE-2021-42574). */
const INVISIBLE: readonly (readonly [number, number])[] = [
  [0x0000, 0x001f], [0x007f, 0x009f], [0x00ad, 0x00ad], [0x061c, 0x061c], [0x200b, 0x200b], [0x200e, 0x200f], [0x2028, 0x202e],
  [0x2060, 0x206f], [0xd800, 0xf8ff], [0xfe00, 0xfe0f], [0xfeff, 0xfeff], [0xfff0, 0xfffb], [0xfffe, 0xffff], [0xe0000, 0x10ffff],
];
const within = (ranges: readonly (readonly [number, number])[], codePoint: number) =>
  ranges.some(([from, to]) => codePoint >= from && codePoint <= to);

const chosen = new Map<string, Typeface | null>();

/** The typeface that draws the character in this voice: the voice's own if it can, else the first fall-back; null if none can. */
export function typefaceFor(codePoint: number, face: Typeface): Typeface | null {
  const key = `${face}${codePoint}`;
  let found = chosen.get(key);
  if (found === undefined) {
    found = within(INVISIBLE, codePoint) ? null
      : [face, ...FALL_BACKS].find((name) => typeface(name).hasGlyphForCodePoint(codePoint)
        && !(name === "everything-else" && within(UNSHAPED, codePoint))) ?? null;
    chosen.set(key, found);
  }
  return found;
}

/**
 * The characters of the text that no record could show, as "U+202E", each once, in order; empty when all can be drawn.
 * A line feed is allowed: it ends a line.
 */
export function canDraw(text: string): string[] {
  const missing = new Set<string>();
  for (const char of text.normalize("NFC")) {
    const codePoint = char.codePointAt(0) ?? 0;
    if (char !== "\n" && typefaceFor(codePoint, "done") === null) missing.add(unicodeName(codePoint));
  }
  return [...missing];
}

const unicodeName = (codePoint: number) => `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
