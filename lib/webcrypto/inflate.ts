import type { Inflate } from "#lib/record/pdf-attachments";

/** More than any record's transcript; less than what would exhaust a laptop. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * zlib (RFC 1950) undone by the platform's DecompressionStream. Rejects what is not zlib, and what would grow past all reason.
 */
export const inflate: Inflate = async (compressed) => {
  const stream = new Blob([new Uint8Array(compressed)]).stream().pipeThrough(new DecompressionStream("deflate"));
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > MOST_BYTES) throw new RangeError("larger than any record is");
    parts.push(next.value);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  if (adler32(out) !== checksumOf(compressed)) throw new RangeError("cut short, or followed by something");
  return out;
};

/** Platforms differ in what they say of a stream that is cut short or has bytes behind it; the checksum must be its last four. */
const checksumOf = (compressed: Uint8Array): number =>
  compressed.length < 6 ? -1 : new DataView(compressed.buffer, compressed.byteOffset).getUint32(compressed.length - 4);

/** RFC 1950 section 8.2. */
function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return b * 65_536 + a;
}
