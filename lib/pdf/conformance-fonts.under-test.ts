import { inflateSync } from "node:zlib";
import { ascii, type PdfDictionary, type PdfValue } from "#lib/record/pdf-syntax";
import { nameOf, resolve, resolvedArray, resolvedDictionary, type PdfFile, type PdfObject } from "#lib/record/read-pdf";

export const isDictionary = (value: PdfValue | undefined): value is PdfDictionary =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "dictionary";
export const faultsIf = (found: boolean, fault: string): string[] => (found ? [fault] : []);
export const unpacked = ({ stream, value }: PdfObject): Uint8Array =>
  stream && isDictionary(value) && value.entries.has("Filter") ? Uint8Array.from(inflateSync(stream)) : stream ?? new Uint8Array();

/** Every typeface is embedded as a subset, by its glyphs, with the characters they stand for (ISO 19005-3 clause 6.2.11). */
export function fontFaults(pdf: PdfFile): string[] {
  const fonts = [...pdf.objects.values()].flatMap(({ value }) => (isDictionary(value) && nameOf(value.entries.get("Type")) === "Font" ? [value] : []));
  return fonts.flatMap((font) => {
    const kind = nameOf(font.entries.get("Subtype")) ?? "";
    if (kind === "Type0") return faultsIf(nameOf(font.entries.get("Encoding")) !== "Identity-H" || !font.entries.has("ToUnicode"), "19005-3 6.2.11.7: a typeface without characters");
    if (!kind.startsWith("CIDFont")) return ["19005-3 6.2.11.4: a typeface that is not embedded"];
    const descriptor = resolvedDictionary(pdf, font.entries.get("FontDescriptor"));
    const embedded = descriptor.entries.get("FontFile2") ?? descriptor.entries.get("FontFile3");
    return [
      ...faultsIf(embedded === undefined || unpacked(resolve(pdf, embedded)).length === 0, "19005-3 6.2.11.4: a typeface that is not embedded"),
      ...faultsIf(kind === "CIDFontType2" && nameOf(font.entries.get("CIDToGIDMap")) !== "Identity", "19005-3 6.2.11.3: glyphs that are mapped by nobody"),
      ...faultsIf(descriptor.entries.has("CIDSet"), "14289-1 7.21.4.2: a list of glyphs that no reader wants"),
    ];
  });
}

/** No box where a character should be, and each glyph says which characters it shows. */
export function glyphFaults(pdf: PdfFile, page: PdfDictionary, content: string): string[] {
  const resources = resolvedDictionary(pdf, page.entries.get("Resources"));
  const fonts = resources.entries.has("Font") ? resolvedDictionary(pdf, resources.entries.get("Font")).entries : new Map<string, PdfValue>();
  const known = new Map<string, ReadonlySet<number>>();
  const faults: string[] = [];
  let shown: ReadonlySet<number> = new Set();
  for (const [, name, codes] of content.matchAll(/\/(\w+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d. ])*)\] TJ/g)) {
    if (name !== undefined) {
      shown = known.get(name) ?? charactersOf(pdf, fonts.get(name));
      known.set(name, shown);
    }
    for (const [code] of (codes ?? "").replace(/>[-\d. ]*</g, "").matchAll(/[0-9a-f]{4}/g)) {
      const glyph = parseInt(code, 16);
      faults.push(
        ...faultsIf(glyph === 0, "19005-3 6.2.11.8: a box in place of a character"),
        ...faultsIf(!shown.has(glyph), "19005-3 6.2.11.7.2: a glyph without characters"),
      );
    }
  }
  return faults;
}

/** The glyphs for which the typeface's table has characters, none of them forbidden. */
function charactersOf(pdf: PdfFile, reference: PdfValue | undefined): ReadonlySet<number> {
  const font = resolvedDictionary(pdf, reference);
  const [descendant] = resolvedArray(pdf, font.entries.get("DescendantFonts"));
  if (!font.entries.has("ToUnicode") || descendant === undefined) return new Set();
  const table = ascii(unpacked(resolve(pdf, font.entries.get("ToUnicode"))));
  const glyphs = new Set<number>();
  for (const [, first = "", list = ""] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    [...list.matchAll(/<([0-9a-f ]*)>/g)].forEach(([, units = ""], i) => {
      // Empty: part of a letter (the dots of an Arabic one) whose characters another glyph of it has.
      if (!/\b(?:0000|feff|fffe)\b/.test(units)) glyphs.add(parseInt(first, 16) + i);
    });
  }
  return glyphs;
}
