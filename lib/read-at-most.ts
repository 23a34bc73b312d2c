/**
 * The whole of a body (chunks of bytes, none for null), or null as soon as it is larger than `most` bytes: whoever sends it is not
 * listened to without end.
 */
export async function readAtMost(body: AsyncIterable<Uint8Array> | null, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
