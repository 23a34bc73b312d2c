import { openCheckpoint, type Checkpoint, type CheckpointTrouble, type NoteVerifier } from "./checkpoint";
import { sameBytes } from "./digest";
import { leafHash } from "./merkle";
import type { NoteKey } from "./note";
import { EMPTY_EDGE, TILE_WIDTH, appended, bundlePath, edgeRoot, readBundle, type Edge } from "./tile";

/** Where a log is read from: the bytes at a path below its prefix; null where there is nothing. Throws when it cannot be reached. */
export type LogSource = (path: string) => Promise<Uint8Array | null>;

/** What a monitor keeps between two looks: the right edge of the tree it has read, and the newest checkpoint it took. */
export type Followed = { readonly edge: Edge; readonly note: Uint8Array | null };

export const NOTHING_FOLLOWED: Followed = { edge: EMPTY_EDGE, note: null };

/**
 * Why a log is not gone along with. `forked`: it signed a tree that is not the one read before, with new leaves. `rolled-back`: it
 * shows fewer leaves than it had. `unreadable`: what the checkpoint promises is not served. The note is the evidence.
 */
export type LogTrouble = {
  readonly trouble: CheckpointTrouble | "no-checkpoint" | "forked" | "rolled-back" | "unreadable";
  readonly note: Uint8Array | null;
};

export type Look = {
  readonly followed: Followed;
  /** With whoever of the known witnesses signed it, beside the log. */
  readonly checkpoint: Checkpoint;
  readonly added: number;
};

/** Whose checkpoints are looked for, and who may have cosigned them. */
export type FollowedLog = { readonly origin: string; readonly keys: readonly NoteKey[]; readonly witnesses?: readonly NoteKey[] };

/**
 * One look of a monitor: takes the newest checkpoint, reads every leaf that is new and computes the tree over all of them itself, so
 * that no proof has to be believed. `onLeaf` hears each new leaf, in order, before the tree over it is known to be the signed one.
 */
export async function lookAgain(
  source: LogSource,
  log: FollowedLog,
  before: Followed,
  verifier: NoteVerifier,
  onLeaf: (index: number, leaf: Uint8Array) => void = () => undefined,
): Promise<Look | LogTrouble> {
  const note = await source("checkpoint");
  if (!note) return { trouble: "no-checkpoint", note };
  const checkpoint = await openCheckpoint(note, log, log.witnesses ?? [], verifier);
  if (typeof checkpoint === "string") return { trouble: checkpoint, note };
  if (checkpoint.size < before.edge.size) return { trouble: "rolled-back", note };
  const edge = await readOn(source, before.edge, checkpoint.size, onLeaf);
  if (!edge) return { trouble: "unreadable", note };
  if (!sameBytes(edgeRoot(edge), checkpoint.root)) return { trouble: "forked", note };
  return { followed: { edge, note }, checkpoint, added: edge.size - before.edge.size };
}

/** The edge once the leaves up to `size` are read, bundle by bundle; null when one is not served as it must be. */
async function readOn(source: LogSource, from: Edge, size: number, onLeaf: (index: number, leaf: Uint8Array) => void): Promise<Edge | null> {
  let edge = from;
  while (edge.size < size) {
    const index = Math.floor(edge.size / TILE_WIDTH);
    const start = index * TILE_WIDTH;
    const width = Math.min(TILE_WIDTH, size - start);
    const bytes = await source(bundlePath(index, width));
    const leaves = bytes && readBundle(bytes, width);
    if (!leaves) return null;
    const added = leaves.slice(edge.size - start);
    added.forEach((leaf, i) => onLeaf(edge.size + i, leaf));
    ({ edge } = appended(edge, added.map(leafHash)));
  }
  return edge;
}
