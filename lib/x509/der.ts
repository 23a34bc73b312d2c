import { Malformed, must } from "./malformed";

/** One element of DER (X.690 chapter 10). */
export interface DerElement {
  tag: number;
  content: Uint8Array;
  /** The element as encoded, tag and length included. */
  encoded: Uint8Array;
}

export const TAG = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, enumerated: 0x0a, utf8: 0x0c,
  utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31,
} as const;
/** A context-specific tag, constructed ([0], [1] …) or primitive. */
export const context = (number: number, constructed = true): number => (constructed ? 0xa0 : 0x80) | number;

/** The elements that fill the bytes exactly. Only what DER allows: one-byte tags, definite lengths in their shortest form. */
export function derElements(bytes: Uint8Array): DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { contentAt, end } = header(bytes, at);
    const element = { tag: bytes[at] ?? 0, content: bytes.subarray(contentAt, end), encoded: bytes.subarray(at, end) };
    checkPrimitive(element);
    elements.push(element);
    at = end;
  }
  return elements;
}

/** Length of the element the bytes begin with, header included; for finding where it ends in a longer buffer. */
export const derLength = (bytes: Uint8Array): number => header(bytes, 0).end;

function header(bytes: Uint8Array, at: number): { contentAt: number; end: number } {
  must(((bytes[at] ?? 0x1f) & 0x1f) !== 0x1f, "DER: a tag of several bytes");
  let contentAt = at + 2;
  let length = bytes[at + 1];
  must(length !== undefined, "DER: ends in a header");
  if (length >= 0x80) {
    const size = length & 0x7f;
    must(size > 0 && size <= 4, "DER: indefinite or overlong length");
    length = 0;
    for (const byte of bytes.subarray(contentAt, contentAt + size)) length = length * 256 + byte;
    contentAt += size;
    must(length >= 0x80 && length >= 256 ** (size - 1), "DER: a length not in its shortest form");
  }
  must(contentAt + length <= bytes.length, "DER: an element longer than what holds it");
  return { contentAt, end: contentAt + length };
}

/** The forms BER leaves open for a primitive value and DER closes (X.690 clauses 8 and 11). */
function checkPrimitive({ tag, content }: DerElement): void {
  const [first = 0, second = 0] = content;
  switch (tag) {
    case TAG.boolean:
      must(content.length === 1 && (first === 0 || first === 0xff), "DER: a boolean that is neither 00 nor FF");
      break;
    case TAG.null:
      must(content.length === 0, "DER: a null with content");
      break;
    case TAG.integer:
    case TAG.enumerated: {
      const padded = content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
      must(content.length > 0 && !padded, "DER: an integer not in its shortest form");
      break;
    }
    case TAG.bitString: {
      const clear = content.length > 1 ? ((content.at(-1) ?? 0) & ((1 << first) - 1)) === 0 : first === 0;
      must(content.length > 0 && first < 8 && clear, "DER: a bit string with unused bits set");
      break;
    }
    case TAG.oid: {
      const padded = content.some((byte, i) => byte === 0x80 && (i === 0 || (content[i - 1] ?? 0) < 0x80));
      must(content.length > 0 && (content.at(-1) ?? 0x80) < 0x80 && !padded, "DER: a malformed object identifier");
      break;
    }
  }
}

/** The one element the bytes are. */
export function derElement(bytes: Uint8Array, tag: number): DerElement {
  const [element, ...rest] = derElements(bytes);
  must(element !== undefined && rest.length === 0, "DER: not exactly one element");
  return withTag(element, tag);
}

export function withTag(element: DerElement | undefined, tag: number): DerElement {
  must(element !== undefined, `DER: an element with tag ${tag.toString(16)} is missing`);
  must(element.tag === tag, `DER: tag ${element.tag.toString(16)} where ${tag.toString(16)} belongs`);
  return element;
}

export const children = (element: DerElement | undefined, tag: number): DerElement[] =>
  derElements(withTag(element, tag).content);

/** Reads the fields of a sequence in order; `end` insists that none is left over. */
export class DerFields {
  private at = 0;
  constructor(private readonly elements: readonly DerElement[]) {}
  static of = (element: DerElement | undefined, tag: number = TAG.sequence): DerFields => new DerFields(children(element, tag));

  next(tag: number): DerElement {
    return withTag(this.elements[this.at++], tag);
  }
  any(): DerElement {
    const element = this.elements[this.at++];
    must(element !== undefined, "DER: a field is missing");
    return element;
  }
  optional(tag: number): DerElement | null {
    return this.elements[this.at]?.tag === tag ? this.next(tag) : null;
  }
  end(): void {
    must(this.at >= this.elements.length, "DER: a field too many");
  }
}

export const oid = (element: DerElement | undefined): string => {
  const { content } = withTag(element, TAG.oid);
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    must(arc <= Number.MAX_SAFE_INTEGER, "DER: an object identifier too large");
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - 40 * root, ...rest].join(".");
};

/** A small non-negative integer: versions, path lengths, status codes. */
export function smallInteger(element: DerElement | undefined, tag: number = TAG.integer): number {
  const { content } = withTag(element, tag);
  must(content.length <= 4 && (content[0] ?? 0x80) < 0x80, "DER: an integer out of range");
  return content.reduce((value, byte) => value * 256 + byte, 0);
}

/** The bits of a bit string that uses all of its bytes. */
export function wholeBytes(element: DerElement | undefined): Uint8Array {
  const { content } = withTag(element, TAG.bitString);
  must(content[0] === 0, "DER: a bit string of broken bytes");
  return content.subarray(1);
}

/** "20261122150900.123456789Z", with room to spare; a text of any length would exhaust the stack below. */
const LONGEST_TIME = 32;

/** UTCTime or GeneralizedTime as RFC 5280 clause 4.1.2.5 and RFC 3161 clause 2.4.2 allow them, in milliseconds. */
export function time(element: DerElement | undefined): number {
  must(element !== undefined, "DER: a time is missing");
  must(element.content.length <= LONGEST_TIME, "DER: not a time");
  const text = String.fromCharCode(...element.content);
  const utc = element.tag === TAG.utcTime;
  const digits = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{0,8}[1-9]))?Z$/.exec(text);
  must(digits !== null && (utc || element.tag === TAG.generalizedTime), "DER: not a time");
  const [, year = "", month, day, hour, minute, second, fraction = ""] = digits;
  must(year.length === (utc ? 2 : 4) && (!utc || fraction === ""), "DER: not a time");
  const full = utc ? `${Number(year) < 50 ? "20" : "19"}${year}` : year;
  const iso = `${full}-${month}-${day}T${hour}:${minute}:${second}`;
  const parsed = Date.parse(`${iso}Z`);
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 19) !== iso) throw new Malformed("DER: no such time");
  return parsed + Math.floor(Number(`0.${fraction || "0"}`) * 1000);
}

/** DER puts the elements of a SET OF in order of their encodings (X.690 clause 11.6). */
export function inDerOrder(elements: readonly DerElement[]): boolean {
  return elements.every((element, i) => i === 0 || compareBytes(elements[i - 1]?.encoded ?? new Uint8Array(), element.encoded) < 0);
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

