import { attempt, type Patience } from "./attempts";
import { ClientProblem, noticed, problemOf } from "./client-problem";
import { OPERATIONS, type Operation } from "./operations";
import { reasonOf, timerMs, type Answer, type Exchange, type Wire } from "./wire";

/** What came of one call, for whoever counts: nothing of what was asked or answered. */
export interface Called {
  readonly operation: Operation;
  /** Status of the last answer; null where there was none. */
  readonly status: number | null;
  /** Null when it was done; else the code of its problem, or ABORTED. */
  readonly code: string | null;
  readonly tries: number;
  /** All tries and waits together. */
  readonly millis: number;
}

/** What a caller says of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** For all tries together; the client's own where it is not said. */
  readonly deadlineMs?: number | undefined;
}

export interface CallsParts {
  readonly wire: Wire;
  readonly patience: Patience;
  /** What it throws is its own affair: what was called is not undone by it. */
  readonly onCalled: (called: Called) => unknown;
  readonly chance: () => number;
}

type Asked = Omit<Exchange, "limitMs" | "signal">;

/** Calls: one request each, tried again where that helps and does no harm, and counted. */
export class Calls {
  readonly #parts: CallsParts;

  constructor(parts: CallsParts) {
    this.#parts = parts;
  }

  get origin(): string {
    return this.#parts.wire.origin;
  }

  /**
   * The answer of success, 200 or `also`. `asked` is made anew for each try. Throws a ClientProblem, or the reason of the signal.
   */
  async call(operation: Operation, asked: () => Asked, options: CallOptions, also: number | null = null): Promise<Answer> {
    const { wire, patience, chance, onCalled } = this.#parts;
    const { signal = null, deadlineMs = patience.deadlineMs } = options;
    const { repeats } = OPERATIONS[operation];
    const began = performance.now();
    let tries = 0;
    let status: number | null = null;
    const told = (code: string | null) => {
      const called = { operation, status, code, tries, millis: performance.now() - began };
      new Promise((done) => done(onCalled(called))).catch(() => undefined);
    };
    const once = async (limitMs: number): Promise<Answer> => {
      [tries, status] = [tries + 1, null];
      const answer = await wire.exchange({ ...asked(), limitMs, signal });
      status = answer.status;
      if (answer.status !== 200 && answer.status !== also) throw problemOf(answer, operation === "token");
      return answer;
    };
    try {
      const answer = await attempt(once, { ...patience, deadlineMs, repeats, signal, chance });
      told(null);
      return answer;
    } catch (fault) {
      told(fault instanceof ClientProblem ? fault.code : signal?.aborted ? "ABORTED" : "FAULT");
      throw fault;
    }
  }

  close(): void {
    this.#parts.wire.close();
  }
}

/** What many wait for, for one of them: until its own signal or time ends its waiting, and nobody else's. */
export function waitedFor<T>(coming: Promise<T>, signal: AbortSignal | null, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      end();
      reject(signal ? reasonOf(signal) : new Error("it was given up"));
    };
    const timer = setTimeout(() => {
      end();
      reject(noticed("OUT-OF-TIME", false));
    }, timerMs(limitMs));
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    coming.then(resolve, reject).finally(end);
  });
}
