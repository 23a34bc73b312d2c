import { ascii, type PdfDictionary, type PdfString, type PdfValue } from "#lib/record/pdf-syntax";
import { nameOf, readPdf, resolve, resolvedArray, resolvedDictionary, textOf, type PdfFile } from "#lib/record/read-pdf";
import { faultsIf, fontFaults, glyphFaults, isDictionary, unpacked } from "./conformance-fonts.under-test";

/**
 * What a file does not keep of PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1), each as "clause: what"; for files of our own
 * making, so that only what pdfkit and we could do wrong is looked at. No judge by others is needed for it; `judges.test.ts` asks
 * those that are installed.
 */
export function conformanceFaults(bytes: Uint8Array): string[] {
  const pdf = readPdf(bytes);
  const catalog = resolvedDictionary(pdf, pdf.trailer.entries.get("Root"));
  const pages = resolvedArray(pdf, resolvedDictionary(pdf, catalog.entries.get("Pages")).entries.get("Kids")).map((kid) => resolvedDictionary(pdf, kid));
  const parents = parentTree(pdf, catalog);
  return [
    ...fileFaults(pdf, catalog),
    ...metadataFaults(pdf, catalog),
    ...attachmentFaults(pdf, catalog),
    ...structureFaults(pdf, catalog),
    ...pages.flatMap((page, i) => contentFaults(pdf, page, parents).map((fault) => `${fault} (page ${String(i + 1)})`)),
    ...pages.flatMap((page) => annotationFaults(pdf, page, parents)),
    ...fontFaults(pdf),
    ...pages.flatMap((page) => glyphFaults(pdf, page, contentOf(pdf, page))),
  ];
}

const entry = (pdf: PdfFile, holder: PdfDictionary, key: string): PdfValue | undefined =>
  holder.entries.has(key) ? resolve(pdf, holder.entries.get(key)).value : undefined;
const dictionaryAt = (pdf: PdfFile, holder: PdfDictionary, key: string): PdfDictionary | null => {
  const value = entry(pdf, holder, key);
  return isDictionary(value) ? value : null;
};
const contentOf = (pdf: PdfFile, page: PdfDictionary): string => ascii(unpacked(resolve(pdf, page.entries.get("Contents"))));
const numberOfReference = (value: PdfValue | undefined): number | null =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "reference" ? value.number : null;

function fileFaults(pdf: PdfFile, catalog: PdfDictionary): string[] {
  const [intent] = catalog.entries.has("OutputIntents") ? resolvedArray(pdf, catalog.entries.get("OutputIntents")) : [];
  const colours = intent === undefined ? null : resolvedDictionary(pdf, intent);
  const profile = colours?.entries.has("DestOutputProfile") ? unpacked(resolve(pdf, colours.entries.get("DestOutputProfile"))) : new Uint8Array();
  const language = entry(pdf, catalog, "Lang");
  return [
    ...faultsIf(!pdf.trailer.entries.has("ID"), "19005-3 6.1.3: the trailer has no ID"),
    ...faultsIf(nameOf(colours?.entries.get("S")) !== "GTS_PDFA1" || ascii(profile.subarray(36, 40)) !== "acsp", "19005-3 6.2.3: no colour profile"),
    ...faultsIf(language === undefined || !/^[a-z]{2,3}(?:-[A-Za-z0-9]+)*$/.test(textOf(language)), "14289-1 7.2: no language"),
    ...faultsIf(dictionaryAt(pdf, catalog, "MarkInfo")?.entries.get("Marked") !== true, "14289-1 7.1: not marked as tagged"),
    ...faultsIf(dictionaryAt(pdf, catalog, "ViewerPreferences")?.entries.get("DisplayDocTitle") !== true, "14289-1 7.1: the title is not shown"),
  ];
}

function metadataFaults(pdf: PdfFile, catalog: PdfDictionary): string[] {
  if (!catalog.entries.has("Metadata")) return ["19005-3 6.6.2.1: no metadata"];
  const metadata = resolve(pdf, catalog.entries.get("Metadata"));
  const xmp = new TextDecoder().decode(metadata.stream ?? new Uint8Array());
  const title = resolve(pdf, resolvedDictionary(pdf, pdf.trailer.entries.get("Info")).entries.get("Title")).value;
  const told = /<dc:title>[^]*?<rdf:li[^>]*>([^]*?)<\/rdf:li>/.exec(xmp)?.[1] ?? "";
  const ends = (pattern: RegExp) => xmp.match(pattern)?.length ?? 0;
  return [
    ...faultsIf(isDictionary(metadata.value) && metadata.value.entries.has("Filter"), "19005-3 6.6.2.1: packed metadata"),
    ...faultsIf(ends(/<(?![?/])[^<>]*[^/]>/g) !== ends(/<\/[^<>]*>/g) || /&(?!(?:amp|lt|gt|quot|apos);)/.test(xmp), "19005-3 6.6.2.1: broken metadata"),
    ...faultsIf(!/<pdfaid:part>3<[^]*<pdfaid:conformance>A</.test(xmp), "19005-3 6.6.4: not marked as PDF/A-3a"),
    ...faultsIf(!xmp.includes("<pdfuaid:part>1<"), "14289-1 5: not marked as PDF/UA-1"),
    ...faultsIf(unescaped(told) !== textOf(title), "19005-3 6.6.3: two titles"),
  ];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescaped = (text: string): string => text.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name] ?? "");

