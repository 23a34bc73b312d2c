import { batchProof, rootFromBatch } from "./batch-proof";
import type { NoteVerifier } from "./checkpoint";
import { hex, sameBytes } from "./digest";
import { NOTHING_FOLLOWED, lookAgain, type LogSource, type LogTrouble } from "./follow";
import type { LogProof } from "./log-proof";
import { leafHash } from "./merkle";
import type { NoteKey } from "./note";
import { subtreesFromBytes, tilePath } from "./tile";

/**
 * Makes the proof that these leaves are in a log, out of the log alone: every leaf is read and the tree computed anew, so nobody
 * has to say where they stand. "absent" when it does not have them all; a trouble when it is not a log to go by.
 */
export async function proveLeaves(
  source: LogSource,
  log: { readonly origin: string; readonly keys: readonly NoteKey[] },
  leaves: readonly Uint8Array[],
  verifier: NoteVerifier,
): Promise<LogProof | LogTrouble | "absent"> {
  const places = new Map<string, number>(leaves.map((leaf) => [hex(leaf), -1]));
  const seen = await lookAgain(source, log, NOTHING_FOLLOWED, verifier, (index, leaf) => {
    const name = hex(leaf);
    if (places.get(name) === -1) places.set(name, index);
  });
  if ("trouble" in seen) return seen;
  const { size, root, note } = seen.checkpoint;
  const indices = leaves.map((leaf) => places.get(hex(leaf)) ?? -1);
  if (indices.includes(-1)) return "absent";
  const unreadable: LogTrouble = { trouble: "unreadable", note };
  const read = subtreesFromBytes(size, (tile) => source(tilePath(tile)));
  // A tile that is not served, or has too few hashes: the log does not show what it signed.
  const hashes = await batchProof(indices, size, read).catch((fault: unknown) => {
    if (fault instanceof RangeError) return null;
    throw fault;
  });
  const found = hashes && rootFromBatch(leaves.map((leaf, i) => ({ index: indices[i] ?? -1, hash: leafHash(leaf) })), size, hashes);
  return hashes && found && sameBytes(found, root) ? { indices, hashes, checkpoint: note } : unreadable;
}
