import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { problemBody, type Problem } from "./problem";

/** An answer as it goes over the wire. */
export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (status: number, value: object, headers?: Readonly<Record<string, string>>): Reply => ({
  status,
  type: "application/json",
  body: JSON.stringify(value),
  ...(headers && { headers }),
});

export const problemReply = (said: Problem, use: string | null = null, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: said.status,
  type: "application/problem+json",
  body: problemBody(said, use),
  headers: {
    ...(said.retryAfter !== undefined && { "retry-after": String(said.retryAfter) }),
    ...(said.status === 401 && { "www-authenticate": 'Bearer error="invalid_token"' }),
    ...headers,
  },
});

/** How long what everybody may read is kept by whoever asked. */
export const KEPT_SECONDS = 300;

/** What everybody may read, and keep for a while: 304 for who has it already (RFC 9110 section 13.1.2). */
export function documentReply(request: IncomingMessage, type: string, value: object): Reply {
  const body = JSON.stringify(value);
  const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
  const kept = String(KEPT_SECONDS);
  const headers = { etag, "cache-control": `public, max-age=${kept}, stale-if-error=${kept}`, "access-control-allow-origin": "*" };
  return has(request.headers["if-none-match"], etag) ? { status: 304, type, body: "", headers } : { status: 200, type, body, headers };
}

/** The comparison is weak: what stands before this process and packs answers makes their tags weak. */
const has = (said: string | undefined, etag: string): boolean =>
  said?.trim() === "*" || (said?.split(",").some((one) => one.trim().replace(/^W\//, "") === etag) ?? false);