function attachmentFaults(pdf: PdfFile, catalog: PdfDictionary): string[] {
  const files = catalog.entries.has("AF") ? resolvedArray(pdf, catalog.entries.get("AF")) : [];
  const specifications = [...pdf.objects].filter(([, { value }]) => isDictionary(value) && nameOf(value.entries.get("Type")) === "Filespec");
  const unlisted = specifications.filter(([number]) => !files.some((file) => numberOfReference(file) === number));
  return [
    ...faultsIf(unlisted.length > 0, "19005-3 6.8: an embedded file that is not associated"),
    ...specifications.flatMap(([, { value }]) => {
      if (!isDictionary(value)) return [];
      const embedded = dictionaryAt(pdf, value, "EF")?.entries.get("F");
      const about = resolve(pdf, embedded).value;
      const params = isDictionary(about) ? dictionaryAt(pdf, about, "Params") : null;
      const relationship = nameOf(value.entries.get("AFRelationship")) ?? "";
      const checksum = params?.entries.get("CheckSum");
      return [
        ...faultsIf(!["Source", "Data", "Alternative", "Supplement"].includes(relationship), "19005-3 6.8: a file without a relationship"),
        ...faultsIf(!value.entries.has("F") || !value.entries.has("UF"), "19005-3 6.8: a file without both names"),
        ...faultsIf(!isDictionary(about) || !about.entries.has("Subtype"), "19005-3 6.8: a file without a media type"),
        ...faultsIf(!value.entries.has("Desc"), "14289-1 7.11: a file without a description"),
        ...faultsIf(!params?.entries.has("ModDate"), "19005-3 6.8: a file without a date"),
        ...faultsIf(isString(checksum) && checksum.bytes.length !== 16, "32000-1 7.11.4: a checksum that is none"),
      ];
    }),
  ];
}

const isString = (value: PdfValue | undefined): value is PdfString =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "string";

/** The element, or the elements by their marks, that each key of a page or annotation belongs to. */
function parentTree(pdf: PdfFile, catalog: PdfDictionary): ReadonlyMap<number, PdfValue> {
  const root = dictionaryAt(pdf, catalog, "StructTreeRoot");
  const tree = root && dictionaryAt(pdf, root, "ParentTree");
  const numbers = tree?.entries.has("Nums") ? resolvedArray(pdf, tree.entries.get("Nums")) : [];
  return new Map(numbers.flatMap((key, i) => (i % 2 === 0 && typeof key === "number" ? [[key, numbers[i + 1] ?? null] as const] : [])));
}

/** What may stand in what, of the elements that we use (ISO 32000-1 clause 14.8.4). */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  LI: ["L"], Lbl: ["LI"], LBody: ["LI"], TR: ["Table"], TH: ["TR"], TD: ["TR"],
};
const KNOWN = ["Document", "Sect", "Div", "P", "H1", "H2", "H3", "L", "Table", "BlockQuote", "Figure", "Form", ...Object.keys(HOLDERS)];

function structureFaults(pdf: PdfFile, catalog: PdfDictionary): string[] {
  const faults: string[] = [];
  let level = 0;
  const visit = (value: PdfValue | undefined, above: { number: number | null; kind: string }): void => {
    if (Array.isArray(value)) return value.forEach((one) => visit(one, above));
    const number = numberOfReference(value);
    if (number === null) return;
    const element = resolvedDictionary(pdf, value);
    const kind = nameOf(element.entries.get("S")) ?? "";
    const heading = Number(/^H(\d)$/.exec(kind)?.[1] ?? 0);
    faults.push(
      ...faultsIf(!KNOWN.includes(kind), `14289-1 7.1: an element of no known kind (${kind})`),
      ...faultsIf(numberOfReference(element.entries.get("P")) !== above.number, "32000-1 14.7.2: an element whose parent is another"),
      ...faultsIf(HOLDERS[kind]?.includes(above.kind) === false, `14289-1 7.5, 7.6: ${kind} in ${above.kind}`),
      ...faultsIf(kind === "Figure" && !element.entries.has("Alt"), "14289-1 7.3: a figure without a text"),
      ...faultsIf(kind === "TH" && !hasScope(pdf, element), "14289-1 7.5: a head without a scope"),
      ...faultsIf(kind === "Table" && !beginsWithHead(pdf, element), "14289-1 7.5: a table without a head"),
      ...faultsIf(heading > level + 1, "14289-1 7.4.2: a level of heading is left out"),
    );
    if (heading > 0) level = heading;
    visit(entry(pdf, element, "K"), { number, kind });
  };
  const root = catalog.entries.get("StructTreeRoot");
  if (root === undefined) return ["14289-1 7.1: no structure"];
  visit(resolvedDictionary(pdf, root).entries.get("K"), { number: numberOfReference(root), kind: "" });
  return faults;
}

