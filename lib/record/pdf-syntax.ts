import { Malformed, must } from "#lib/x509/malformed";

/** The values of ISO 32000-1 clause 7.3, as the record's own files use them. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfReference | PdfValue[] | PdfDictionary;
export interface PdfName {
  kind: "name";
  name: string;
}
export interface PdfString {
  kind: "string";
  bytes: Uint8Array;
  /** Where it stands in the file, delimiters included. */
  from: number;
  to: number;
  hex: boolean;
}
export interface PdfReference {
  kind: "reference";
  number: number;
}
export interface PdfDictionary {
  kind: "dictionary";
  entries: ReadonlyMap<string, PdfValue>;
}

const MAX_DEPTH = 60;
/**
 * Of every byte, what it is: white space, a delimiter, or (0) a regular character (ISO 32000-1 clause 7.2.2). What PDF calls white space
 * and our writer does not write ends a word and is nothing: a space exchanged for it is found where no seal is over the file either.
 */
const REGULAR = 0;
const WHITE = 1;
const DELIMITER = 2;
const UNWRITTEN = 3;
const KIND = new Uint8Array(256);
for (const char of " \n") KIND[char.charCodeAt(0)] = WHITE;
for (const char of "\0\t\f\r") KIND[char.charCodeAt(0)] = UNWRITTEN;
for (const char of "()<>[]{}/%") KIND[char.charCodeAt(0)] = DELIMITER;

/**
 * Reads values out of a file, front to back. Strict: no comments, no duplicate keys, no nesting without end; what a lenient
 * reader would repair is refused, because two readers that repair differently show two different documents.
 */
export class PdfScanner {
  constructor(readonly bytes: Uint8Array, public at: number) {}

  skipWhite(): void {
    while (kindOf(this.bytes[this.at]) === WHITE) this.at++;
  }

  /** True, and moves on, if these characters come next. */
  take(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.bytes[this.at + i] !== text.charCodeAt(i)) return false;
    this.at += text.length;
    return true;
  }
  expect(text: string): void {
    if (!this.take(text)) throw new Malformed(`PDF: ${JSON.stringify(text)} expected at byte ${this.at}`);
  }

  unsigned(): number {
    const from = this.at;
    while (isDigit(this.bytes[this.at])) this.at++;
    must(this.at > from && this.at - from <= 10, `PDF: a number expected at byte ${from}`);
    return Number(this.since(from));
  }

  /** The characters read since there. Words are short, and a file has tens of thousands: a view of each would cost more than the word. */
  private since(from: number): string {
    if (this.at - from > SHORT) return ascii(this.bytes.subarray(from, this.at));
    let out = "";
    for (let at = from; at < this.at; at += 1) out += String.fromCharCode(this.bytes[at] ?? 0);
    return out;
  }

  value(depth = 0): PdfValue {
    must(depth < MAX_DEPTH, "PDF: nested too deeply");
    this.skipWhite();
    if (this.take("<<")) return this.dictionary(depth);
    if (this.take("[")) return this.array(depth);
    switch (String.fromCharCode(this.bytes[this.at] ?? 0)) {
      case "/": return { kind: "name", name: this.name() };
      case "(": return this.literalString();
      case "<": return this.hexString();
      default: return this.numberOrWord();
    }
  }

  private dictionary(depth: number): PdfDictionary {
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipWhite();
      if (this.take(">>")) return { kind: "dictionary", entries };
      const key = this.name();
      must(!entries.has(key), `PDF: key /${key} twice in one dictionary`);
      entries.set(key, this.value(depth + 1));
    }
  }

  private array(depth: number): PdfValue[] {
    const values: PdfValue[] = [];
    for (;;) {
      this.skipWhite();
      if (this.take("]")) return values;
      values.push(this.value(depth + 1));
    }
  }

  private name(): string {
    this.expect("/");
    const from = this.at;
    while (kindOf(this.bytes[this.at]) === REGULAR) this.at++;
    const raw = this.since(from);
    must(/^(?:[^#\x80-\xff]|#[0-9a-fA-F]{2})*$/.test(raw), `PDF: malformed name at byte ${from}`);
    return !raw.includes("#") ? raw : raw.replace(/#(..)/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  }

  private literalString(): PdfString {
    const from = this.at++;
    const bytes: number[] = [];
    for (let open = 1; ; ) {
      const byte = this.bytes[this.at++];
      must(byte !== undefined, "PDF: a string without end");
      if (byte === 0x5c) bytes.push(this.escaped());
      else {
        if (byte === 0x28) open++;
        if (byte === 0x29 && --open === 0) break;
        bytes.push(byte);
      }
    }
    return { kind: "string", bytes: Uint8Array.from(bytes), from, to: this.at, hex: false };
  }

  private escaped(): number {
    const char = String.fromCharCode(this.bytes[this.at++] ?? 0);
    const place = "nrtbf()\\".indexOf(char);
    must(place >= 0, `PDF: unknown escape at byte ${this.at - 1}`);
    return "\n\r\t\b\f()\\".charCodeAt(place);
  }

  private hexString(): PdfString {
    const from = this.at++;
    while (isHexDigit(this.bytes[this.at])) this.at++;
    const digits = this.bytes.subarray(from + 1, this.at);
    this.expect(">");
    must(digits.length % 2 === 0, `PDF: half a byte in the string at byte ${from}`);
    const bytes = new Uint8Array(digits.length / 2);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = 16 * digitOf(digits[2 * i]) + digitOf(digits[2 * i + 1]);
    return { kind: "string", bytes, from, to: this.at, hex: true };
  }

  private numberOrWord(): PdfValue {
    const from = this.at;
    while (kindOf(this.bytes[this.at]) === REGULAR) this.at++;
    const word = this.since(from);
    if (word === "true" || word === "false") return word === "true";
    if (word === "null") return null;
    must(/^-?(?:\d+(?:\.\d+)?|\.\d+)$/.test(word), `PDF: ${JSON.stringify(word.slice(0, 20))} at byte ${from} is no value`);
    return /^\d{1,10}$/.test(word) ? this.reference(Number(word)) : Number(word);
  }

  /** "12 0 R", or the number alone. Only generation 0 exists in a file saved once. */
  private reference(number: number): PdfValue {
    const { at } = this;
    if (this.take(" 0 R") && kindOf(this.bytes[this.at]) !== REGULAR) return { kind: "reference", number };
    this.at = at;
    return number;
  }
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;
const isHexDigit = (byte: number | undefined) => isDigit(byte) || (byte !== undefined && byte >= 0x61 && byte <= 0x66);
/** Of a byte that `isHexDigit`. */
const digitOf = (byte = 0) => (byte <= 0x39 ? byte - 0x30 : byte - 0x57);
/** Undefined behind the end of the file. */
const kindOf = (byte: number | undefined) => byte === undefined ? undefined : KIND[byte];

/** A character for each byte. In pieces: a text that grows by single characters costs many times its size. */
export function ascii(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return pieces.join("");
}
const PIECE = 8_192;
const SHORT = 64;
