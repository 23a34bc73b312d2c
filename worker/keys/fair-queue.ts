/** What waits, by whom: whoever asks takes turns with the others, however much one of them asks for. */
export class FairQueue<T extends { readonly deadline: number }> {
  readonly #waiting = new Map<string, T[]>();
  readonly #mostOfOne: number;
  readonly #mostOfAll: number;
  #size = 0;

  constructor(mostOfOne: number, mostOfAll: number) {
    this.#mostOfOne = mostOfOne;
    this.#mostOfAll = mostOfAll;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Answers what there is no room for, or null: the item itself where one asks too much; where all do together, the newest of whoever
   * has most waiting, so that nobody is kept out by others.
   */
  push(who: string, item: T): T | null {
    const mine = this.#waiting.get(who) ?? [];
    if (mine.length >= this.#mostOfOne) return item;
    let out: T | null = null;
    if (this.#size >= this.#mostOfAll) {
      const longest = [...this.#waiting.values()].reduce((most, row) => (row.length > most.length ? row : most), mine);
      if (longest === mine) return item;
      out = longest.pop() ?? null;
      this.#size -= 1;
    }
    mine.push(item);
    this.#waiting.set(who, mine);
    this.#size += 1;
    return out;
  }

  /**
   * Up to so many, one of each in turn; who was served goes to the end of the row. What is too late is handed to `late` instead, and
   * costs nobody a turn: where the oldest are always nearly over, nothing else would ever be begun.
   */
  take(most: number, isLate: (item: T) => boolean, late: (item: T) => void): T[] {
    const taken: T[] = [];
    while (taken.length < most) {
      const first = this.#waiting.entries().next();
      if (first.done) break;
      const [who, mine] = first.value;
      this.#waiting.delete(who);
      const inTime = mine.findIndex((item) => !isLate(item));
      const passed = mine.splice(0, inTime < 0 ? mine.length : inTime + 1);
      this.#size -= passed.length;
      if (inTime >= 0) taken.push(...passed.splice(-1));
      passed.forEach(late);
      if (mine.length > 0) this.#waiting.set(who, mine);
    }
    return taken;
  }

  /** Takes out what has waited beyond its deadline. */
  expired(now: number): T[] {
    const late: T[] = [];
    for (const [who, mine] of this.#waiting) {
      const left = mine.filter((item) => item.deadline > now);
      if (left.length === mine.length) continue;
      late.push(...mine.filter((item) => item.deadline <= now));
      if (left.length === 0) this.#waiting.delete(who);
      else this.#waiting.set(who, left);
    }
    this.#size -= late.length;
    return late;
  }
}
