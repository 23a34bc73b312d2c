import { must } from "#lib/x509/malformed";
import type { Inflate } from "./pdf-attachments";
import { ascii } from "./pdf-syntax";
import { dictionary, nameOf, resolve, resolvedArray, resolvedDictionary, type PdfFile, type PdfObject } from "./read-pdf";
import { numberOf } from "./write-revision";

/** A code of a font, four digits of hex, to the characters it shows. */
type Characters = ReadonlyMap<string, string>;

const SET_FONT = String.raw`/(\w+) [\d.]+ Tf`;
const SHOW = String.raw`\[((?:<[0-9a-f]*>|[-\d. ])*)\] TJ`;

/**
 * What stands on the pages, one text a page, as a reader would copy it: through each font's own table of characters. Artifacts
 * (head, foot) included. So that what is printed can be compared with what is attached. Throws `Malformed` for other files than ours.
 */
export async function printedText(pdf: PdfFile, inflate: Inflate): Promise<string[]> {
  const catalog = resolvedDictionary(pdf, pdf.trailer.entries.get("Root"));
  const tree = resolvedDictionary(pdf, catalog.entries.get("Pages"));
  const fonts = new Map<PdfObject, Characters>();
  const texts: string[] = [];
  const kids = resolvedArray(pdf, tree.entries.get("Kids"));
  must(new Set(kids.map(numberOf)).size === kids.length, "PDF: a page stands twice in the list of pages");
  for (const kid of kids) {
    const page = resolvedDictionary(pdf, kid);
    must(nameOf(page.entries.get("Type")) === "Page", "PDF: the pages are not in one list");
    const resources = resolvedDictionary(pdf, page.entries.get("Resources"));
    const named = resources.entries.has("Font") ? resolvedDictionary(pdf, resources.entries.get("Font")).entries : new Map<string, never>();
    const charactersOf = async (name: string): Promise<Characters> => {
      const font = resolve(pdf, named.get(name));
      const known = fonts.get(font) ?? readCharacters(ascii(await unpacked(resolve(pdf, dictionary(font.value).entries.get("ToUnicode")), inflate)));
      fonts.set(font, known);
      return known;
    };
    texts.push(await textOfPage(ascii(await unpacked(resolve(pdf, page.entries.get("Contents")), inflate)), charactersOf));
  }
  return texts;
}

async function textOfPage(content: string, charactersOf: (font: string) => Promise<Characters>): Promise<string> {
  let text = "";
  let characters: Characters = new Map();
  for (const [, font, shown] of content.matchAll(new RegExp(`${SET_FONT}|${SHOW}`, "g"))) {
    if (font !== undefined) characters = await charactersOf(font);
    for (const [, codes = ""] of (shown ?? "").matchAll(/<([0-9a-f]*)>/g)) {
      for (const code of codes.match(/.{4}/g) ?? []) text += characters.get(code) ?? "\ufffd";
    }
  }
  return text;
}

/** A ToUnicode table (ISO 32000-1 clause 9.10.3) of ranges with a list of characters each. */
function readCharacters(table: string): Characters {
  const characters = new Map<string, string>();
  for (const [, first = "", , list = ""] of table.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/g)) {
    let code = parseInt(first, 16);
    // A ligature shows several characters, which pdfkit sets apart with spaces.
    for (const [, units = ""] of list.matchAll(/<([0-9a-f ]*)>/g)) {
      const text = String.fromCharCode(...(units.match(/[0-9a-f]{4}/g) ?? []).map((unit) => parseInt(unit, 16)));
      characters.set((code++).toString(16).padStart(4, "0"), text);
    }
  }
  return characters;
}

async function unpacked({ value, stream }: PdfObject, inflate: Inflate): Promise<Uint8Array> {
  must(stream !== null, "PDF: a stream is missing");
  const filter = dictionary(value).entries.get("Filter");
  must(filter === undefined || nameOf(filter) === "FlateDecode", "PDF: a stream is packed in an unknown way");
  return filter === undefined ? stream : inflate(stream);
}

/** The numbers of the pages, from one, whose foot does not print the hash in groups of four; empty when all do. */
export function pagesWithoutHash(pages: readonly string[], hash: string): number[] {
  const printed = hash.match(/.{1,4}/g)?.join(" ") ?? "";
  return pages.flatMap((page, i) => (page.includes(printed) ? [] : [i + 1]));
}
