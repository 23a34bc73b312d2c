import { object, type Objection } from "#lib/conduct/objection";
import { readAtMost } from "#lib/read-at-most";
import { ok, type Result } from "#lib/result";

/** A script of 256 KiB as JSON, with room to spare; everything else is far smaller. */
const MOST_BYTES = 600 * 1024;

/** The JSON in a request's body. Objects FORM for another type and for what is no JSON, BODY-LARGE as soon as it is too large. */
export async function readBody(request: Request): Promise<Result<unknown, Objection>> {
  // Only application/json: a form of another site can send the other types without being asked first (WHATWG Fetch,
  // CORS-safelisted).
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return object("FORM", { problem: "application/json is needed" });
  const bytes = await readAtMost(request.body, MOST_BYTES);
  if (!bytes) return object("BODY-LARGE", { most: MOST_BYTES });
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown);
  } catch {
    return object("FORM", { problem: "the body is not JSON" });
  }
}

/**
 * The bytes of a file in a request's body. Objects FORM for another type than application/octet-stream, which no form of
 * another site can send, and FILE-LARGE as soon as it is too large.
 */
export async function readFile(request: Request, most: number): Promise<Result<Uint8Array, Objection>> {
  if (request.headers.get("content-type") !== "application/octet-stream")
    return object("FORM", { problem: "application/octet-stream is needed" });
  const bytes = await readAtMost(request.body, most);
  return bytes ? ok(bytes) : object("FILE-LARGE", { most });
}
