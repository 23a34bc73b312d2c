import type { Ceremony } from "#lib/ceremony/ceremony";
import { readEntry, type Entry } from "#lib/ceremony/entry";
import { Identifier } from "#lib/ceremony/roster.schema";
import type { Refusal } from "#lib/ceremony/refusal";
import { take } from "#lib/ceremony/replay";
import type { Opening } from "#lib/log/commitment";
import { FreshReads } from "./fresh-reads";
import type { RoomPorts } from "./ports";

/** A ceremony and the entries that made it, each examined and admitted. */
export type Transcript = {
  readonly ceremony: Ceremony;
  readonly entries: readonly Entry[];
  readonly openings: readonly Opening[];
};

/** The kept entries are not what the rules admit: somebody changed the store. Nothing is done with such a ceremony. */
export class TranscriptFault extends Error {
  constructor(
    readonly ceremony: string,
    readonly seq: number,
    readonly refusal: Refusal,
  ) {
    super(`entry ${String(seq)} of ceremony ${ceremony} does not hold: ${refusal.invariant}`);
    this.name = "TranscriptFault";
  }
}

/** More ceremonies than are ever under way at once; a longer-forgotten one is simply replayed. */
const MOST_KEPT = 64;

/**
 * Reads transcripts and remembers what they came to, so that a new entry costs one look and one check, however many ask. What
 * is remembered here decides nothing: the store judges every append, and the worker replays the entries for itself.
 */
export class Transcripts {
  readonly #kept = new Map<string, Transcript>();
  readonly #reads = new FreshReads((id) => this.#extend(id));

  constructor(
    private readonly ports: Pick<RoomPorts, "store" | "verifier" | "book">,
    private readonly most = MOST_KEPT,
  ) {}

  /** The transcript as it is now, or null when there is no such ceremony. Throws TranscriptFault when it does not hold. */
  read(ceremony: string): Promise<Transcript | null> {
    return Identifier.safeParse(ceremony).success ? this.#reads.read(ceremony) : Promise.resolve(null);
  }

  async #extend(id: string): Promise<Transcript | null> {
    const known = this.#kept.get(id) ?? null;
    const kept = await this.ports.store.readEntries(id, known ? known.ceremony.head.seq + 1 : 0);
    let ceremony = known?.ceremony ?? null;
    const entries: Entry[] = [];
    for (const { seq, bytes } of kept) {
      const next = await take(this.ports.verifier, this.ports.book, ceremony, bytes);
      const read = readEntry(bytes);
      if (!next.ok) throw new TranscriptFault(id, seq, next.refusal);
      if (read.ok) entries.push(read.value.entry);
      ceremony = next.value;
    }
    if (!ceremony) return null;
    // Entries that hold, but belong to another ceremony than the one they are kept under.
    if (ceremony.id !== id)
      throw new TranscriptFault(id, 0, { invariant: "CHAIN-CEREMONY", facts: { expected: id, found: ceremony.id } });
    if (known && entries.length === 0) return known;
    const transcript = {
      ceremony,
      entries: [...(known?.entries ?? []), ...entries],
      openings: [...(known?.openings ?? []), ...kept.flatMap(({ openings }) => openings)],
    };
    this.#kept.delete(id);
    this.#kept.set(id, transcript);
    if (this.#kept.size > this.most) this.#kept.delete([...this.#kept.keys()][0] ?? "");
    return transcript;
  }
}
