/** No statement, with everything that goes along, is larger: what unfolds to more is no text of ours. */
const MOST_BYTES = 64 * 1024;

/** Raw DEFLATE (RFC 1951), by the platform's own compressor. */
export const deflated = (bytes: Uint8Array): Promise<Uint8Array> =>
  through(bytes, new CompressionStream("deflate-raw"), Number.POSITIVE_INFINITY);

/** The same back; null for what is not DEFLATE, and for what unfolds to more than 64 KiB, before it has been unfolded. */
export async function inflated(bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    return await through(bytes, new DecompressionStream("deflate-raw"), MOST_BYTES);
  } catch {
    // The platform says no more than that it could not.
    return null;
  }
}

async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream, most: number): Promise<Uint8Array> {
  const reader = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError("too large");
    }
    chunks.push(next.value);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
