/** What watching over tokens asks of the database, which is believed in nothing. */
export interface WatchStore {
  /** Ids of all ceremonies that have entries: a key outlives the record of the ceremony that made it. */
  ceremonies(): Promise<readonly string[]>;
  /** The bytes of a ceremony's entries from that place on. */
  transcript(ceremony: string, fromSeq: number): Promise<readonly Uint8Array[]>;
  /** The bytes of every change of a key that was written down. */
  changes(): Promise<readonly Uint8Array[]>;
  /** The bytes of every listing of a token, the oldest first. */
  listings(token: string): Promise<readonly Uint8Array[]>;
  /** Keeps a listing; the very same one twice is once. */
  keepListing(row: { readonly token: string; readonly prev: string | null; readonly at: string; readonly bytes: Uint8Array }): Promise<void>;
  /** The last time that somebody asked for a comparison, as a number that grows; null before the first. */
  newestAsked(): Promise<string | null>;
}

/** How often a worker compares its tokens with the register, and where that is kept. */
export type WatchesTokens = { readonly minutes: number; readonly store: WatchStore };
