import { Identifier } from "#lib/ceremony/roster.schema";
import type { Acting } from "./acting";
import { advance, isAtWork, type Seam } from "./advance";
import { FollowedCeremony, type Block } from "./followed-ceremony";
import type { WorkerParts } from "./parts-port";
import { keepsOut } from "./sit-out";

type Followed = { readonly ceremony: FollowedCeremony; readonly seams: Set<Seam> };

/** Every ceremony that this worker follows, what keeps each from going on, and which of them are over. */
export class FollowedCeremonies {
  readonly #parts: WorkerParts;
  readonly #followed = new Map<string, Followed>();
  readonly #blocks = new Map<string, Block>();
  /** The rule each open step waits for: QUORUM-REACHED while people read, STATEMENT-EXPIRED when they came too late. */
  readonly #waits = new Map<string, Block["code"]>();
  /** Ceremonies with nothing more to do. */
  readonly #over = new Set<string>();

  constructor(parts: WorkerParts) {
    this.#parts = parts;
  }

  /** What keeps ceremonies from going on, by their ids. */
  get blocks(): ReadonlyMap<string, Block> {
    return this.#blocks;
  }

  /** Which rule ceremonies wait for, by their ids. */
  get waits(): ReadonlyMap<string, Block["code"]> {
    return this.#waits;
  }

  /** Whether the recorder has just said that it logs out for a break: nothing more is asked of the token then. */
  get isOut(): boolean {
    return [...this.#waits.values()].includes("TOKEN-OUT");
  }

  /** Whether an operation was begun in any of them that has no outcome yet. */
  get isOperationUnderWay(): boolean {
    return this.#standing().some(({ phase, steps }) => phase !== "closed" && steps.some(({ started }) => started));
  }

  get isAnyAtWork(): boolean {
    return this.#standing().some(isAtWork);
  }

  follow(id: string): FollowedCeremony {
    return this.#entry(id).ceremony;
  }

  /** Brings one as far as it goes, and notes what keeps it from going further. Throws what the world broke. */
  async bringForward(acting: Acting, id: string, signal: AbortSignal): Promise<void> {
    this.#blocks.delete(id);
    this.#waits.delete(id);
    if (await this.#isOver(acting, id)) return;
    const { ceremony, seams } = this.#entry(id);
    while (!signal.aborted) {
      const acted = await advance(acting, ceremony, seams);
      if (acted.kind === "blocked") this.#blocks.set(id, acted.block);
      if (acted.kind === "wait" && acted.why !== undefined) this.#waits.set(id, acted.why);
      if (acted.kind !== "again") return;
    }
  }

  /**
   * The ceremonies that keep this worker out of the token. One that cannot be read keeps nobody out; the round says so. `onFault` hears
   * of each, and throws what ends the looking.
   */
  async breaksOn(onFault: (fault: unknown) => void): Promise<readonly string[]> {
    const { store, memory } = this.#parts;
    const ids = await store.ceremonies();
    const followed = ids.filter((id) => Identifier.safeParse(id).success && !this.#over.has(id)).map((id) => this.follow(id));
    for (const ceremony of followed) await ceremony.catchUp().catch(onFault);
    return followed.filter((ceremony) => keepsOut(ceremony, memory)).map(({ id }) => id);
  }

  /** What was interrupted is said in the transcript of every ceremony that was at work. */
  noteSeam(seam: Seam): void {
    for (const { ceremony, seams } of this.#followed.values()) {
      if (ceremony.ceremony && isAtWork(ceremony.ceremony)) seams.add(seam);
    }
  }

  /** Everything is verified anew before anything is done again. */
  beginAnew(): void {
    for (const [id, { ceremony, seams }] of this.#followed) this.#followed.set(id, { ceremony: ceremony.afresh(), seams });
  }

  /** Whether a ceremony is closed and its record still the one this worker sealed, which each run of the worker asks once. */
  async #isOver({ memory, store }: Acting, id: string): Promise<boolean> {
    if (this.#over.has(id)) return true;
    const head = memory.head(id);
    if (head?.closed !== true || head.record === null || (await store.recordHash(id)) !== head.record) return false;
    this.#over.add(id);
    this.#followed.delete(id);
    return true;
  }

  #entry(id: string): Followed {
    const known = this.#followed.get(id);
    if (known) return known;
    // The first look of this process at a ceremony already attached is the seam of a restart; `advance` drops it otherwise.
    const followed = { ceremony: new FollowedCeremony(id, this.#parts), seams: new Set<Seam>(["worker-restarted"]) };
    this.#followed.set(id, followed);
    return followed;
  }

  #standing() {
    return [...this.#followed.values()].flatMap(({ ceremony }) => ceremony.ceremony ?? []);
  }
}
