import { Malformed, must } from "#lib/x509/malformed";
import { ascii, PdfScanner, type PdfDictionary, type PdfValue } from "./pdf-syntax";

export interface PdfObject {
  value: PdfValue;
  /** The bytes of a stream as they are in the file, still compressed. */
  stream: Uint8Array | null;
}

/** A file of the one form the record has. */
export interface PdfFile {
  bytes: Uint8Array;
  objects: ReadonlyMap<number, PdfObject>;
  trailer: PdfDictionary;
}

/** Something stands behind the end of the file the seal was made over, or says that it would. */
export class Appended extends Malformed {}

/** Far more than any record; a file beyond it would only use up the memory of whoever reads it. */
const MOST_BYTES = 64 * 1024 * 1024;
const HEADER = [...Array.from("%PDF-1.7\n%", (char) => char.charCodeAt(0)), 0xff, 0xff, 0xff, 0xff, 0x0a];
const TAIL = /^startxref\n(\d{1,10})\n%%EOF\n$/;
const ENTRY = 20;

/**
 * Reads a PDF of our own making and nothing else: saved once, one classic table of objects, and **every byte belongs to the
 * header, to exactly one object, or to the table and its trailer**. There is no room for a second version of a page, for an
 * object no table names, or for anything behind the end; attacks on signed PDF (incremental saving, wrapping, shadow) need such
 * room. Throws `Appended` or `Malformed`.
 */
export function readPdf(bytes: Uint8Array): PdfFile {
  must(bytes.length <= MOST_BYTES, "PDF: larger than any record is");
  must(HEADER.every((byte, i) => bytes[i] === byte), "PDF: does not begin with the header of PDF 1.7");
  const xref = startOfTable(bytes);
  const scanner = new PdfScanner(bytes, xref);
  scanner.expect("xref\n");
  if (!scanner.take("0 ")) throw new Appended("the last table names only some objects: the file was saved again");
  const count = scanner.unsigned();
  scanner.expect("\n");
  const offsets = readTable(scanner, count);
  scanner.expect("trailer\n");
  const trailer = dictionary(scanner.value());
  scanner.expect("\n");
  const tail = scanner.at;
  const end = TAIL.exec(ascii(bytes.subarray(tail, tail + 64)));
  if (!end || Number(end[1]) !== xref || tail + end[0].length !== bytes.length) throw new Appended("the file goes on behind its end");
  if (trailer.entries.has("Prev") || trailer.entries.has("XRefStm")) throw new Appended("the file was saved again after it was made");
  must([...trailer.entries.keys()].every((key) => ["Size", "Root", "Info", "ID"].includes(key)), "PDF: the trailer says more than it may");
  must(trailer.entries.get("Size") === count, "PDF: the trailer counts other objects than the table");
  return { bytes, objects: readObjects(bytes, offsets, xref), trailer };
}

/** From the file's last lines; anything after them is an addition. */
function startOfTable(bytes: Uint8Array): number {
  const tail = ascii(bytes.subarray(Math.max(0, bytes.length - 64)));
  const at = tail.lastIndexOf("startxref\n");
  const match = at < 0 ? null : TAIL.exec(tail.slice(at));
  if (match) return Number(match[1]);
  if (/startxref\n\d+\n%%EOF\n[^]/.test(ascii(bytes))) throw new Appended("the file goes on behind its end");
  throw new Malformed("PDF: ends before its end");
}

function readTable(scanner: PdfScanner, count: number): Map<number, number> {
  must(count > 1 && scanner.at + count * ENTRY <= scanner.bytes.length, "PDF: the table of objects is longer than the file");
  scanner.expect("0000000000 65535 f \n");
  const offsets = new Map<number, number>();
  for (let number = 1; number < count; number++) {
    const entry = ascii(scanner.bytes.subarray(scanner.at, scanner.at + ENTRY));
    must(/^\d{10} 00000 n \n$/.test(entry), `PDF: object ${number} is freed, or its entry malformed`);
    offsets.set(number, Number(entry.slice(0, 10)));
    scanner.at += ENTRY;
  }
  return offsets;
}

/** Object by object in the order of the file: each begins where the one before ended. */
function readObjects(bytes: Uint8Array, offsets: Map<number, number>, xref: number): Map<number, PdfObject> {
  const objects = new Map<number, PdfObject>();
  let at = HEADER.length;
  for (const [number, offset] of [...offsets].sort(([, a], [, b]) => a - b)) {
    must(offset === at, `PDF: bytes ${at} to ${offset} belong to no object, or to two`);
    const scanner = new PdfScanner(bytes, at);
    objects.set(number, readObject(scanner, number));
    at = scanner.at;
  }
  must(at === xref, `PDF: bytes ${at} to ${xref} belong to no object`);
  return objects;
}

export function readObject(scanner: PdfScanner, number: number): PdfObject {
  scanner.expect(`${number} 0 obj\n`);
  const value = scanner.value();
  scanner.expect("\n");
  let stream: Uint8Array | null = null;
  if (scanner.take("stream\n")) {
    const length = dictionary(value).entries.get("Length");
    must(typeof length === "number" && Number.isInteger(length) && length >= 0, `PDF: stream ${number} without a length`);
    must(scanner.at + length <= scanner.bytes.length, `PDF: stream ${number} is longer than the file`);
    stream = scanner.bytes.subarray(scanner.at, scanner.at + length);
    scanner.at += length;
    scanner.expect("\nendstream\n");
  }
  scanner.expect("endobj\n");
  return { value, stream };
}

export function dictionary(value: PdfValue | undefined): PdfDictionary {
  must(typeof value === "object" && value !== null && "kind" in value && value.kind === "dictionary", "PDF: a dictionary is missing");
  return value;
}

/** The object a reference points to; any other value stands for itself. A reference to nothing is malformed. */
export function resolve(pdf: PdfFile, value: PdfValue | undefined): PdfObject {
  must(value !== undefined, "PDF: a value is missing");
  if (typeof value !== "object" || value === null || !("kind" in value) || value.kind !== "reference") return { value, stream: null };
  const object = pdf.objects.get(value.number);
  must(object !== undefined, `PDF: object ${value.number} does not exist`);
  return object;
}

export const resolvedDictionary = (pdf: PdfFile, value: PdfValue | undefined): PdfDictionary => dictionary(resolve(pdf, value).value);

export function resolvedArray(pdf: PdfFile, value: PdfValue | undefined): PdfValue[] {
  const array = resolve(pdf, value).value;
  must(Array.isArray(array), "PDF: an array is missing");
  return array;
}

export const nameOf = (value: PdfValue | undefined): string | null =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "name" ? value.name : null;

export function stringOf(value: PdfValue | undefined): { bytes: Uint8Array; from: number; to: number; hex: boolean } {
  must(typeof value === "object" && value !== null && "kind" in value && value.kind === "string", "PDF: a string is missing");
  return value;
}

/** A text string: ASCII, or UTF-16BE behind a byte order mark (ISO 32000-1 clause 7.9.2.2). */
export function textOf(value: PdfValue | undefined): string {
  const { bytes } = stringOf(value);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2));
  const text = ascii(bytes);
  must(/^[\x09\x0a\x0d\x20-\x7e]*$/.test(text), "PDF: a text that is neither ASCII nor UTF-16");
  return text;
}

function utf16(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-16be", { fatal: true }).decode(bytes);
  } catch {
    throw new Malformed("PDF: a text with half a character");
  }
}
