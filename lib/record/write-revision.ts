import { sha1 } from "#lib/log/sha1";
import { concat } from "#lib/x509/der-writer";
import { Malformed, must } from "#lib/x509/malformed";
import { ascii, type PdfDictionary, type PdfValue } from "./pdf-syntax";
import { readSignature } from "./pdf-signature";
import { dictionary, resolvedArray, resolvedDictionary, type PdfFile } from "./read-pdf";

/** What shows, without asking anybody, that an authority's certificate was good: DER each. */
export interface Evidence {
  /** Of authorities that signed the lists, where no time stamp brings them. */
  readonly certificates: readonly Uint8Array[];
  readonly revocationLists: readonly Uint8Array[];
  /** OCSP responses. */
  readonly responses: readonly Uint8Array[];
}

/** What a revision brings but for its own signature: evidence under a document time stamp, or an outside party's signature. */
export type Brought = ({ readonly kind: "stamp" } & Evidence) | { readonly kind: "cosignature"; readonly claimedAt: number };

/** Room for a token with the chain of a public authority, or for a signature with its chain. */
export const PLACE = 16_384;

/** Numbers of objects that hold evidence. */
interface Listed {
  readonly certificates: readonly number[];
  readonly revocationLists: readonly number[];
  readonly responses: readonly number[];
}

/** What a further revision builds on. */
export interface Ground {
  /** Bytes of the file so far, objects in it, and where its last table of objects is. */
  readonly length: number;
  readonly size: number;
  readonly table: number;
  readonly stamps: number;
  readonly cosignatures: number;
  readonly listed: Listed;
  /** The document security store, once there is one. */
  readonly store: number | null;
  /** By the name of a signature, what was brought for it. */
  readonly related: ReadonlyMap<string, Listed>;
  /** Signatures for which nothing was brought so far, by name. */
  readonly bare: readonly string[];
  readonly fields: readonly PdfValue[];
  readonly first: PdfFile;
}

export interface Place {
  readonly from: number;
  readonly to: number;
}

export function firstGround(first: PdfFile): Ground {
  const { bytes, trailer } = first;
  const size = trailer.entries.get("Size");
  const table = /startxref\n(\d+)\n%%EOF\n$/.exec(ascii(bytes.subarray(bytes.length - 64)))?.[1];
  must(typeof size === "number" && table !== undefined, "PDF: the trailer is not one that can be followed");
  const fields = resolvedArray(first, formOf(first).form.entries.get("Fields"));
  const listed = { certificates: [], revocationLists: [], responses: [] };
  const of = { first, fields, size, table: Number(table), length: bytes.length, stamps: 0, cosignatures: 0 };
  return { ...of, listed, store: null, related: new Map(), bare: [nameOfSignature(readSignature(first).padded)] };
}

/** The one form of a revision: evidence and store, the signature, its field, form and catalogue; a table and a trailer that lead back. */
export function writeRevision(ground: Ground, brought: Brought, token: Uint8Array): { bytes: Uint8Array; place: Place; next: Ground } {
  const { first } = ground;
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

  const evidence = brought.kind === "stamp" ? withEvidence(ground, brought, stream) : ground;
  const store = brought.kind === "stamp" ? object(size++, storeText(evidence)) : ground.store;

  const { opening, closing, name, tooltip } = formOfSignature(ground, brought);
  const signature = size++;
  const from = at + `${String(signature)} 0 obj\n`.length + opening.length;
  const place: Place = { from, to: from + 2 * PLACE + 2 };
  const range = `\n/ByteRange [0 ${String(place.from)} ${String(place.to)} `;
  // The length behind the signature is not known yet: it is written with room, and filled in below.
  object(signature, opening, `<${hexDigits(padded(token))}>`, range, LENGTH_BEHIND, `]\n${closing}>>`);
  const field = object(size++, "<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/F 132\n", `/T (${name})\n/TU (${tooltip})\n`,
    `/V ${String(signature)} 0 R\n/P ${pdfText(firstPage(first, catalog))}\n/Rect [0 0 0 0]\n>>`);
  const fields: PdfValue[] = [...ground.fields, { kind: "reference", number: field }];
  object(formNumber, pdfText(changed(form, "Fields", fields)));
  const root = store === null ? catalog : changed(catalog, "DSS", { kind: "reference", number: store });
  object(numberOf(first.trailer.entries.get("Root")), pdfText(root));

  const table = at;
  put("xref\n");
  for (const [number, offset] of [...offsets].sort(([a], [b]) => a - b)) put(`${String(number)} 1\n${String(offset).padStart(10, "0")} 00000 n \n`);
  const trailer = changed(changed(first.trailer, "Size", size), "Prev", ground.table);
  put(`trailer\n${pdfText(trailer)}\nstartxref\n${String(table)}\n%%EOF\n`);

  const bytes = concat(pieces);
  bytes.set(latin1(String(at - place.to).padEnd(LENGTH_BEHIND.length, " ")), place.to - ground.length + range.length);
  const stamps = ground.stamps + (brought.kind === "stamp" ? 1 : 0);
  const cosignatures = ground.cosignatures + (brought.kind === "stamp" ? 0 : 1);
  const bare = [...evidence.bare, nameOfSignature(padded(token))];
  return { bytes, place, next: { ...evidence, length: at, size, table, stamps, cosignatures, store, bare, fields } };
}
const LENGTH_BEHIND = " ".repeat(10);

