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
