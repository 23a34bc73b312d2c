/** A browser that has not been heard from for so long has left its seat. Hidden tabs call in about once a minute. */
const GONE_AFTER = 180_000;
/** So long after a page was left the next one has been in touch, if there is a next one. */
const NEXT_PAGE_WITHIN = 15_000;

/** Which browser plays which person. A browser is known by a random cookie; it plays one person at a time. */
export class Seats {
  readonly #now: () => number;
  readonly #taken = new Map<string, { person: string; seen: number }>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Takes a seat; whoever had it in another browser goes on to share it. */
  take(browser: string, person: string): void {
    this.#taken.set(browser, { person, seen: this.#now() });
  }

  /** A page of this browser was closed or left for another: its seat is free soon, unless the next page is in touch. */
  away(browser: string): void {
    const seat = this.#taken.get(browser);
    if (seat) seat.seen = this.#now() - GONE_AFTER + NEXT_PAGE_WITHIN;
  }

  leave(browser: string): void {
    this.#taken.delete(browser);
  }

  /** Who this browser plays, or null. Hearing from it keeps its seat. */
  personOf(browser: string): string | null {
    const seat = this.#taken.get(browser);
    if (seat) seat.seen = this.#now();
    return seat?.person ?? null;
  }

  /** Everybody who is played by a browser that is still there. */
  people(): ReadonlySet<string> {
    for (const [browser, { seen }] of this.#taken) if (this.#now() - seen > GONE_AFTER) this.#taken.delete(browser);
    return new Set([...this.#taken.values()].map(({ person }) => person));
  }
}
