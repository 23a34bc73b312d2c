import { TimeStampFault } from "#lib/pdf/time-stamp-client";

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;

/** How far the sealing of one ceremony's record has come. */
export type Sealing =
  | { readonly kind: "none" }
  | { readonly kind: "under-way" }
  | { readonly kind: "made"; readonly pdf: Uint8Array }
  /** No time stamp was to be had; it is tried again by then. */
  | { readonly kind: "no-stamp"; readonly why: string; readonly again: Date }
  /** It could not be drawn or sealed, which concerns this ceremony alone; it is tried again by then. */
  | { readonly kind: "failed"; readonly why: string; readonly again: Date };

interface Attempt {
  readonly tries: number;
  outcome: { readonly pdf: Uint8Array } | { readonly fault: unknown } | null;
  again: Date;
}

/**
 * Records are drawn, signed and time-stamped beside the rounds of the worker: an authority that takes its time must not hold up
 * a room. What could not be stamped, or not be sealed, is tried again, after longer and longer pauses: one record that fails, for a
 * text that somebody put into its ceremony perhaps, must not keep other rooms from anything.
 */
export class Sealings {
  readonly #attempts = new Map<string, Attempt>();
  readonly #verdicts = new Map<string, string | null>();
  readonly #now: () => Date;
  readonly #onSettled: () => void;
  readonly #concernsAll: (fault: unknown) => boolean;

  /** `concernsAll`: whether a fault is none of the record's, but of the token, the database or this worker's turn. */
  constructor(now: () => Date, onSettled: () => void, concernsAll: (fault: unknown) => boolean) {
    this.#now = now;
    this.#onSettled = onSettled;
    this.#concernsAll = concernsAll;
  }

  begin(ceremony: string, make: () => Promise<Uint8Array>): void {
    const attempt: Attempt = { tries: 1 + (this.#attempts.get(ceremony)?.tries ?? 0), outcome: null, again: this.#now() };
    this.#attempts.set(ceremony, attempt);
    // A fault is kept, not lost: the next look throws it where faults are handled.
    const settle = (outcome: NonNullable<Attempt["outcome"]>) => {
      attempt.outcome = outcome;
      attempt.again = new Date(this.#now().getTime() + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt.tries - 1)));
      this.#onSettled();
    };
    void make().then(
      (pdf) => settle({ pdf }),
      (fault: unknown) => settle({ fault }),
    );
  }

  /** "none": begin, or begin again. Throws, once, a fault that concerns more than this record. */
  look(ceremony: string): Sealing {
    const attempt = this.#attempts.get(ceremony);
    if (!attempt) return { kind: "none" };
    if (!attempt.outcome) return { kind: "under-way" };
    if ("pdf" in attempt.outcome) return { kind: "made", pdf: attempt.outcome.pdf };
    const { fault } = attempt.outcome;
    if (this.#concernsAll(fault)) {
      this.forget(ceremony);
      throw fault;
    }
    const { again } = attempt;
    if (this.#now() >= again) return { kind: "none" };
    if (fault instanceof TimeStampFault) return { kind: "no-stamp", why: fault.message, again };
    return { kind: "failed", why: fault instanceof Error ? `${fault.name}: ${fault.message}` : "a fault of no name", again };
  }

  /** Whether any record is being made now. */
  get underWay(): boolean {
    return [...this.#attempts.values()].some(({ outcome }) => outcome === null);
  }

  /** What `judge` says of the record with that hash, asked once: a long answer must not be sought anew in every round. */
  async verdict(ceremony: string, sha256: string, judge: () => Promise<string | null>): Promise<string | null> {
    const key = `${ceremony} ${sha256}`;
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    const verdict = await judge();
    this.#verdicts.set(key, verdict);
    return verdict;
  }

  /** What was made is kept elsewhere, or of no use. */
  forget(ceremony: string): void {
    this.#attempts.delete(ceremony);
  }
}
