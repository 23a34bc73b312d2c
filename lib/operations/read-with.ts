import type { Told } from "#lib/ceremony/told";
import { ok, refuse, type Result } from "#lib/result";
import { Malformed } from "#lib/x509/malformed";

/** What a reader says of bytes it cannot read, to be said in another language. */
export const reason = (said: string): Told => ({ text: said, values: [] });

/** What a strict reader makes of the bytes, or the sentence it says of them: an outcome may hold anything. */
export function readWith<Read, From>(read: (from: From) => Read, from: From): Result<Read, string> {
  try {
    return ok(read(from));
  } catch (fault) {
    if (fault instanceof Malformed) return refuse(fault.message);
    throw fault;
  }
}
