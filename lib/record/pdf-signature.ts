import { derLength } from "#lib/x509/der";
import { must } from "#lib/x509/malformed";
import { nameOf, resolvedArray, resolvedDictionary, stringOf, textOf, type PdfFile } from "./read-pdf";
import type { PdfDictionary, PdfValue } from "./pdf-syntax";

/** The one signature of a record. */
export interface PdfSignature {
  byteRange: readonly number[];
  /** Where the gap of the byte range must be: the string /Contents with its angle brackets. */
  contents: { from: number; to: number };
  /** The CMS and the zeros behind it. */
  padded: Uint8Array;
  /** /M, the time the signer claims; milliseconds. */
  claimedAt: number;
}

const FORM = ["SigFlags", "Fields"];
const FIELD = ["StructParent", "Subtype", "FT", "F", "T", "TU", "V", "P", "AP", "Type", "Rect", "Border", "C"];
const SIGNATURE = ["Type", "Filter", "SubFilter", "ByteRange", "Contents", "M", "Reason"];

/**
 * Finds the signature the way a reader does, through the catalogue and its form. Throws `Malformed` unless there is exactly one
 * field, a signature of the kind PAdES baseline asks for (ETSI EN 319 142-1 clause 6.3), and no other dictionary in the file that
 * could be taken for one.
 */
export function readSignature(pdf: PdfFile): PdfSignature {
  const catalog = resolvedDictionary(pdf, pdf.trailer.entries.get("Root"));
  const form = resolvedDictionary(pdf, catalog.entries.get("AcroForm"));
  onlyKeys(form, FORM, "the form");
  const fields = resolvedArray(pdf, form.entries.get("Fields"));
  must(fields.length === 1, "the form does not have exactly one field");
  const field = resolvedDictionary(pdf, fields[0]);
  onlyKeys(field, FIELD, "the signature field");
  must(nameOf(field.entries.get("FT")) === "Sig", "the field is not for a signature");
  const signature = resolvedDictionary(pdf, field.entries.get("V"));
  onlyKeys(signature, SIGNATURE, "the signature");
  const kind = ["Type", "Filter", "SubFilter"].map((key) => nameOf(signature.entries.get(key))).join(" ");
  must(kind === "Sig Adobe.PPKLite ETSI.CAdES.detached", "the signature is not a PAdES baseline signature");
  must(signatureLikes(pdf) === 1, "the file holds more than one signature");

  const byteRange = signature.entries.get("ByteRange");
  must(Array.isArray(byteRange) && byteRange.every((value) => typeof value === "number"), "the byte range is no row of numbers");
  const contents = stringOf(signature.entries.get("Contents"));
  must(contents.hex, "the signature's content is not in hex");
  return {
    byteRange,
    contents: { from: contents.from, to: contents.to },
    padded: contents.bytes,
    claimedAt: pdfTime(textOf(signature.entries.get("M"))),
  };
}

/** Why the byte range is not everything but the signature's own content, or null. */
export function byteRangeFault({ byteRange, contents }: PdfSignature, { bytes }: PdfFile): string | null {
  const whole = [0, contents.from, contents.to, bytes.length - contents.to];
  if (byteRange.length === whole.length && byteRange.every((value, i) => value === whole[i])) return null;
  return `it says [${byteRange.join(" ")}]; all but the signature itself is [${whole.join(" ")}]`;
}

/** The bytes the seal is over. */
export function sealedBytes({ contents }: PdfSignature, { bytes }: PdfFile): Uint8Array {
  const sealed = new Uint8Array(bytes.length - (contents.to - contents.from));
  sealed.set(bytes.subarray(0, contents.from));
  sealed.set(bytes.subarray(contents.to), contents.from);
  return sealed;
}

/** The CMS; behind it there may be nothing but zeros. */
export function cmsOf({ padded }: PdfSignature): Uint8Array {
  const length = derLength(padded);
  must(padded.subarray(length).every((byte) => byte === 0), "something stands behind the CMS");
  return padded.subarray(0, length);
}

/** Dictionaries that any reader might take for a signature, wherever they are. */
function signatureLikes({ objects }: PdfFile): number {
  let found = 0;
  const visit = (value: PdfValue): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (typeof value !== "object" || value === null || value.kind !== "dictionary") return;
    if (value.entries.has("ByteRange") || ["Sig", "DocTimeStamp"].includes(nameOf(value.entries.get("Type")) ?? "")) found++;
    value.entries.forEach(visit);
  };
  for (const { value } of objects.values()) visit(value);
  return found;
}

function onlyKeys(holder: PdfDictionary, allowed: readonly string[], what: string): void {
  for (const key of holder.entries.keys()) must(allowed.includes(key), `${what} has a key /${key} that does not belong`);
}

export function pdfTime(text: string): number {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  must(match !== null, "the claimed time is not a time in UTC");
  const [, year, month, day, hour, minute, second] = match;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  must(!Number.isNaN(at), "the claimed time does not exist");
  return at;
}

