import { sameBytes } from "#lib/log/digest";
import { derLength } from "#lib/x509/der";
import { concat } from "#lib/x509/der-writer";
import { must } from "#lib/x509/malformed";
import { pdfTime } from "./pdf-signature";
import { ascii, PdfScanner, type PdfDictionary, type PdfValue } from "./pdf-syntax";
import { nameOf, readObject, stringOf, textOf, type PdfFile, type PdfObject } from "./read-pdf";
import { firstGround, numberOf, PLACE, writeRevision, type Brought, type Evidence, type Ground, type Place } from "./write-revision";

export type { Evidence } from "./write-revision";

/**
 * One revision behind the seal (PAdES long-term, ETSI EN 319 142-1 clause 5.4.3 and 5.5): evidence in a document security store,
 * and a document time stamp over everything before it and the evidence.
 */
export interface ArchiveRevision extends Evidence {
  readonly kind: "stamp";
  readonly token: Uint8Array;
  /** What the time stamp is over: the file to the end of this revision, but for the stamp's own place. */
  readonly stamped: Uint8Array;
}

/** The signature of an outside party over everything before it (ETSI EN 319 142-1 clause 4.3, a serial signature). */
export interface CoSignature {
  readonly kind: "cosignature";
  readonly cms: Uint8Array;
  /** /M, milliseconds. */
  readonly claimedAt: number;
  /** What the signature is over. */
  readonly signed: Uint8Array;
}

export type Revision = ArchiveRevision | CoSignature;

/** The time stamp or signature has more bytes than its place. */
export class ArchiveFault extends Error {
  override readonly name = "ArchiveFault";
}

/** Far more than any record: renewed every ten years, with a few outside parties. What is beyond would only use up time and memory. */
const MOST_REVISIONS = 16;
const MOST_BROUGHT = { certificates: 16, revocationLists: 16, responses: 32 } as const;
/** What a record may have (read-pdf.ts), and what revisions may add, most of it revocation lists. */
const MOST_BYTES = 128 * 1024 * 1024;

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
 * The revisions behind the first. Strict in the strongest sense: what stands there must be, byte for byte, what `writeRevision` writes
 * for the evidence, the time stamps and the signatures found in it, so that there is no room for another page, form or action. Throws
 * `Malformed`.
 */
export function readArchive(bytes: Uint8Array, first: PdfFile): Revision[] {
  must(bytes.length <= MOST_BYTES, "the file is larger than any record is, with all that may stand behind it");
  return bytes.length === first.bytes.length ? [] : follow(bytes, first).revisions;
}

function follow(bytes: Uint8Array, first: PdfFile): { revisions: Revision[]; ground: Ground } {
  const revisions: Revision[] = [];
  let ground = firstGround(first);
  while (ground.length < bytes.length) {
    must(revisions.length < MOST_REVISIONS, "the file goes on behind its end, more often than any record does");
    const { brought, token } = lookThrough(bytes, ground);
    const written = writeRevision(ground, brought, token);
    const end = ground.length + written.bytes.length;
    const otherwise = "the file goes on behind its end with something else than an archive time stamp or an outside party's signature";
    must(sameBytes(bytes.subarray(ground.length, end), written.bytes), otherwise);
    const over = overBytes(bytes.subarray(0, end), written.place);
    revisions.push(brought.kind === "stamp" ? { ...brought, token, stamped: over } : { ...brought, cms: token, signed: over });
    ground = written.next;
  }
  return { revisions, ground };
}

/**
 * The file with one revision more. `stamp` is asked for a time-stamp token over the bytes it is given; what it throws goes
 * through. Throws an `ArchiveFault` when the token does not fit, and `Malformed` when the file is none that could be archived.
 */
export const archived = (file: Uint8Array, first: PdfFile, evidence: Evidence, stamp: Maker): Promise<Uint8Array> =>
  appended(file, first, { kind: "stamp", ...evidence }, stamp);

/** The file with an outside party's signature, a CMS that `sign` makes over the bytes it is given. Throws as `archived` does. */
export const cosigned = (file: Uint8Array, first: PdfFile, claimedAt: number, sign: Maker): Promise<Uint8Array> =>
  appended(file, first, { kind: "cosignature", claimedAt: Math.floor(claimedAt / 1000) * 1000 }, sign);

/** Gives the token or the CMS over the bytes. */
type Maker = (data: Uint8Array) => Promise<Uint8Array>;

async function appended(file: Uint8Array, first: PdfFile, brought: Brought, make: Maker): Promise<Uint8Array> {
  const { ground } = follow(file, first);
  const empty = writeRevision(ground, brought, new Uint8Array());
  const token = await make(overBytes(concat([file, empty.bytes]), empty.place));
  if (token.length > PLACE) throw new ArchiveFault(`the signature or time stamp has ${String(token.length)} bytes, its place in the file ${String(PLACE)}`);
  return concat([file, writeRevision(ground, brought, token).bytes]);
}

/** What one revision holds, read without trust: whether it is all that it holds is for the writer to say. */
function lookThrough(bytes: Uint8Array, { length }: Ground): { brought: Brought; token: Uint8Array } {
  const scanner = new PdfScanner(bytes, length);
  const objects = new Map<number, PdfObject>();
  while (!scanner.take("xref\n")) {
    const { at } = scanner;
    const number = scanner.unsigned();
    scanner.at = at;
    must(!objects.has(number), "the file goes on behind its end, and says one thing twice");
    objects.set(number, readObject(scanner, number));
  }
  const of = (type: string): PdfDictionary[] => [...objects.values()].flatMap(({ value }) => (isOfType(value, type) ? [value] : []));
  const [signature, ...signatures] = [...of("DocTimeStamp"), ...of("Sig")];
  const [store, ...stores] = of("DSS");
  const isOne = signatures.length === 0 && stores.length === 0;
  must(signature !== undefined && isOne, "the file goes on behind its end without one archive time stamp or signature");
  const { bytes: whole } = stringOf(signature.entries.get("Contents"));
  must(whole.length === PLACE, "the place of the archive time stamp or signature has another size");
  const token = whole.subarray(0, derLength(whole));
  if (isOfType(signature, "Sig")) return { brought: { kind: "cosignature", claimedAt: pdfTime(textOf(signature.entries.get("M"))) }, token };
  const brings = (key: string, most: number): Uint8Array[] => {
    const listed = store?.entries.get(key) ?? [];
    must(Array.isArray(listed), "PDF: an array is missing");
    // The store lists what earlier revisions brought as well; only what is new is in this one.
    const own = listed.flatMap((one) => objects.get(numberOf(one))?.stream ?? []);
    must(own.length <= most, "an archive time stamp brings more evidence than any does");
    return own;
  };
  const certificates = brings("Certs", MOST_BROUGHT.certificates);
  const revocationLists = brings("CRLs", MOST_BROUGHT.revocationLists);
  return { brought: { kind: "stamp", certificates, revocationLists, responses: brings("OCSPs", MOST_BROUGHT.responses) }, token };
}

const isOfType = (value: PdfValue, type: string): value is PdfDictionary =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "dictionary" && nameOf(value.entries.get("Type")) === type;

function overBytes(file: Uint8Array, { from, to }: Place): Uint8Array {
  return concat([file.subarray(0, from), file.subarray(to)]);
}