const hasScope = (pdf: PdfFile, head: PdfDictionary): boolean => {
  const attributes = entry(pdf, head, "A");
  return [attributes].flat().some((one) => isDictionary(one) && ["Column", "Row"].includes(nameOf(one.entries.get("Scope")) ?? ""));
};

function beginsWithHead(pdf: PdfFile, table: PdfDictionary): boolean {
  const kinds = (element: PdfDictionary) => [entry(pdf, element, "K")].flat().map((kid) => resolvedDictionary(pdf, kid));
  const cells = kinds(table)[0];
  return cells !== undefined && kinds(cells).every((cell) => nameOf(cell.entries.get("S")) === "TH");
}

/** Everything is in an element or an artifact, and each mark leads to the element that says it holds the mark. */
function contentFaults(pdf: PdfFile, page: PdfDictionary, parents: ReadonlyMap<number, PdfValue>): string[] {
  const faults: string[] = [];
  const key = page.entries.get("StructParents");
  const elements = typeof key === "number" && parents.has(key) ? resolvedArray(pdf, parents.get(key)) : [];
  let depth = 0;
  let marks = 0;
  for (const line of contentOf(pdf, page).replace(/<<\n([^>]*)\n>> BDC/g, "<< $1 >> BDC").split("\n")) {
    const opened = /^\/(\w+) .*(?:BDC|BMC)$/.exec(line);
    const mark = /\/MCID (\d+)/.exec(line)?.[1];
    if (opened) depth++;
    if (line === "EMC") depth--;
    const drawn = / (?:TJ|Tj)$/.test(line) || /^(?:S|f|B)$/.test(line) || / Do$/.test(line);
    faults.push(
      ...faultsIf(drawn && depth !== 1, "14289-1 7.1: drawn outside of elements and artifacts"),
      ...faultsIf(depth < 0 || depth > 1, "14289-1 7.1: an artifact within an element"),
    );
    if (!opened || mark === undefined) continue;
    marks++;
    const element = elements[Number(mark)] === undefined ? null : resolvedDictionary(pdf, elements[Number(mark)]);
    const held = element ? [entry(pdf, element, "K")].flat() : [];
    const names = held.some((kid) => kid === Number(mark) || (isDictionary(kid) && kid.entries.get("MCID") === Number(mark)));
    faults.push(...faultsIf(!names || nameOf(element?.entries.get("S")) !== opened[1], "32000-1 14.7.4: a mark that no element holds"));
  }
  return [
    ...faults,
    ...faultsIf(depth !== 0, "14289-1 7.1: an element that is not closed"),
    ...faultsIf(marks !== elements.length, "32000-1 14.7.4: an element that holds a mark which is not there"),
  ];
}

function annotationFaults(pdf: PdfFile, page: PdfDictionary, parents: ReadonlyMap<number, PdfValue>): string[] {
  if (!page.entries.has("Annots")) return [];
  return [
    ...faultsIf(nameOf(page.entries.get("Tabs")) !== "S", "14289-1 7.18.3: the order of tabs is not that of the structure"),
    ...resolvedArray(pdf, page.entries.get("Annots")).flatMap((reference) => {
      const annotation = resolvedDictionary(pdf, reference);
      const flags = annotation.entries.get("F");
      const key = annotation.entries.get("StructParent");
      const form = typeof key === "number" && parents.has(key) ? resolvedDictionary(pdf, parents.get(key)) : null;
      return [
        ...faultsIf(typeof flags !== "number" || (flags & 0b111) !== 0b100, "19005-3 6.3.2: an annotation that is not printed, or hidden"),
        ...faultsIf(!dictionaryAt(pdf, annotation, "AP")?.entries.has("N"), "19005-3 6.3.3: an annotation without an appearance"),
        ...faultsIf(!annotation.entries.has("TU") && !annotation.entries.has("Contents"), "14289-1 7.18.1: a field without a text"),
        ...faultsIf(nameOf(form?.entries.get("S")) !== "Form", "14289-1 7.18.4: a field outside of a form"),
      ];
    }),
  ];
}
