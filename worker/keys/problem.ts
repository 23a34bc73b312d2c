import type { InvariantName, Refusal } from "#lib/ceremony/refusal";
import { refusals } from "#lib/words/en/refusals";

/** What an application is told when it gets no answer (RFC 9457): a stable name, a sentence, and what to do. */
export interface Problem {
  readonly status: number;
  readonly name: string;
  readonly title: string;
  readonly remedy: string;
  /** Seconds after which the same may work. */
  readonly retryAfter?: number;
}

const PROBLEMS = {
  "TOKEN-MISSING": [401, "There is no access token, or its time is over.", "Ask for one at /oauth/token."],
  "SCOPE-MISSING": [403, "The access token was not asked for with this scope.", "Ask for a token with the scope, or without naming scopes."],
  "REQUEST-UNREADABLE": [400, "The request is not what the interface describes.", "Compare it with /api/v1/openapi.json."],
  "TOKEN-UNREADABLE": [400, "The token is none that is read here.", "Send a signed token in its compact form, without keys in its header."],
  "ALGORITHM-REFUSED": [400, "The token names an algorithm that no key here is for.", "Use RS256, PS256, ES256, ES384, ES512 or EdDSA."],
  "INPUT-REFUSED": [400, "The key does not open this.", "Send what this key encrypted or wrapped, unchanged, with the same further data."],
  "ENCRYPTIONS-USED-UP": [403, "The key has encrypted as often as a key may by AES-GCM.", "Have the alias mean another key. What this one encrypted is still decrypted."],
  "TYPE-UNKNOWN": [415, "The body is not of the type that is read here.", "Send JSON as application/json, at /oauth/token a form."],
  "TOO-LARGE": [413, "The request is larger than is read here.", "Hash large things where they are, and sign the hash."],
  "PATH-UNKNOWN": [404, "There is nothing under this address.", "Compare it with /api/v1/openapi.json."],
  "METHOD-UNKNOWN": [405, "This address does not know that method.", "Compare it with /api/v1/openapi.json."],
  "RATE-PASSED": [429, "The account has made more requests than its grant allows in a minute.", "Wait, or have a grant for more agreed to."],
  "QUEUE-FULL": [503, "Too much is waiting for the HSM.", "Try again after the time given; space out your requests."],
  "DEADLINE-PASSED": [503, "The HSM did not get to it in time.", "Try again after the time given."],
  "TOKEN-AWAY": [503, "The HSM does not answer at the moment.", "Try again after the time given."],
  "LOG-UNAVAILABLE": [503, "The use cannot be logged, and nothing is answered that is not logged.", "Try again after the time given."],
  "EVIDENCE-STALE": [503, "What was last known of keys and grants is too old to go by.", "Try again after the time given."],
  "KEY-UNUSABLE": [500, "The HSM refuses to use this key so.", "Tell the administrator of the system."],
  FAULT: [500, "Something is broken here.", "Tell the administrator of the system, with the id of the request."],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ProblemName = keyof typeof PROBLEMS;

const RETRY_SECONDS = 1;

export function problem(name: ProblemName, retryAfter?: number): Problem {
  const [status, title, remedy] = PROBLEMS[name];
  const after = retryAfter ?? (status === 503 ? RETRY_SECONDS : undefined);
  return { status, name, title, remedy, ...(after !== undefined && { retryAfter: after }) };
}

/** What is told under a name, of here or of a rule. */
export const problemNamed = (name: ProblemName | InvariantName): Problem =>
  Object.hasOwn(PROBLEMS, name) ? problem(name as ProblemName) : refusedProblem({ invariant: name as InvariantName });

/** A rule's refusal, in the words that people read as well. */
export function refusedProblem({ invariant }: Pick<Refusal, "invariant">): Problem {
  const said: { readonly [name in InvariantName]?: { readonly sentence: string; readonly remedy: string } } = refusals;
  const { sentence, remedy } = said[invariant] ?? { sentence: "A rule refuses it.", remedy: "Tell the administrator of the system." };
  return { status: 403, name: invariant, title: sentence, remedy };
}

/** As it travels: `type` names it for programs, `detail` says what to do. */
export const problemBody = ({ status, name, title, remedy }: Problem, use: string | null): string =>
  JSON.stringify({ type: `urn:claviger:problem:${name}`, title, status, detail: remedy, name, ...(use !== null && { use }) });
