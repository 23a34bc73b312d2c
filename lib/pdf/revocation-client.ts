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

/** An answer about one certificate, and the responder's. */
const MOST_ANSWER = 65_536;

/** Asks an OCSP responder by HTTP (RFC 6960 appendix A.1). Nobody is trusted for it: the answer is signed. Throws when there is none. */
export async function askOcspResponder(address: string, request: Uint8Array, timeoutMs = 15_000): Promise<Uint8Array> {
  const response = await fetch(address, {
    method: "POST",
    headers: { "content-type": "application/ocsp-request", accept: "application/ocsp-response" },
    body: Uint8Array.from(request),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`HTTP status ${String(response.status)}`);
  const bytes = await readAtMost(response.body, MOST_ANSWER);
  if (bytes === null) throw new Error("it is too large");
  return bytes;
}
