import { wordsHere } from "#components/words";

/** Why something was not done, for a person: what happened, and what to do now. */
export type Problem = { readonly code: string; readonly sentence: string; readonly remedy?: string };
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** One request to this app's own interface. Never throws: no answer at all is a problem like any other. */
export async function ask<T>(path: string, body?: unknown, method = body === undefined ? "GET" : "POST"): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: "no-store",
      signal: AbortSignal.timeout(method === "GET" ? 15_000 : 60_000),
      ...(body === undefined ? {} : bodyOf(body)),
    });
  } catch {
    return unanswered("OFFLINE", "offline");
  }
  const answer = (await response.json().catch(() => null)) as { error?: Problem } | null;
  if (response.ok) return { ok: true, value: answer as T };
  if (answer?.error?.sentence) return { ok: false, problem: answer.error };
  if (response.status === 401)
    return unanswered("SIGNED-OUT", "signedOut");
  return unanswered(`HTTP-${String(response.status)}`, "http");
}

/** A file goes as the bytes it is, everything else as JSON. */
const bodyOf = (body: unknown): Pick<RequestInit, "body" | "headers"> =>
  body instanceof Blob
    ? { body, headers: { "content-type": "application/octet-stream" } }
    : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };

function unanswered(code: string, why: "offline" | "signedOut" | "http"): { ok: false; problem: Problem } {
  const words = wordsHere().of("faults");
  return { ok: false, problem: { code, sentence: words(`${why}.sentence`), remedy: words(`${why}.remedy`) } };
}
