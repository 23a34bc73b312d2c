import { sameBytes } from "#lib/log/digest";
import { derLength } from "#lib/x509/der";
import { concat } from "#lib/x509/der-writer";
import { Malformed, must } from "#lib/x509/malformed";
import { ascii, PdfScanner, type PdfDictionary, type PdfValue } from "./pdf-syntax";
import { dictionary, nameOf, readObject, resolvedArray, resolvedDictionary, stringOf, type PdfFile, type PdfObject } from "./read-pdf";

/** What shows, without asking anybody, that an authority's certificate was good: DER each. */
export interface Evidence {
  /** Of authorities that signed the lists, where no time stamp brings them. */
  certificates: readonly Uint8Array[];
  revocationLists: readonly Uint8Array[];
}

/**
 * One revision behind the seal (PAdES long-term, ETSI EN 319 142-1 clause 5.4.3 and 5.5): evidence in a document security store,
 * and a document time stamp over everything before it and the evidence.
 */
export interface ArchiveRevision extends Evidence {
  token: Uint8Array;
  /** What the time stamp is over: the file to the end of this revision, but for the stamp's own place. */
  stamped: Uint8Array;
}

/** The time stamp has more bytes than its place. */
export class ArchiveFault extends Error {
  override readonly name = "ArchiveFault";
}

/** Room for a token with the chain of a public authority. */
const PLACE = 16_384;
const MOST_REVISIONS = 64;

/** What a further revision builds on. */
interface Ground {
  /** Bytes of the file so far, objects in it, and where its last table of objects is. */
  readonly length: number;
  readonly size: number;
  readonly table: number;
  readonly revisions: number;
  readonly certificates: readonly number[];
  readonly revocationLists: readonly number[];
  readonly fields: readonly PdfValue[];
  readonly first: PdfFile;
}

/** The bytes up to the first end of a file: what was sealed. All of them, when there is no other end before the last. */
export function firstRevision(bytes: Uint8Array): Uint8Array {
  for (let at = bytes.indexOf(PERCENT); at >= 0; at = bytes.indexOf(PERCENT, at + 1)) {
    if (ascii(bytes.subarray(at, at + 6)) !== "%%EOF\n") continue;
    if (/startxref\n\d{1,10}\n$/.test(ascii(bytes.subarray(Math.max(0, at - 24), at)))) return bytes.subarray(0, at + 6);
  }
  return bytes;
}
const PERCENT = 0x25;

/**
 * The revisions behind the first. Strict in the strongest sense: what stands there must be, byte for byte, what `archived` writes
 * for the evidence and the time stamps found in it, so that there is no room for another page, form or action. Throws `Malformed`.
 */
export function readArchive(bytes: Uint8Array, first: PdfFile): ArchiveRevision[] {
  const revisions: ArchiveRevision[] = [];
  if (bytes.length === first.bytes.length) return revisions;
  let ground = firstGround(first);
  while (ground.length < bytes.length) {
    must(revisions.length < MOST_REVISIONS, "the file goes on behind its end, more often than any record does");
    const found = lookThrough(bytes, ground);
    const written = write(ground, found, found.token);
    const end = ground.length + written.bytes.length;
    must(sameBytes(bytes.subarray(ground.length, end), written.bytes), "the file goes on behind its end with something else than an archive time stamp");
    revisions.push({ ...found, stamped: stampedBytes(bytes.subarray(0, end), written.place) });
    ground = written.next;
  }
  return revisions;
}

/**
 * The file with one revision more. `stamp` is asked for a time-stamp token over the bytes it is given; what it throws goes
 * through. Throws an `ArchiveFault` when the token does not fit, and `Malformed` when the file is none that could be archived.
 */