/** With the streams of this revision in the store; signatures for which nothing was brought before have these as their own (VRI). */
function withEvidence(ground: Ground, brought: Evidence, stream: (bytes: Uint8Array) => number): Ground {
  const own: Listed = {
    certificates: brought.certificates.map(stream),
    revocationLists: brought.revocationLists.map(stream),
    responses: brought.responses.map(stream),
  };
  const { certificates, revocationLists, responses } = ground.listed;
  const listed = {
    certificates: [...certificates, ...own.certificates],
    revocationLists: [...revocationLists, ...own.revocationLists],
    responses: [...responses, ...own.responses],
  };
  if (Object.values(own).every((numbers: readonly number[]) => numbers.length === 0)) return ground;
  const related = new Map([...ground.related, ...ground.bare.map((name) => [name, own] as const)]);
  return { ...ground, listed, related, bare: [] };
}

/** The document security store (ETSI EN 319 142-1 clause 5.4.2), with what belongs to which signature. */
function storeText({ listed, related }: Ground): string {
  const list = (key: string, numbers: readonly number[]) =>
    numbers.length === 0 ? "" : `/${key} [${numbers.map((number) => `${String(number)} 0 R`).join(" ")}]\n`;
  const of = ({ certificates, revocationLists, responses }: Listed, [cert, crl, ocsp]: readonly [string, string, string]) =>
    `${list(cert, certificates)}${list(crl, revocationLists)}${list(ocsp, responses)}`;
  const vri = [...related].map(([name, own]) => `/${name} <<\n${of(own, ["Cert", "CRL", "OCSP"])}>>\n`).join("");
  return `<<\n/Type /DSS\n${of(listed, ["Certs", "CRLs", "OCSPs"])}${vri === "" ? "" : `/VRI <<\n${vri}>>\n`}>>`;
}

function formOfSignature({ stamps, cosignatures }: Ground, brought: Brought) {
  if (brought.kind === "stamp") {
    const opening = "<<\n/Type /DocTimeStamp\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.RFC3161\n/Contents ";
    return { opening, closing: "", name: `ArchiveStamp${String(stamps + 1)}`, tooltip: "Time stamp over the record and all before it" };
  }
  const opening = "<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/Contents ";
  const closing = `/M (${pdfDate(brought.claimedAt)})\n`;
  return { opening, closing, name: `CoSignature${String(cosignatures + 1)}`, tooltip: "Signature of an outside party over the record and all before it" };
}

/** Whole seconds, in UTC. */
export const pdfDate = (at: number): string => `D:${new Date(at).toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;

/** What the store calls a signature: SHA-1 of its whole place (ISO 32000-2 clause 12.8.4.4). */
const nameOfSignature = (whole: Uint8Array): string => hexDigits(sha1(whole)).toUpperCase();

function padded(token: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.max(PLACE, token.length));
  whole.set(token);
  return whole;
}

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

export function numberOf(value: PdfValue | undefined): number {
  must(typeof value === "object" && value !== null && "kind" in value && value.kind === "reference", "PDF: a reference is missing");
  return value.number;
}

const changed = (holder: PdfDictionary, key: string, value: PdfValue): PdfDictionary =>
  dictionary({ kind: "dictionary", entries: new Map([...holder.entries, [key, value]]) });

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const hexDigits = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A value in the one spelling that revisions use. */
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
