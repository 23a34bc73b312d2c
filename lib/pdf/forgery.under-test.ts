import { children, context, derElement, derElements, TAG } from "#lib/x509/der";
import { derBits, derExplicit, derSequence, derSet } from "#lib/x509/der-writer";
import { readPdf } from "#lib/record/read-pdf";
import { cmsOf, readSignature } from "#lib/record/pdf-signature";
import type { KeyPair } from "./sealing.under-test";

/** The forger's tools: take a sealed file apart and put it together again, so that only what was meant to be wrong is wrong. */

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

/** The whole file as text, changed, with nothing else adjusted. */
export const edited = (file: Uint8Array, edit: (text: string) => string): Uint8Array => bytesOf(edit(latin1(file)));

interface Parts {
  /** "12 0 obj … endobj\n" by object number, in the order of the file. */
  objects: Map<number, string>;
  trailer: string;
}

function partsOf(file: Uint8Array): Parts {
  const text = latin1(file);
  const xref = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  const entries = [...text.slice(xref).matchAll(/^(\d{10}) 00000 n $/gm)].map((match, i) => ({ number: i + 1, at: Number(match[1]) }));
  const sorted = entries.sort((a, b) => a.at - b.at);
  const objects = new Map(sorted.map(({ number, at }, i) => [number, text.slice(at, sorted[i + 1]?.at ?? xref)]));
  return { objects, trailer: /trailer\n([^]*)\nstartxref/.exec(text.slice(xref))?.[1] ?? "" };
}

/**
 * The file with some objects changed and everything that follows from it made right: offsets, table and, unless told otherwise,
 * the numbers of the byte range. What a forger would do who knows the format.
 */
export function rebuilt(file: Uint8Array, change: (objects: Map<number, string>) => void, { fixRange = true } = {}): Uint8Array {
  const { objects, trailer } = partsOf(file);
  change(objects);
  let text = "%PDF-1.7\n%\xff\xff\xff\xff\n";
  const offsets: string[] = [];
  for (const [number, object] of objects) {
    offsets[number] = `${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += object;
  }
  const xref = text.length;
  const size = offsets.length;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.slice(1).join("")}trailer\n${trailer.replace(/\/Size \d+/, `/Size ${size}`)}`;
  text += `\nstartxref\n${xref}\n%%EOF\n`;
  return bytesOf(fixRange ? withRightRange(text) : text);
}

function withRightRange(text: string): string {
  const from = text.indexOf("/Contents <") + "/Contents ".length;
  const to = text.indexOf(">", from) + 1;
  return text.replace(/\/ByteRange \[[^\]]*\]/, (old) => `/ByteRange [0 ${from} ${to} ${text.length - to}]`.padEnd(old.length, " "));
}

/** Number of the first object that contains the text. */
export function numberOf(objects: Map<number, string>, text: string): number {
  for (const [number, object] of objects) if (object.includes(text)) return number;
  throw new Error(`no object contains ${text}`);
}

export function replaceIn(objects: Map<number, string>, holding: string, edit: (object: string) => string): void {
  const number = numberOf(objects, holding);
  const before = objects.get(number) ?? "";
  const after = edit(before);
  if (after === before) throw new Error(`the forgery changed nothing in object ${number}`);
  objects.set(number, after);
}

/** An incremental update (ISO 32000-1 clause 7.5.6): new versions of objects, a table and a trailer behind the end. */
export function saved(file: Uint8Array, change: (objects: Map<number, string>) => void): Uint8Array {
  const { objects, trailer } = partsOf(file);
  const before = new Map(objects);
  change(objects);
  let text = latin1(file);
  const previous = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  let table = "";
  for (const [number, object] of objects) {
    if (before.get(number) === object) continue;
    table += `${number} 1\n${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += object;
  }
  if (table === "") throw new Error("the forgery changed nothing");
  const xref = text.length;
  const size = Math.max(...objects.keys()) + 1;
  const extended = trailer.replace(/\/Size \d+/, `/Size ${size}\n/Prev ${previous}`);
  return bytesOf(`${text}xref\n${table}trailer\n${extended}\nstartxref\n${xref}\n%%EOF\n`);
}

export const cmsIn = (file: Uint8Array): Uint8Array => cmsOf(readSignature(readPdf(file)));

/** The file with another CMS in the place of the signature, filled up with zeros. */
export function withCms(file: Uint8Array, cms: Uint8Array): Uint8Array {
  const { from, to } = readSignature(readPdf(file)).contents;
  const digits = Buffer.from(cms).toString("hex").padEnd(to - from - 2, "0");
  return edited(file, (text) => text.slice(0, from + 1) + digits + text.slice(to - 1));
}

/** The certificate with other extensions, signed anew by its issuer. */
export async function reissued(
  certificate: Uint8Array, issuer: KeyPair, change: (extensions: Uint8Array[]) => Uint8Array[],
): Promise<Uint8Array> {
  const [body, algorithm] = children(derElement(certificate, TAG.sequence), TAG.sequence);
  const fields = children(body, TAG.sequence);
  const extensions = children(derElements(fields.at(-1)?.content ?? new Uint8Array())[0], TAG.sequence).map(({ encoded }) => encoded);
  if (fields.at(-1)?.tag !== context(3)) throw new Error("no extensions");
  const signed = derSequence(...fields.slice(0, -1).map(({ encoded }) => encoded), derExplicit(3, derSequence(...change(extensions))));
  return derSequence(signed, algorithm?.encoded ?? new Uint8Array(), derBits(await issuer.sign(signed)));
}

type Change = (fields: Uint8Array[]) => Uint8Array[];

/** The CMS with other fields in its SignedData. */
export function signedData(cms: Uint8Array, change: Change): Uint8Array {
  const [type, holder] = children(derElement(cms, TAG.sequence), TAG.sequence);
  const fields = children(derElements(holder?.content ?? cms)[0], TAG.sequence).map(({ encoded }) => encoded);
  return derSequence(type?.encoded ?? cms, derExplicit(0, derSequence(...change(fields))));
}

/** The CMS with other fields in its one SignerInfo. */
export const signerInfo = (cms: Uint8Array, change: Change): Uint8Array => signedData(cms, (fields) => {
  const [info] = children(derElement(fields.at(-1) ?? cms, TAG.set), TAG.set);
  return [...fields.slice(0, -1), derSet([derSequence(...change(children(info, TAG.sequence).map(({ encoded }) => encoded)))])];
});