export async function archived(
  file: Uint8Array, first: PdfFile, evidence: Evidence, stamp: (data: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const ground = readArchive(file, first).reduce((before, { token, ...brought }) => write(before, brought, token).next, firstGround(first));
  const empty = write(ground, evidence, new Uint8Array());
  const token = await stamp(stampedBytes(concat([file, empty.bytes]), empty.place));
  if (token.length > PLACE) throw new ArchiveFault(`the time stamp has ${String(token.length)} bytes, its place in the file ${String(PLACE)}`);
  return concat([file, write(ground, evidence, token).bytes]);
}

function firstGround(first: PdfFile): Ground {
  const { bytes, trailer } = first;
  const size = trailer.entries.get("Size");
  const table = /startxref\n(\d+)\n%%EOF\n$/.exec(ascii(bytes.subarray(bytes.length - 64)))?.[1];
  must(typeof size === "number" && table !== undefined, "PDF: the trailer is not one that can be followed");
  const fields = resolvedArray(first, formOf(first).form.entries.get("Fields"));
  return { first, fields, size, table: Number(table), length: bytes.length, revisions: 0, certificates: [], revocationLists: [] };
}

/** What one revision holds, read without trust: whether it is all that it holds is for the writer to say. */
function lookThrough(bytes: Uint8Array, { length }: Ground): Evidence & { token: Uint8Array } {
  const scanner = new PdfScanner(bytes, length);
  const objects = new Map<number, PdfObject>();
  while (!scanner.take("xref\n")) {
    const { at } = scanner;
    const number = scanner.unsigned();
    scanner.at = at;
    must(!objects.has(number), "the file goes on behind its end, and says one thing twice");
    objects.set(number, readObject(scanner, number));
  }
  const only = (type: string): PdfDictionary => {
    const [found, ...more] = [...objects.values()].flatMap(({ value }) => (isOfType(value, type) ? [value] : []));
    must(found !== undefined && more.length === 0, "the file goes on behind its end without one archive time stamp");
    return found;
  };
  const store = only("DSS");
  const streams = (key: string): Uint8Array[] => {
    const listed = store.entries.get(key) ?? [];
    must(Array.isArray(listed), "PDF: an array is missing");
    return listed.flatMap((one) => objects.get(numberOf(one))?.stream ?? []);
  };
  const { bytes: padded } = stringOf(only("DocTimeStamp").entries.get("Contents"));
  must(padded.length === PLACE, "the place of the archive time stamp has another size");
  const token = padded.subarray(0, derLength(padded));
  return { certificates: streams("Certs"), revocationLists: streams("CRLs"), token };
}

const isOfType = (value: PdfValue, type: string): value is PdfDictionary =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "dictionary" && nameOf(value.entries.get("Type")) === type;
function numberOf(value: PdfValue | undefined): number {
  must(typeof value === "object" && value !== null && "kind" in value && value.kind === "reference", "PDF: a reference is missing");
  return value.number;
}

interface Place {
  from: number;
  to: number;
}

/** The one form of a revision: evidence, store, time stamp, its field, form and catalogue; a table and a trailer that lead back. */
function write(ground: Ground, { certificates, revocationLists }: Evidence, token: Uint8Array): { bytes: Uint8Array; place: Place; next: Ground } {
  const { first } = ground;
  const root = numberOf(first.trailer.entries.get("Root"));
  const { catalog, form, number: formNumber } = formOf(first);
  const pieces: Uint8Array[] = [];
  const offsets = new Map<number, number>();
  let at = ground.length;
  let size = ground.size;
  const put = (...parts: readonly (string | Uint8Array)[]): void => {
    for (const part of parts) {
      const bytes = typeof part === "string" ? latin1(part) : part;
      pieces.push(bytes);
      at += bytes.length;
    }
  };
  const object = (number: number, ...parts: readonly (string | Uint8Array)[]): number => {
    offsets.set(number, at);
    put(`${String(number)} 0 obj\n`, ...parts, "\nendobj\n");
    return number;
  };
  const stream = (bytes: Uint8Array): number => object(size++, `<<\n/Length ${String(bytes.length)}\n>>\nstream\n`, bytes, "\nendstream");

  const certs = [...ground.certificates, ...certificates.map(stream)];
  const lists = [...ground.revocationLists, ...revocationLists.map(stream)];
  const listed = (key: string, numbers: readonly number[]) =>
    numbers.length === 0 ? "" : `/${key} [${numbers.map((number) => `${String(number)} 0 R`).join(" ")}]\n`;
  const store = object(size++, `<<\n/Type /DSS\n${listed("Certs", certs)}${listed("CRLs", lists)}>>`);

  const stampNumber = size++;
  const opening = "<<\n/Type /DocTimeStamp\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.RFC3161\n/Contents ";
  const from = at + `${String(stampNumber)} 0 obj\n`.length + opening.length;
  const place: Place = { from, to: from + 2 * PLACE + 2 };
  // The length behind the stamp is not known yet: it is written with room, and filled in below.
  object(stampNumber, opening, `<${hexOf(token)}>`, "\n/ByteRange [0 ", ...[from, place.to].map((one) => `${String(one)} `), LENGTH_BEHIND, "]\n>>");
  const field = object(size++, "<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/F 132\n", `/T (ArchiveStamp${String(ground.revisions + 1)})\n`,
    "/TU (Time stamp over the record and all before it)\n", `/V ${String(stampNumber)} 0 R\n/P ${pdfText(firstPage(first, catalog))}\n/Rect [0 0 0 0]\n>>`);
  const fields: PdfValue[] = [...ground.fields, { kind: "reference", number: field }];
  object(formNumber, pdfText(changed(form, "Fields", fields)));
  object(root, pdfText(changed(catalog, "DSS", { kind: "reference", number: store })));

  const table = at;
  put("xref\n");
  for (const number of [...offsets.keys()].sort((a, b) => a - b)) put(`${String(number)} 1\n${String(offsets.get(number)).padStart(10, "0")} 00000 n \n`);
  const trailer = changed(changed(first.trailer, "Size", size), "Prev", ground.table);
  put(`trailer\n${pdfText(trailer)}\nstartxref\n${String(table)}\n%%EOF\n`);

  const bytes = concat(pieces);
  const behind = latin1(String(at - place.to).padEnd(LENGTH_BEHIND.length, " "));
  bytes.set(behind, place.to - ground.length + `\n/ByteRange [0 ${String(from)} ${String(place.to)} `.length);
  return { bytes, place, next: { ...ground, length: at, size, table, revisions: ground.revisions + 1, certificates: certs, revocationLists: lists, fields } };
}
const LENGTH_BEHIND = " ".repeat(10);

function formOf(first: PdfFile): { catalog: PdfDictionary; form: PdfDictionary; number: number } {
  const catalog = resolvedDictionary(first, first.trailer.entries.get("Root"));
  const reference = catalog.entries.get("AcroForm");
  return { catalog, form: resolvedDictionary(first, reference), number: numberOf(reference) };
}

function firstPage(first: PdfFile, catalog: PdfDictionary): PdfValue {
  const [page] = resolvedArray(first, resolvedDictionary(first, catalog.entries.get("Pages")).entries.get("Kids"));
  must(page !== undefined, "PDF: there is no page");
  return page;
}

const changed = (holder: PdfDictionary, key: string, value: PdfValue): PdfDictionary =>
  dictionary({ kind: "dictionary", entries: new Map([...holder.entries, [key, value]]) });

function stampedBytes(file: Uint8Array, { from, to }: Place): Uint8Array {
  return concat([file.subarray(0, from), file.subarray(to)]);
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const hexDigits = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const hexOf = (token: Uint8Array): string => hexDigits(token).padEnd(2 * PLACE, "0");

/** A value in the one spelling that archive revisions use. */
function pdfText(value: PdfValue): string {
  if (value === null || typeof value === "boolean" || typeof value === "number") return String(value);
  if (Array.isArray(value)) return `[${value.map(pdfText).join(" ")}]`;
  switch (value.kind) {
    case "reference": return `${String(value.number)} 0 R`;
    case "string": return `<${hexDigits(value.bytes)}>`;
    case "dictionary": return `<<\n${[...value.entries].map(([key, one]) => `${nameText(key)} ${pdfText(one)}\n`).join("")}>>`;
    case "name": return nameText(value.name);
  }
}

function nameText(name: string): string {
  if (!/^[A-Za-z0-9._-]+$/.test(name)) throw new Malformed(`PDF: a name that no record has: ${name}`);
  return `/${name}`;
}
