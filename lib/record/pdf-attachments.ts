import { must } from "#lib/x509/malformed";
import { dictionary, nameOf, resolve, resolvedArray, resolvedDictionary, textOf, type PdfFile } from "./read-pdf";
import type { PdfValue } from "./pdf-syntax";

export interface PdfAttachment {
  name: string;
  mime: string;
  description: string;
  relationship: string;
  bytes: Uint8Array;
}

/** Undoes zlib compression (RFC 1950). A port: Node and browsers bring their own. Rejects when the bytes are not zlib. */
export type Inflate = (compressed: Uint8Array) => Promise<Uint8Array>;

/** The same, until it has given so many bytes altogether; then it rejects: a small file can be made to unpack to any size. */
export function inflateAtMost(most: number, inflate: Inflate): Inflate {
  let left = most;
  return async (compressed) => {
    if (left < 0) throw new RangeError("unpacked, the file is larger than any record is");
    const bytes = await inflate(compressed);
    left -= bytes.length;
    if (left < 0) throw new RangeError("unpacked, the file is larger than any record is");
    return bytes;
  };
}

/** More than any record or edition carries; many would only use up the memory of whoever reads them. */
const MOST_ATTACHMENTS = 16;

/**
 * The attached files by name. Throws `Malformed` when a reader could be shown others: the catalogue's list of associated files
 * and the tree of names must speak of the same ones, and each must be as long as it says.
 */
export async function readAttachments(pdf: PdfFile, inflate: Inflate): Promise<ReadonlyMap<string, PdfAttachment>> {
  const attachments = new Map<string, PdfAttachment>();
  for (const [name, filespec] of attachmentsNamed(pdf)) attachments.set(name, await readFilespec(pdf, name, filespec, inflate));
  return attachments;
}

/** What is attached under which name, with nothing unpacked yet. Throws `Malformed` as `readAttachments` does. */
export function attachmentsNamed(pdf: PdfFile): ReadonlyMap<string, PdfValue> {
  const catalog = resolvedDictionary(pdf, pdf.trailer.entries.get("Root"));
  const named = new Map<string, PdfValue>();
  if (!catalog.entries.has("AF")) return named;
  const associated = resolvedArray(pdf, catalog.entries.get("AF"));
  const names = resolvedDictionary(pdf, catalog.entries.get("Names"));
  const tree = resolvedDictionary(pdf, names.entries.get("EmbeddedFiles"));
  const pairs = resolvedArray(pdf, tree.entries.get("Names"));
  must(associated.length <= MOST_ATTACHMENTS, "there are more attachments than any record has");
  must(!tree.entries.has("Kids") && pairs.length === 2 * associated.length, "the lists of attachments differ");
  for (let i = 0; i < pairs.length; i += 2) {
    const name = textOf(pairs[i]);
    const filespec = pairs[i + 1];
    must(filespec !== undefined && associated.some((one) => sameReference(one, filespec)), "the lists of attachments differ");
    must(!named.has(name), `two attachments are called ${name}`);
    named.set(name, filespec);
  }
  return named;
}

async function readFilespec(pdf: PdfFile, name: string, value: PdfValue, inflate: Inflate): Promise<PdfAttachment> {
  const { entries } = resolvedDictionary(pdf, value);
  must(textOf(entries.get("F")) === name && textOf(entries.get("UF")) === name, `attachment ${name} has two names`);
  const file = dictionary(entries.get("EF"));
  must(file.entries.size === 1, `attachment ${name} has several forms`);
  const embedded = resolve(pdf, file.entries.get("F"));
  const about = dictionary(embedded.value).entries;
  must(embedded.stream !== null, `attachment ${name} is empty`);
  const filter = about.get("Filter");
  must(filter === undefined || nameOf(filter) === "FlateDecode", `attachment ${name} is packed in an unknown way`);
  must(!about.has("DecodeParms") && !about.has("F"), `attachment ${name} is packed in an unknown way`);
  const bytes = filter === undefined ? embedded.stream : await inflate(embedded.stream).catch(() => null);
  must(bytes !== null && dictionary(about.get("Params")).entries.get("Size") === bytes.length, `attachment ${name} is damaged`);
  return {
    name,
    mime: nameOf(about.get("Subtype")) ?? "",
    description: entries.has("Desc") ? textOf(entries.get("Desc")) : "",
    relationship: nameOf(entries.get("AFRelationship")) ?? "",
    bytes,
  };
}

const sameReference = (a: PdfValue | undefined, b: PdfValue | undefined): boolean =>
  typeof a === "object" && a !== null && "kind" in a && a.kind === "reference"
  && typeof b === "object" && b !== null && "kind" in b && b.kind === "reference" && a.number === b.number;
