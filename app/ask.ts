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
      headers: body === undefined ? {} : { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    return unanswered(
      "OFFLINE",
      "The server does not answer.",
      "Nothing that was written is lost. Check the connection and try again.",
    );
  }
  const answer = (await response.json().catch(() => null)) as { error?: Problem } | null;
  if (response.ok) return { ok: true, value: answer as T };
  if (answer?.error?.sentence) return { ok: false, problem: answer.error };
  if (response.status === 401)
    return unanswered(
      "SIGNED-OUT",
      "You are no longer signed in.",
      "Sign in again; the ceremony goes on meanwhile and nothing is lost.",
    );
  return unanswered(
    `HTTP-${String(response.status)}`,
    "The server could not do this.",
    "The transcript is unchanged. Try again in a moment.",
  );
}

const unanswered = (code: string, sentence: string, remedy: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code, sentence, remedy },
});
