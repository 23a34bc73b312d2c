import type { Ceremony } from "#lib/ceremony/ceremony";
import { entryBytes, entryHash, type Entry } from "#lib/ceremony/entry";
import type { KeptEntry, NewEntry, TranscriptStore } from "#lib/conduct/ports";
import { sha256Hex } from "#lib/log/digest";
import type { KeptRecord, WorkerStore } from "#worker/store-port";

/**
 * Where a rehearsal keeps its transcript and its record: in memory, for app and worker alike, as the database does for the real
 * ones.
 */
export class MemoryHouse {
  readonly #entries = new Map<string, KeptEntry[]>();
  readonly #parts = new Map<string, Map<number, Uint8Array>>();
  readonly records = new Map<string, KeptRecord>();

  /** What the verbs of the room stand on. */
  readonly rooms: TranscriptStore = {
    readEntries: (ceremony, fromSeq) => Promise.resolve(this.#of(ceremony).slice(fromSeq)),
    append: (entry) => Promise.resolve(this.#append(entry)),
  };

  /** What the worker stands on. Rosters are pinned beforehand, and rehearsals need no endorsements. */
  readonly worker: WorkerStore = {
    ceremonies: () => Promise.resolve([...this.#entries.keys()]),
    entries: (ceremony, fromSeq) => Promise.resolve(this.#of(ceremony).slice(fromSeq)),
    append: (entry: Entry, _after: Ceremony) => {
      const { ceremony, seq, prev, kind, at, by } = entry;
      return Promise.resolve(
        this.#append({ ceremony, seq, prev, kind, at, by, hash: entryHash(entry), bytes: entryBytes(entry), openings: [] }),
      );
    },
    findRecord: (ceremony) => Promise.resolve(this.records.get(ceremony)?.pdf ?? null),
    recordHash: (ceremony) => Promise.resolve(this.records.get(ceremony)?.sha256 ?? null),
    keepRecord: (record) => {
      if (record.sha256 !== sha256Hex(record.pdf)) throw new Error("the record is kept under another hash than its own");
      if (!this.records.has(record.ceremony)) this.records.set(record.ceremony, record);
      return Promise.resolve();
    },
    rostersAfter: () => Promise.resolve([]),
    endorsements: () => Promise.resolve([]),
    secretParts: (ceremony) => Promise.resolve([...this.#partsOf(ceremony)].map(([seq, ciphertext]) => ({ seq, ciphertext }))),
    takeAwayParts: (ceremony, upTo) => {
      const parts = this.#partsOf(ceremony);
      for (const seq of [...parts.keys()]) if (upTo === null || seq <= upTo) parts.delete(seq);
      return Promise.resolve();
    },
    attestations: () => Promise.resolve([]),
    noteTrusted: () => Promise.resolve(),
    sayHealth: () => Promise.resolve(),
    watch: () => ({ stop: () => Promise.resolve() }),
    isGone: () => false,
    close: () => Promise.resolve(),
  };

  #of(ceremony: string): KeptEntry[] {
    return this.#entries.get(ceremony) ?? [];
  }

  #partsOf(ceremony: string): Map<number, Uint8Array> {
    const parts = this.#parts.get(ceremony) ?? new Map<number, Uint8Array>();
    this.#parts.set(ceremony, parts);
    return parts;
  }

  #append({ ceremony, seq, hash, bytes, openings, ciphertext }: NewEntry): "appended" | "conflict" {
    const entries = this.#of(ceremony);
    if (entries.length !== seq) return "conflict";
    this.#entries.set(ceremony, [...entries, { seq, hash, bytes, openings }]);
    if (ciphertext) this.#partsOf(ceremony).set(seq, ciphertext);
    return "appended";
  }
}
