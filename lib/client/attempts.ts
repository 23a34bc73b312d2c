import { begun, ClientProblem, noticed } from "./client-problem";
import { reasonOf, timerMs } from "./wire";

/** How long and how often something is tried. */
export interface Patience {
  /** After the first try. */
  readonly retries: number;
  /** For one try: its connection and its whole answer. */
  readonly limitMs: number;
  /** For all tries and the waiting between them. */
  readonly deadlineMs: number;
}

export interface Attempts extends Patience {
  /** Whether it may be done twice: then it is tried again although it may have been done. */
  readonly repeats: boolean;
  readonly signal: AbortSignal | null;
  /** Between 0 and 1. */
  readonly chance: () => number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
/** In less time no further try is made: nothing would come of it, and clocks ring a little early. */
const SHORTEST_TRY_MS = 10;
/** What a process, or something before it, answers that is busy or away. */
const PASSING = [429, 502, 503, 504];

/** Whether another try may help, and does no harm. */
export function mayTryAgain(problem: ClientProblem, repeats: boolean): boolean {
  if (problem.hasBegun && !repeats) return false;
  return problem.status === null ? problem.code !== "ANSWER-UNREADABLE" : PASSING.includes(problem.status);
}

/**
 * How long to wait before a try: anything up to a bound that doubles, so that callers who failed together do not come back together;
 * never shorter than the process asked for.
 */
export function waitBefore(retry: number, { retryAfterMs }: ClientProblem, chance: () => number): number {
  const jitter = chance() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (retry - 1));
  return Math.round((retryAfterMs ?? 0) + jitter);
}

/**
 * What `act` answers at its first try or a later one. Throws its last problem when there are no more tries, when another could do harm,
 * or when there is no time for one, and says in it whether any of the tries may have been acted on; the signal's reason when that is aborted.
 */
export async function attempt<T>(act: (limitMs: number) => Promise<T>, attempts: Attempts): Promise<T> {
  const { retries, limitMs, deadlineMs, repeats, signal, chance } = attempts;
  const end = performance.now() + deadlineMs;
  let last = null as ClientProblem | null;
  for (let retry = 0; ; retry += 1) {
    const left = end - performance.now();
    if (last && left < SHORTEST_TRY_MS) throw last;
    if (left <= 0) throw noticed("OUT-OF-TIME", false);
    try {
      return await act(Math.min(limitMs, left));
    } catch (fault) {
      if (!(fault instanceof ClientProblem)) throw fault;
      last = last?.hasBegun ? begun(fault) : fault;
      if (retry >= retries || !mayTryAgain(fault, repeats)) throw last;
      const wait = waitBefore(retry + 1, fault, chance);
      if (performance.now() + wait + SHORTEST_TRY_MS > end) throw last;
      await pause(wait, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal ? reasonOf(signal) : new Error("it was given up"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, timerMs(ms));
    if (signal?.aborted) onAbort();
    else signal?.addEventListener("abort", onAbort, { once: true });
  });
}
