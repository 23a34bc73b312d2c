/** The little DER (X.690) this folder writes and reads: enough for SubjectPublicKeyInfo and ECDSA-Sig-Value. */

/** Tag, length, value. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = [tag, ...lengthOctets(length)];
  const out = new Uint8Array(head.length + length);
  out.set(head);
  let at = head.length;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(0x30, ...parts);

/** INTEGER from an unsigned big-endian number: leading zeros dropped, one added where the top bit would read as a sign. */
export function unsignedInteger(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const magnitude = bytes.subarray(start);
  const signBit = magnitude.length === 0 || (magnitude[0] ?? 0) >= 0x80;
  return signBit ? der(0x02, Uint8Array.of(0), magnitude) : der(0x02, magnitude);
}

/** BIT STRING of whole bytes. */
export const bitString = (bytes: Uint8Array): Uint8Array => der(0x03, Uint8Array.of(0), bytes);

/** The content of a DER OCTET STRING, or null when the bytes are not exactly one. */
export function octetStringContent(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0x04 || bytes.length < 2) return null;
  const first = bytes[1] ?? 0;
  if (first < 0x80) return bytes.length === 2 + first ? bytes.subarray(2) : null;
  const count = first & 0x7f;
  if (count === 0 || count > 2 || bytes.length < 2 + count) return null;
  let length = 0;
  for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[2 + i] ?? 0);
  return length >= 0x80 && bytes.length === 2 + count + length ? bytes.subarray(2 + count) : null;
}

function lengthOctets(length: number): number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}
