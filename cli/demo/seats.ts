/** A page in sight calls in every second or so: one that was not heard from for so long is gone, however it went. */
const IN_SIGHT = 12_000;
/** Browsers let hidden tabs call in about once a minute. */
const HIDDEN = 180_000;
/** So long after a page was left, or a seat was taken, the next page has been in touch, if there is a next one. */
const NEXT_PAGE_WITHIN = 15_000;

/** Which browser plays which person. A browser is known by a random cookie; it plays one person at a time. */
export class Seats {
  readonly #now: () => number;
  readonly #taken = new Map<string, { person: string; until: number }>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Takes a seat; whoever had it in another browser goes on to share it. */
  take(browser: string, person: string): void {
    this.#taken.set(browser, { person, until: this.#now() + NEXT_PAGE_WITHIN });
  }

  /** A page of this browser calls in, and says whether anybody can see it. */
  heard(browser: string, hidden: boolean): void {
    this.#keep(browser, hidden ? HIDDEN : IN_SIGHT);
  }

  /** A page of this browser was closed or left for another: its seat is free soon, unless the next page is in touch. */
  away(browser: string): void {
    this.#keep(browser, NEXT_PAGE_WITHIN);
  }

  leave(browser: string): void {
    this.#taken.delete(browser);
  }

  /** Who this browser plays, or null. */
  personOf(browser: string): string | null {
    return this.#taken.get(browser)?.person ?? null;
  }

  /** Everybody who is played by a browser that is still there. */
  people(): ReadonlySet<string> {
    for (const [browser, { until }] of this.#taken) if (this.#now() > until) this.#taken.delete(browser);
    return new Set([...this.#taken.values()].map(({ person }) => person));
  }

  #keep(browser: string, milliseconds: number): void {
    const seat = this.#taken.get(browser);
    if (seat) seat.until = this.#now() + milliseconds;
  }
}
