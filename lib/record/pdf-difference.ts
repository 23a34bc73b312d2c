import { sameBytes } from "../log/digest";
import type { Inflate } from "./pdf-attachments";
import type { PdfDictionary, PdfValue } from "./pdf-syntax";
import { printedText } from "./printed-text";
import { nameOf, resolvedArray, resolvedDictionary, type PdfFile, type PdfObject } from "./read-pdf";

/**
 * In what two files of our own form differ, first by what people read; null where they are the same but for the signature and for how
 * streams are packed, which is not the same with every compressor. Throws `Malformed` for pages that are none of ours.
 */
export async function pdfDifference(sealed: PdfFile, drawn: PdfFile, inflate: Inflate): Promise<string | null> {
  const differing = await differingObject(sealed, drawn, inflate);
  if (differing === null) return sameValue(sealed.trailer, drawn.trailer) ? null : "the file names itself otherwise";
  return (await differingPage(sealed, drawn, inflate)) ?? `${placeOf(sealed, differing)} differs`;
}

/** What people read there, beside what the transcript makes of it. */
async function differingPage(sealed: PdfFile, drawn: PdfFile, inflate: Inflate): Promise<string | null> {
  const [there, here] = [await printedText(sealed, inflate), await printedText(drawn, inflate)];
  const page = there.findIndex((text, i) => text !== here[i]);
  if (page < 0) return there.length === here.length ? null : `there are ${String(there.length)} pages, and the transcript makes ${String(here.length)}`;
  const [printed, made] = [there[page] ?? "", here[page] ?? ""];
  let at = 0;
  while (at < printed.length && printed[at] === made[at]) at++;
  const excerpt = (text: string) => (text === "" ? "nothing" : `“${text.slice(Math.max(0, at - 12), at + 24)}”`);
  return `page ${String(page + 1)} prints ${excerpt(printed)} where the transcript makes ${excerpt(made)}`;
}

async function differingObject(sealed: PdfFile, drawn: PdfFile, inflate: Inflate): Promise<number | null> {
  for (const number of new Set([...sealed.objects.keys(), ...drawn.objects.keys()])) {
    const [there, here] = [sealed.objects.get(number), drawn.objects.get(number)];
    if (!there || !here || !(await sameObject(there, here, inflate))) return number;
  }
  return null;
}

async function sameObject(there: PdfObject, here: PdfObject, inflate: Inflate): Promise<boolean> {
  if (!there.stream || !here.stream) return there.stream === here.stream && sameValue(there.value, here.value);
  const packed = sameBytes(there.stream, here.stream);
  if (!sameValue(there.value, here.value, packed ? [] : ["Length"])) return false;
  const filter = (there.value as PdfDictionary).entries.get("Filter");
  return packed || (nameOf(filter) === "FlateDecode" && sameBytes(await inflate(there.stream), await inflate(here.stream)));
}

/** What is filled in when the seal is made: nothing of it is drawn. */
const OF_THE_SEAL = ["ByteRange", "Contents"];

function sameValue(a: PdfValue | undefined, b: PdfValue | undefined, passed: readonly string[] = []): boolean {
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, i) => sameValue(one, b[i]));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(b)) return a === b;
  if (a.kind === "name") return b.kind === "name" && a.name === b.name;
  if (a.kind === "reference") return b.kind === "reference" && a.number === b.number;
  if (a.kind === "string") return b.kind === "string" && a.hex === b.hex && sameBytes(a.bytes, b.bytes);
  if (b.kind !== "dictionary" || a.entries.size !== b.entries.size) return false;
  const isSeal = nameOf(a.entries.get("Type")) === "Sig" && nameOf(b.entries.get("Type")) === "Sig";
  return [...a.entries].every(([key, value]) => {
    if (!b.entries.has(key)) return false;
    return passed.includes(key) || (isSeal && OF_THE_SEAL.includes(key)) || sameValue(value, b.entries.get(key));
  });
}

/** Where somebody would look for it. */
function placeOf(pdf: PdfFile, number: number): string {
  const catalog = resolvedDictionary(pdf, pdf.trailer.entries.get("Root"));
  const pages = resolvedArray(pdf, resolvedDictionary(pdf, catalog.entries.get("Pages")).entries.get("Kids"));
  const page = pages.findIndex((one) => [one, ...resolvedDictionary(pdf, one).entries.values()].some((value) => isReferenceTo(value, number)));
  return page < 0 ? `object ${String(number)}` : `how page ${String(page + 1)} is drawn`;
}

const isReferenceTo = (value: PdfValue, number: number): boolean =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "reference" && value.number === number;
