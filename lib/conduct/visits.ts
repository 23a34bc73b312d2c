/** After so long without a look, the next one is another visit. */
const VISIT_MS = 15 * 60_000;
/** A visit that goes on is noted again each hour, so that what was noted says how long somebody looked on. */
const AGAIN_MS = 60 * 60_000;
/** More visits at once than people could make. */
const MOST_KEPT = 4096;

type Visit = { lastAt: number; readonly notedAt: number; readonly noted: Promise<void> };

/**
 * Notes visits, not looks: a page that asks every few seconds is one visit, noted each hour. Whoever looks waits until theirs is noted, and sees
 * nothing where it cannot be.
 */
export class Visits {
  readonly #open = new Map<string, Visit>();

  /** Resolves when the visit that this look belongs to has been noted. Throws what noting throws; the next look tries again. */
  async look(visit: string, now: Date, note: () => Promise<unknown>): Promise<void> {
    const at = now.getTime();
    const known = this.#open.get(visit);
    if (known && at - known.lastAt < VISIT_MS && at - known.notedAt < AGAIN_MS) {
      known.lastAt = at;
      return known.noted;
    }
    const noted = note().then(() => undefined);
    this.#open.delete(visit);
    this.#open.set(visit, { lastAt: at, notedAt: at, noted });
    if (this.#open.size > MOST_KEPT) this.#open.delete([...this.#open.keys()][0] ?? "");
    try {
      await noted;
    } catch (fault) {
      this.#open.delete(visit);
      throw fault;
    }
  }
}
