import { Identifier } from "#lib/ceremony/roster.schema";
import type { FollowedCeremony } from "./followed-ceremony";
import type { WorkerStore } from "./store-port";

/**
 * What a worker does while another one leads: it verifies every ceremony and remembers on its own disk how far it has seen it. Nothing of
 * that can be taken back from it when its turn comes: a stop, a refusal or an outcome that is cut off then is TRANSCRIPT-ROLLBACK. What
 * does not hold is said once it leads. Needs no token.
 */
export class StandBy {
  readonly #store: Pick<WorkerStore, "ceremonies">;
  readonly #follow: (id: string) => FollowedCeremony;
  /** Nothing follows a last entry. */
  readonly #closed = new Set<string>();

  constructor(store: Pick<WorkerStore, "ceremonies">, follow: (id: string) => FollowedCeremony) {
    this.#store = store;
    this.#follow = follow;
  }

  /** One look at everything; ends early when `until` says so. Throws what the database throws. */
  async look(until: AbortSignal): Promise<void> {
    for (const id of await this.#store.ceremonies()) {
      if (until.aborted) return;
      if (this.#closed.has(id) || !Identifier.safeParse(id).success) continue;
      const read = await this.#follow(id).catchUp();
      if (read.ok && read.value.phase === "closed") this.#closed.add(id);
    }
  }
}
