import { checkLog, type CheckParts, type Difference } from "./check-log";

/** So many differences of one comparison are kept; the others are counted. */
const KEPT = 1_000;
/**
 * A look takes as many steps as fit into this, and no more than that many. A round waits a second: with one step of 256 leaves, or of 500 rows, in
 * each, ten million leaves would take seventeen hours.
 */
const LOOK_MS = 500;
const STEPS = 64;
/** After a whole comparison, and before the next one begins. */
const PAUSE_MS = 600_000;

/**
 * The comparison of rows with leaves beside the worker's rounds: a few steps at each look, from the beginning again ten minutes after its end.
 * What one comparison found is said until the next one has come to its end without it.
 */
export class LogWatch {
  readonly #begin: () => ReturnType<typeof checkLog>;
  readonly #now: () => Date;
  #under: ReturnType<typeof checkLog> | null = null;
  #again = 0;
  #before: Found = { differences: [], more: 0 };
  #found: Found = { differences: [], more: 0 };

  constructor(parts: CheckParts, origin: string, now: () => Date) {
    this.#begin = () => checkLog(parts, origin);
    this.#now = now;
  }

  /** Of the last comparison that came to its end, and what the one under way found beyond it. */
  get differences(): readonly Difference[] {
    const known = new Set(this.#before.differences.map(textOf));
    return [...this.#before.differences, ...this.#found.differences.filter((one) => !known.has(textOf(one)))];
  }

  /** How many there are at least, with those that are counted only. */
  get count(): number {
    return this.differences.length + Math.max(this.#before.more, this.#found.more);
  }

  /**
   * A few steps, and no further one once somebody `isAwaited`: nobody in a room waits for it. Throws what the database throws; the
   * comparison then begins anew.
   */
  async look(isAwaited: () => boolean = () => false): Promise<void> {
    const until = this.#now().getTime() + LOOK_MS;
    for (let steps = 0; steps < STEPS && (await this.#step()); steps++) if (isAwaited() || this.#now().getTime() >= until) return;
  }

  /** Whether there is more to do now. */
  async #step(): Promise<boolean> {
    if (!this.#under && this.#now().getTime() < this.#again) return false;
    this.#under ??= this.#begin();
    try {
      const step = await this.#under.next();
      if (!step.done) {
        this.#note(step.value);
        return true;
      }
    } catch (fault) {
      this.#under = null;
      this.#found = { differences: [], more: 0 };
      throw fault;
    }
    [this.#before, this.#found, this.#under] = [this.#found, { differences: [], more: 0 }, null];
    this.#again = this.#now().getTime() + PAUSE_MS;
    return false;
  }

  #note(differences: readonly Difference[]): void {
    const { differences: found } = this.#found;
    const kept = differences.slice(0, KEPT - found.length);
    found.push(...kept);
    this.#found.more += differences.length - kept.length;
  }
}

type Found = { readonly differences: Difference[]; more: number };

const textOf = ({ what, how }: Difference): string => `${what}: ${how}`;
