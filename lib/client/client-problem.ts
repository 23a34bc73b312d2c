/** Where the names of what the client itself noticed stand; those of the key process begin with `urn:claviger:problem:`. */
const OF_CLIENT = "urn:claviger:client:";
const OF_PROCESS = "urn:claviger:problem:";

const NOTICED = {
  UNREACHABLE: ["No connection came about.", "Look at the address, the network and whether the key process runs."],
  "CONNECTION-LOST": ["The connection ended before the answer was there.", "Ask again, unless what was asked may not happen twice."],
  "OUT-OF-TIME": ["No answer came within the time given.", "Ask again later, or give more time."],
  "ANSWER-UNREADABLE": ["The answer is not what the interface describes.", "Look at what stands between here and the key process."],
} as const satisfies Record<string, readonly [string, string]>;

export type NoticedCode = keyof typeof NOTICED;

interface Said {
  readonly type: string;
  readonly code: string;
  readonly status: number | null;
  readonly title: string;
  readonly detail: string;
  readonly use?: string | null;
  readonly retryAfterMs?: number | null;
  readonly hasBegun: boolean;
  readonly cause?: unknown;
}

/** Why there is no answer: a problem that the key process told (RFC 9457), or what kept it from telling anything. */
export class ClientProblem extends Error {
  override readonly name = "ClientProblem";
  /** What it is, for programs: stable. */
  readonly type: string;
  /** The last part of `type`, such as `RATE-PASSED`, `KEY-STATE` or `UNREACHABLE`. */
  readonly code: string;
  /** Of the answer; null where there was none. */
  readonly status: number | null;
  readonly title: string;
  /** What to do about it. */
  readonly detail: string;
  /** The row of the log that says so, where there is one. */
  readonly use: string | null;
  /** After how long the same may work, where that was said. */
  readonly retryAfterMs: number | null;
  /** Whether the key process may have done what was asked, although nothing of it arrived. */
  readonly hasBegun: boolean;

  constructor({ type, code, status, title, detail, use = null, retryAfterMs = null, hasBegun, cause }: Said) {
    super(`${code}: ${title} ${detail}`, cause === undefined ? {} : { cause });
    [this.type, this.code, this.status, this.title, this.detail] = [type, code, status, title, detail];
    [this.use, this.retryAfterMs, this.hasBegun] = [use, retryAfterMs, hasBegun];
  }
}

/** What the client noticed itself. `hasBegun`: whether anything of the request may have arrived; `cause` is what Node said. */
export function noticed(
  code: NoticedCode,
  hasBegun: boolean,
  { status = null, retryAfterMs = null, cause }: { readonly status?: number | null; readonly retryAfterMs?: number | null; readonly cause?: unknown } = {},
): ClientProblem {
  const [title, detail] = NOTICED[code];
  return new ClientProblem({ type: `${OF_CLIENT}${code}`, code, status, title, detail, retryAfterMs, hasBegun, cause });
}

/** The same problem after an earlier try that may have been acted on. */
export function begun(problem: ClientProblem): ClientProblem {
  const { type, code, status, title, detail, use, retryAfterMs, cause } = problem;
  return new ClientProblem({ type, code, status, title, detail, use, retryAfterMs, hasBegun: true, cause });
}

/** An answer, as far as a problem is read from it. */
export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/**
 * The problem of an answer that is none of success. What does not come from the key process, such as a page or an object of something
 * that stands before it, is ANSWER-UNREADABLE with its status, and may have been acted on; what the process refused was not, save where it
 * broke. `isOfToken`: an access token was asked for, which alone is refused in the form of OAuth.
 */
export function problemOf(answer: ProblemAnswer, isOfToken = false): ClientProblem {
  const { status } = answer;
  const retryAfterMs = retryAfterOf(answer.headers["retry-after"]);
  const said = objectIn(answer.body);
  const [type, title, detail, use] = ["type", "title", "detail", "use"].map((member) => textIn(said, member));
  if (type?.startsWith(OF_PROCESS)) {
    const code = type.slice(OF_PROCESS.length);
    return new ClientProblem({ type, code, status, title: title ?? code, detail: detail ?? "", use: use ?? null, retryAfterMs, hasBegun: status === 500 });
  }
  // OAuth 2 answers have our name in front of what they describe (RFC 6749 section 5.2). What else has an `error` is a gateway's.
  const [error, description] = [textIn(said, "error"), textIn(said, "error_description")];
  if (isOfToken && error !== undefined && /^[a-z_]+$/.test(error)) {
    const [, code = error, rest = description ?? ""] = /^([A-Z][A-Z-]+): (.*)$/s.exec(description ?? "") ?? [];
    return new ClientProblem({ type: `${OF_PROCESS}${code}`, code, status, title: error, detail: rest, retryAfterMs, hasBegun: false });
  }
  return noticed("ANSWER-UNREADABLE", true, { status, retryAfterMs });
}

/** RFC 9110 section 10.2.3: seconds, or a date; null for anything else. */
function retryAfterOf(header: string | string[] | undefined): number | null {
  if (typeof header !== "string") return null;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

/** The object that a text is in JSON; null for any other text. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const textIn = (value: Readonly<Record<string, unknown>> | null, member: string): string | undefined => {
  const found = value?.[member];
  return typeof found === "string" ? found : undefined;
};
