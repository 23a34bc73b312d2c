import { sha256 as nobleSha256, sha384 as nobleSha384, sha512 as nobleSha512 } from "@noble/hashes/sha2.js";

/** SHA-256 (FIPS 180-4) of the bytes: 32 bytes. */
export const sha256 = (bytes: Uint8Array): Uint8Array => nobleSha256(bytes);

/** SHA-384 and SHA-512 (FIPS 180-4): what authorities sign over; nothing here is named by them. */
export const sha384 = (bytes: Uint8Array): Uint8Array => nobleSha384(bytes);
export const sha512 = (bytes: Uint8Array): Uint8Array => nobleSha512(bytes);

const encoder = new TextEncoder();
/** Fatal, and keeps a byte order mark as the character it is: what is hashed is what was written. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Uint8Array => encoder.encode(text);
/** UTF-8 bytes as text; throws a TypeError when they are not UTF-8. */
export const text = (bytes: Uint8Array): string => decoder.decode(bytes);

/** Lower-case hex, two digits a byte. */
export function hex(bytes: Uint8Array): string {
  let out = "";
  for (const byte of bytes) out += HEX[byte] as string;
  return out;
}
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hex to bytes; throws a RangeError on anything else, so that one value has one spelling. */
export function fromHex(value: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(value)) throw new RangeError("not lower-case hex");
  return Uint8Array.from(value.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** SHA-256 of the bytes as hex: the form hashes take in entries and on paper. */
export const sha256Hex = (bytes: Uint8Array): string => hex(sha256(bytes));

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** RFC 4648 section 5, without padding: the spelling WebAuthn uses. */
export function base64url(bytes: Uint8Array): string {
  let out = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const chunk = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(bytes.length - i, 3) + 1;
    for (let d = 0; d < digits; d++) out += ALPHABET.charAt((chunk >> (18 - 6 * d)) & 63);
  }
  return out;
}

/** The one spelling of `base64url` back to bytes; throws a RangeError on padding, other alphabets and stray bits. */
export function fromBase64url(value: string): Uint8Array {
  const out = new Uint8Array(Math.floor((value.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const char of value) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) throw new RangeError("not base64url");
    buffer = ((buffer << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (buffer >> bits) & 0xff;
    }
  }
  if (value.length % 4 === 1 || (buffer & ((1 << bits) - 1)) !== 0) throw new RangeError("not base64url");
  return out;
}

/** RFC 4648 section 4, with padding: the spelling of signed notes. */
export function base64(bytes: Uint8Array): string {
  const digits = base64url(bytes).replaceAll("-", "+").replaceAll("_", "/");
  return digits.padEnd(Math.ceil(digits.length / 4) * 4, "=");
}

/** The one spelling of `base64` back to bytes; throws a RangeError on anything else. */
export function fromBase64(value: string): Uint8Array {
  const digits = value.replace(/={1,2}$/, "");
  if (value.length % 4 !== 0 || /[-_=]/.test(digits)) throw new RangeError("not base64");
  return fromBase64url(digits.replaceAll("+", "-").replaceAll("/", "_"));
}

/** Equality of two byte strings; public values only (not constant time). */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);
