/** What was tried, and who found it: a row each. The sum of many tries of one kind stands in one row. */
export class TamperMatrix {
  readonly #rows = new Map<string, { tried: number; readonly finders: Map<string, number> }>();

  constructor(private readonly title: string) {}

  /** Notes one try: who found it, by name; nobody, where `finder` is null. */
  note(what: string, finder: string | null): void {
    const row = this.#rows.get(what) ?? { tried: 0, finders: new Map<string, number>() };
    row.tried += 1;
    if (finder !== null) row.finders.set(finder, (row.finders.get(finder) ?? 0) + 1);
    this.#rows.set(what, row);
  }

  /** Rows in which something was tried that nobody found. */
  get unfound(): string[] {
    return [...this.#rows].flatMap(([what, { tried, finders }]) => (tried > 0 && foundIn(finders) === tried ? [] : [what]));
  }

  get tries(): number {
    return [...this.#rows.values()].reduce((sum, { tried }) => sum + tried, 0);
  }

  get rows(): string[] {
    return [...this.#rows.keys()];
  }

  toString(): string {
    const width = Math.max(...this.rows.map((what) => what.length));
    const lines = [...this.#rows].map(([what, { tried, finders }]) => {
      const who = [...finders].sort(([, a], [, b]) => b - a).map(([finder, count]) => (count === tried ? finder : `${finder} ${String(count)}`));
      return `${what.padEnd(width)}  ${`${String(foundIn(finders))}/${String(tried)}`.padStart(7)}  ${who.join(", ")}`;
    });
    return [`${this.title}: what was changed, how many of how many were found, and by whom`, ...lines].join("\n");
  }
}

const foundIn = (finders: ReadonlyMap<string, number>): number => [...finders.values()].reduce((sum, count) => sum + count, 0);

/**
 * So many numbers below that one, by a fixed generator: a failure names a place that can be looked at again. Of its high bits, because its
 * low ones come again soon.
 */
export function places(count: number, below: number, seed: number): number[] {
  return Array.from({ length: count }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((seed / 0x8000_0000) * below);
  });
}

/** A copy with one bit of the byte at that place changed. */
export function flipped(bytes: Uint8Array, at: number, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
}
