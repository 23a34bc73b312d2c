import { readAtMost } from "#lib/read-at-most";

/** Lists of large authorities have megabytes; a record that held one would be no record any more. */
const MOST_BYTES = 1024 * 1024;

/** Fetches a revocation list by HTTP. Nobody is trusted for it: the list is signed. Throws when it cannot be had, or is too large. */
export async function fetchRevocationList(address: string, timeoutMs = 15_000): Promise<Uint8Array> {
  const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`HTTP status ${String(response.status)}`);
  const bytes = await readAtMost(response.body, MOST_BYTES);
  if (bytes === null) throw new Error("it is too large");
  return bytes;
}
