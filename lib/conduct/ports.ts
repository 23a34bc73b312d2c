import type { Ceremony } from "#lib/ceremony/ceremony";
import type { EntryKind, EntryOf } from "#lib/ceremony/entry";
import type { OperationBook } from "#lib/ceremony/operation";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { Opening } from "#lib/log/commitment";

/** An entry as it is kept. */
export type KeptEntry = {
  readonly seq: number;
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly openings: readonly Opening[];
};

/** An entry the rules have admitted, to be kept. */
export type NewEntry = KeptEntry &
  Pick<EntryOf<EntryKind>, "ceremony" | "prev" | "kind" | "at" | "by"> & {
    /** The part of a secret whose hash this entry names, on its way to the worker. */
    readonly ciphertext?: Uint8Array;
    /** The id that whoever acts gave this act: the store keeps which entry came of it, and only one does. */
    readonly act?: string;
  };

/** Where transcripts are kept. */
export interface TranscriptStore {
  /** The entries of a ceremony from `fromSeq` on, in order; none when there is none. */
  readEntries(ceremony: string, fromSeq: number): Promise<readonly KeptEntry[]>;
  /** Keeps the entry and what the ceremony is after it. "conflict" when that place is taken: nothing was kept. */
  append(entry: NewEntry, after: Ceremony): Promise<"appended" | "conflict">;
}

/** The world's part of every verb: time, randomness, typefaces. */
export interface World {
  now(): Date;
  /** That many bytes nobody can guess. */
  random(bytes: number): Uint8Array;
  /** The characters of a text that no typeface of the record can draw. */
  undrawable(text: string): readonly string[];
}

/** What a verb of the room stands on. */
export type RoomPorts = {
  readonly store: TranscriptStore;
  readonly verifier: SignatureVerifier;
  readonly book: OperationBook;
  readonly world: World;
};

/** Who asks. A single sign-on lets a person look; only a passkey lets them act. */
export type Actor = { readonly person: string; readonly canSign: boolean };
