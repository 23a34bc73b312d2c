import { CountUses, readUsesOfDay, sealedUses, usesOfDayBytes, type UsesOfDay } from "#lib/accounts/uses-of-day";
import { DAY_MS, daysAfter } from "#lib/ceremony/days";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { KeptDay, PlacedUse } from "#lib/store/key-use-days";
import type { Acting } from "../acting";
import { signAsRecorder } from "../recorder";

/** What is asked of the log of uses and of its counts, and believed nothing of. */
export interface UseDayStore {
  newest(): Promise<KeptDay | null>;
  find(day: string): Promise<KeptDay | null>;
  /** Every day that is counted, in order. */
  days(): Promise<readonly string[]>;
  /** The day of the use that was kept first, or null. */
  first(): Promise<string | null>;
  /** How many uses there are of days before that one. */
  before(day: string): Promise<number>;
  /** Between which ids the uses of a day stand, or null where there is none. */
  places(day: string): Promise<Places | null>;
  uses(day: string, places: Places, most: number): Promise<readonly PlacedUse[]>;
  /** With the event that names it, in one transaction; "there" when the day is counted already. */
  keep(day: KeptDay, said: { readonly uses: number; readonly rows: number }): Promise<"kept" | "there">;
  /** Ids of the events that say how a day was counted. */
  events(day: string): Promise<readonly string[]>;
  /** Every day of which an event says how it was counted, in order. */
  announced(): Promise<readonly string[]>;
}
type Places = { readonly from: bigint; readonly to: bigint };

type Hands = Pick<Acting, "recorder" | "token" | "verifier">;

/** What is kept as the counts of a day was not sealed by this recorder, or a day that was counted is no longer. A person must look. */
export class CountsForged extends Error {
  override readonly name = "CountsForged";

  constructor(
    readonly day: string,
    readonly how: "not-sealed" | "taken-away",
  ) {
    super(`forged counts of ${day}: ${how}`);
  }
}

/** Uses read at a time, and how long one look goes on: ceremonies wait for nothing longer. */
const PAGE = 1_000;
const SLICE_MS = 100;
/** After the end of a day: nothing waits so long to be logged, and no clock should be so far behind. */
export const GRACE_MS = 3_600_000;
/** Between two looks that found nothing to count. */
const PAUSE_MS = 60_000;

/** The counts of a day by the rows as they are now, a page at each step. */
export async function* countDay(store: Pick<UseDayStore, "places" | "uses">, day: string): AsyncGenerator<void, UsesOfDay> {
  const count = new CountUses(day);
  const places = await store.places(day);
  for (let from = places?.from; places && from !== undefined; ) {
    const page = await store.uses(day, { from, to: places.to }, PAGE);
    for (const use of page) count.add(use);
    const last = page.at(-1);
    from = last && page.length === PAGE ? last.id + 1n : undefined;
    yield;
  }
  return count.end();
}

/** The counts of a day as this recorder sealed them. Null for what is kept in their place and is none. */
export async function sealedCounts({ day, bytes, seal }: KeptDay, recorderSpki: Uint8Array, verifier: Pick<SignatureVerifier, "verify">): Promise<UsesOfDay | null> {
  const counted = readUsesOfDay(bytes);
  if (counted?.day !== day) return null;
  return (await verifier.verify("ES256", recorderSpki, sealedUses(bytes), seal)) ? counted : null;
}

/**
 * Counts the uses of each day that is over, one day after the other, from the first use on, a little at each look. Nothing of a count
 * under way is kept: after a crash the day is counted anew. Whichever of two is first with a day has counted it.
 */
export class UseCounter {
  readonly #store: UseDayStore;
  readonly #now: () => Date;
  #under: { readonly day: string; readonly steps: ReturnType<typeof countDay> } | null = null;
  #again = 0;

  constructor(store: UseDayStore, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** Whether a day is being counted: the next look goes on with it. */
  get isUnderWay(): boolean {
    return this.#under !== null;
  }

  /** Answers the day that was counted by this look, or null. Throws `CountsForged`, and what the database or the token throws. */
  async look(hands: Hands): Promise<string | null> {
    const end = performance.now() + SLICE_MS;
    try {
      this.#under ??= await this.#next(hands);
      while (this.#under && performance.now() < end) {
        const { day, steps } = this.#under;
        const step = await steps.next();
        if (step.done !== true) continue;
        this.#under = null;
        return (await this.#keep(hands, step.value)) === "kept" ? day : null;
      }
    } catch (fault) {
      this.#under = null;
      throw fault;
    }
    return null;
  }

  async #next({ recorder, verifier }: Hands) {
    const now = this.#now().getTime();
    if (now < this.#again) return null;
    const newest = await this.#store.newest();
    if (newest && !(await sealedCounts(newest, recorder.spki, verifier))) throw new CountsForged(newest.day, "not-sealed");
    const day = newest ? daysAfter(newest.day, 1).slice(0, 10) : await this.#store.first();
    if (day !== null && Date.parse(day) + DAY_MS + GRACE_MS <= now) {
      // Row and event are kept together. Counted once more, a day would have two counts under one seal, and the second would hide what is gone.
      if ((await this.#store.events(day)).length > 0) {
        if (await this.#store.find(day)) return null; // another worker was quicker
        throw new CountsForged(day, "taken-away");
      }
      return { day, steps: countDay(this.#store, day) };
    }
    this.#again = now + PAUSE_MS;
    return null;
  }

  async #keep({ token }: Hands, counted: UsesOfDay): Promise<"kept" | "there"> {
    const bytes = usesOfDayBytes(counted);
    const seal = await signAsRecorder(token, sealedUses(bytes));
    const { day, uses, rows } = counted;
    return this.#store.keep({ day, bytes, seal }, { uses, rows });
  }
}
