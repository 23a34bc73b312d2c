import type { Opening } from "#lib/log/commitment";

/** What a server gives for a line that a search found, when the log has it; nothing in it is believed. */
export type GivenLine = {
  readonly id: string;
  /** Of an event its line of an event file, of an entry its canonical bytes as text: what the leaf is the hash of. */
  readonly said: string;
  /** What an entry's commitments stand for, as far as it is known here. */
  readonly openings: readonly Opening[];
  /** That it is a leaf under a checkpoint, with that checkpoint (`logProofBytes`). */
  readonly proof: string;
};

export type GivenLines = {
  readonly lines: readonly GivenLine[];
  /** Certificates of recorders (DER, base64url), among which the one may be whose fingerprint was typed. */
  readonly recorders: readonly string[];
};
