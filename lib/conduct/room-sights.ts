import { FreshReads } from "./fresh-reads";
import type { RoomBook } from "./room";
import { RoomSight } from "./room-sight";
import type { HealthSaid, RoomSource } from "./room-view";
import type { Transcripts } from "./transcript";

export type SightPorts = {
  readonly transcripts: Pick<Transcripts, "read">;
  readonly book: RoomBook;
  /** The seal of a ceremony's record; null while there is none. */
  readonly seal: (ceremony: string) => Promise<RoomSource["record"]>;
  /** What the worker on that token last said, or any worker where no token is known yet; null for nothing. */
  readonly health: (serial: string | null) => Promise<HealthSaid | null>;
  readonly now: () => Date;
};

/** As many as transcripts are remembered. */
const MOST_KEPT = 64;
/** What changes by the clock alone (a time that has passed, a worker gone silent) may be shown so much late. */
const HOLDS_FOR_MS = 1_000;

/** How rooms look now. However many ask, each is made once for each change; the same object as long as nothing changes. */
export class RoomSights {
  readonly #kept = new Map<string, RoomSight>();
  readonly #reads = new FreshReads((id) => this.#look(id));
  readonly #ports: SightPorts;

  constructor(ports: SightPorts) {
    this.#ports = ports;
  }

  /** The room as it is now, or null when there is no such ceremony. Throws what reading the transcript throws. */
  look(id: string): Promise<RoomSight | null> {
    return this.#reads.read(id);
  }

  async #look(id: string): Promise<RoomSight | null> {
    const { transcripts, book, seal, health, now } = this.#ports;
    const transcript = await transcripts.read(id);
    if (!transcript) return null;
    const { ceremony, entries, openings } = transcript;
    const [record, said] = await Promise.all([seal(id), health(ceremony.recorder?.token.serial ?? null)]);
    const source: RoomSource = { ceremony, entries, openings, book, record, health: said, now: now().toISOString() };
    const known = this.#kept.get(id);
    if (known && isStill(known.source, source)) return known;
    const sight = new RoomSight(source);
    return known?.looksLike(sight) ? known : this.#keep(id, sight);
  }

  #keep(id: string, sight: RoomSight): RoomSight {
    this.#kept.delete(id);
    this.#kept.set(id, sight);
    if (this.#kept.size > MOST_KEPT) this.#kept.delete([...this.#kept.keys()][0] ?? "");
    return sight;
  }
}

/** Whether a sight made of the one source would do for the other. */
const isStill = (before: RoomSource, after: RoomSource): boolean =>
  before.ceremony === after.ceremony &&
  before.record?.sha256 === after.record?.sha256 &&
  before.health?.state === after.health?.state &&
  before.health?.sentence === after.health?.sentence &&
  Date.parse(after.now) - Date.parse(before.now) < HOLDS_FOR_MS;
