import { object, type Objection } from "#lib/conduct/objection";
import { ok, type Result } from "#lib/result";

/** A script of 256 KiB as JSON, with room to spare; everything else is far smaller. */
const MOST_BYTES = 600 * 1024;

/** The JSON in a request's body. Objects FORM for another type, for what is no JSON, and as soon as it is too large. */
export async function readBody(request: Request): Promise<Result<unknown, Objection>> {
  // Only application/json: a form of another site can send the other types without being asked first (WHATWG Fetch,
  // CORS-safelisted).
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return object("FORM", { problem: "application/json is needed" });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) return object("FORM", { problem: "the body is too large", most: MOST_BYTES });
    chunks.push(chunk);
  }
  try {
    return ok(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks))) as unknown);
  } catch {
    return object("FORM", { problem: "the body is not JSON" });
  }
}
