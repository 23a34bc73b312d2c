import type { KeptLeaf, LoggedEntry, LoggedEventRow, LoggedThing } from "#lib/store/logged-things";
import type { LogCosignature, LogRows, Waiting } from "#lib/store/transparency-log";

/** What the keeper of a log asks of the database, and believes nothing of. */
export interface LogStore {
  waiting(most: number): Promise<readonly Waiting[]>;
  /** The bytes of a ceremony's first entry, or null. */
  firstEntry(ceremony: string): Promise<Uint8Array | null>;
  /** Where the log says that leaves of these hashes stand; no member for those it does not have. */
  known(origin: string, hashes: readonly string[]): Promise<ReadonlyMap<string, number>>;
  forget(ids: readonly bigint[]): Promise<void>;
  keep(rows: LogRows): Promise<"kept" | "conflict">;
  checkpoint(origin: string): Promise<{ readonly size: number; readonly note: Uint8Array } | null>;
  /** A witness's line under a checkpoint, by the key it is checked with. */
  keepCosignature(cosignature: LogCosignature): Promise<void>;
  tile(origin: string, level: number, index: number): Promise<Uint8Array | null>;
}

/** What whoever compares rows with leaves asks beside it. */
export interface LogRowStore extends Pick<LogStore, "firstEntry" | "known" | "tile"> {
  /** The leaves from an index on, at most so many, by their index; one that is not there has no member. */
  leaves(origin: string, from: number, most: number): Promise<ReadonlyMap<number, KeptLeaf>>;
  eventsAt(ids: readonly string[]): Promise<readonly LoggedEventRow[]>;
  entriesAt(places: readonly { readonly ceremony: string; readonly seq: number }[]): Promise<readonly LoggedEntry[]>;
  /** Events in the order of their ids, entries in that of their places, after one of them, at most so many. */
  eventsAfter(id: string | null, most: number): Promise<readonly LoggedThing[]>;
  entriesAfter(place: { readonly ceremony: string; readonly seq: number } | null, most: number): Promise<readonly LoggedThing[]>;
  /** Ceremonies of which a row says that their record was destroyed, each with the number of the event it names for that. */
  destroyedRecords(): Promise<ReadonlyMap<string, string>>;
  /** Those that are not in the log yet. */
  stillWaiting(things: readonly LoggedThing[]): Promise<readonly LoggedThing[]>;
}
