/** The moment every rehearsal begins at: a Tuesday in the morning, as ceremonies do. */
const BEGINS = "2026-01-06T09:00:00.000Z";
/** Between two acts of people. */
const ACT_MS = 10_000;

/** A clock that stands still until somebody does something: the same script takes the same time in every rehearsal. */
export class SteppedClock {
  #at = Date.parse(BEGINS);

  readonly now = (): Date => new Date(this.#at);

  /** Somebody has done something. */
  step(): void {
    this.#at += ACT_MS;
  }

  /** Nothing happened for a while; never backwards. */
  waitUntil(instant: string): void {
    this.#at = Math.max(this.#at, Date.parse(instant));
  }
}
