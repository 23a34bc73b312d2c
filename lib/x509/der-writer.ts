import { compareBytes, context, TAG } from "./der";

/** Encodes DER: the counterpart of `der.ts`, for certificates, signatures and time-stamp requests. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(parts);
  const size: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  const length = content.length < 0x80 ? [content.length] : [0x80 | size.length, ...size];
  return concat([Uint8Array.from([tag, ...length]), content]);
}

export const derSequence = (...parts: readonly Uint8Array[]): Uint8Array => der(TAG.sequence, ...parts);
/** SET OF, in the order DER demands. */
export const derSet = (parts: readonly Uint8Array[], tag: number = TAG.set): Uint8Array =>
  der(tag, ...[...parts].sort(compareBytes));
export const derExplicit = (number: number, part: Uint8Array): Uint8Array => der(context(number), part);
export const derOctets = (bytes: Uint8Array): Uint8Array => der(TAG.octetString, bytes);
export const derNull = (): Uint8Array => der(TAG.null);
export const derTrue = (): Uint8Array => der(TAG.boolean, Uint8Array.of(0xff));
export const derUtf8 = (text: string): Uint8Array => der(TAG.utf8, new TextEncoder().encode(text));

/** A bit string of whole bytes, or with the given number of unused bits at its end. */
export const derBits = (bytes: Uint8Array, unused = 0): Uint8Array => der(TAG.bitString, Uint8Array.of(unused), bytes);

/** A non-negative integer, from a number or from its bytes. */
export function derInteger(value: number | Uint8Array): Uint8Array {
  const bytes = typeof value === "number" ? numberBytes(value) : value;
  let from = 0;
  while (from < bytes.length - 1 && bytes[from] === 0) from++;
  const shortest = bytes.subarray(from);
  return der(TAG.integer, (shortest[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), shortest.length > 0 ? shortest : Uint8Array.of(0));
}

export function derOid(oid: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = oid.split(".").map(Number);
  return der(TAG.oid, ...[first * 40 + second, ...rest].map(base128));
}

/** Whole seconds; UTCTime until 2049, as RFC 5280 clause 4.1.2.5 demands. */
export function derTime(at: Date): Uint8Array {
  const digits = `${at.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
  const ascii = (text: string) => new TextEncoder().encode(text);
  return at.getUTCFullYear() < 2050 ? der(TAG.utcTime, ascii(digits.slice(2))) : der(TAG.generalizedTime, ascii(digits));
}

function numberBytes(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}

function base128(arc: number): Uint8Array {
  const groups = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) groups.unshift(0x80 | (rest % 128));
  return Uint8Array.from(groups);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
