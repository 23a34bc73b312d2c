import { TimeStampFault } from "#lib/pdf/time-stamp-client";

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;

/** How far one piece of work beside the rounds has come. */
export type Attempted =
  | { readonly kind: "none" }
  | { readonly kind: "under-way"; readonly since: Date }
  | { readonly kind: "made"; readonly bytes: Uint8Array }
  /** No time stamp was to be had; it is tried again by then. */
  | { readonly kind: "no-stamp"; readonly why: string; readonly away: boolean; readonly again: Date }
  /** It could not be made, which concerns this piece alone; it is tried again by then. */
  | { readonly kind: "failed"; readonly why: string; readonly again: Date };

interface Attempt {
  readonly tries: number;
  readonly since: Date;
  outcome: { readonly bytes: Uint8Array } | { readonly fault: unknown } | null;
  again: Date;
}

/**
 * What is made beside the rounds of the worker, because an authority outside may take its time, and must not hold up a room. What
 * could not be made is tried again, after longer and longer pauses.
 */
export class Attempts {
  readonly #attempts = new Map<string, Attempt>();
  readonly #now: () => Date;
  readonly #onSettled: () => void;
  readonly #concernsAll: (fault: unknown) => boolean;

  /** `concernsAll`: whether a fault is none of the piece's, but of the token, the database or this worker's turn. */
  constructor(now: () => Date, onSettled: () => void, concernsAll: (fault: unknown) => boolean) {
    this.#now = now;
    this.#onSettled = onSettled;
    this.#concernsAll = concernsAll;
  }

  begin(piece: string, make: () => Promise<Uint8Array>): void {
    const since = this.#now();
    const attempt: Attempt = { tries: 1 + (this.#attempts.get(piece)?.tries ?? 0), since, outcome: null, again: since };
    this.#attempts.set(piece, attempt);
    // A fault is kept, not lost: the next look throws it where faults are handled.
    const settle = (outcome: NonNullable<Attempt["outcome"]>) => {
      attempt.outcome = outcome;
      attempt.again = new Date(this.#now().getTime() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt.tries - 1)));
      this.#onSettled();
    };
    void make().then(
      (bytes) => settle({ bytes }),
      (fault: unknown) => settle({ fault }),
    );
  }

  /** "none": begin, or begin again. Throws, once, a fault that concerns more than this piece. */
  look(piece: string): Attempted {
    const attempt = this.#attempts.get(piece);
    if (!attempt) return { kind: "none" };
    if (!attempt.outcome) return { kind: "under-way", since: attempt.since };
    if ("bytes" in attempt.outcome) return { kind: "made", bytes: attempt.outcome.bytes };
    const { fault } = attempt.outcome;
    if (this.#concernsAll(fault)) {
      this.forget(piece);
      throw fault;
    }
    const { again } = attempt;
    if (this.#now() >= again) return { kind: "none" };
    if (fault instanceof TimeStampFault) return { kind: "no-stamp", why: fault.message, away: fault.away, again };
    return { kind: "failed", why: fault instanceof Error ? `${fault.name}: ${fault.message}` : "a fault of no name", again };
  }

  /** Whether anything is being made now. */
  get underWay(): boolean {
    return [...this.#attempts.values()].some(({ outcome }) => outcome === null);
  }

  /** What was made is kept elsewhere, or of no use. */
  forget(piece: string): void {
    this.#attempts.delete(piece);
  }
}
