import type { Mode } from "#lib/ceremony/roles";
import { batchProof } from "#lib/log/batch-proof";
import { openCheckpoint, treeHeadIn } from "#lib/log/checkpoint";
import { hex, text } from "#lib/log/digest";
import { leafBytes } from "#lib/log/leaf";
import { logProofBytes, tlogProofBytes } from "#lib/log/log-proof";
import { inclusionProof, leafHash } from "#lib/log/merkle";
import { readVkey } from "#lib/log/note";
import { bundleBytes, narrowedTile, readTilePath, subtreesFromBytes, tilePath, TILE_WIDTH } from "#lib/log/tile";
import { logOriginOf } from "#lib/log/origin";
import { cosigned } from "#lib/log/witness";
import { placeOfEntry } from "#lib/store/entries";
import { cosignaturesOf, findTile, knownLeaves, newestCheckpoint, readLeaves, type KeptCheckpoint } from "#lib/store/transparency-log";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { env } from "../env";
import { database } from "./database";

/** A file of the log: what it is made of, and whether it can ever be another. */
export type LogFile = { readonly bytes: Uint8Array; readonly type: string; readonly lasting: boolean };

const TEXT = "text/plain; charset=utf-8";
const TILE = "application/octet-stream";
const PROOF = /^proof\/([0-9a-f]{64})\.tlog-proof$/;

/** The file at a path below /log, or null. Rehearsals have their own log below /log/rehearsal. */
export async function logFile(path: string): Promise<LogFile | null> {
  const { CLAVIGER_LOG_ORIGIN: own } = env();
  if (own === undefined) return null;
  const rehearsal = path.startsWith("rehearsal/");
  const origin = logOriginOf(own, rehearsal ? "rehearsal" : "production");
  const name = rehearsal ? path.slice("rehearsal/".length) : path;
  if (name === "checkpoint") {
    const kept = await newestCheckpoint(database(), origin);
    return kept && { bytes: await withCosignatures(origin, kept), type: TEXT, lasting: false };
  }
  const leaf = PROOF.exec(name)?.[1];
  if (leaf !== undefined) {
    const bytes = await proofOf(origin, leaf);
    return bytes && { bytes, type: TEXT, lasting: false };
  }
  const tile = readTilePath(name);
  const bytes = tile && (tile.level === "entries" ? await bundle(origin, tile) : await hashes(origin, tile.level, tile));
  return bytes && { bytes, type: TILE, lasting: true };
}

/** What a page tells of a log: nothing in it is checked here, for whoever looks should not believe us. */
export type LogSeen = {
  readonly mode: Mode;
  readonly origin: string;
  /** Where its files are, from the root of this site. */
  readonly place: string;
  /** Null before its first leaf. */
  readonly checkpoint: {
    readonly size: number;
    readonly root: string;
    readonly note: string;
    readonly cosignatures: readonly { readonly witness: string; readonly at: string }[];
  } | null;
};

/** The logs that are served here, production first; none where no log is kept. */
export async function logsSeen(): Promise<readonly LogSeen[]> {
  const { CLAVIGER_LOG_ORIGIN: own } = env();
  if (own === undefined) return [];
  return Promise.all(
    (["production", "rehearsal"] as const).map(async (mode) => {
      const origin = logOriginOf(own, mode);
      const place = mode === "rehearsal" ? "/log/rehearsal" : "/log";
      return { mode, origin, place, checkpoint: await checkpointSeen(origin) };
    }),
  );
}

async function checkpointSeen(origin: string): Promise<LogSeen["checkpoint"]> {
  const kept = await newestCheckpoint(database(), origin);
  const head = kept && treeHeadIn(kept.note);
  if (!head) return null;
  const lines = await cosignaturesOf(database(), origin, kept.size);
  const note = cosigned(kept.note, lines.map(({ line }) => line));
  const keys = lines.flatMap(({ witness }) => readVkey(witness) ?? []);
  // Each vouches for itself: the times are read out of signatures that hold under the keys beside them.
  const opened = await Promise.all(keys.map((key) => openCheckpoint(note, { origin, keys: [key] }, [], webCryptoVerifier)));
  const cosignatures = opened.flatMap((one) =>
    typeof one === "string" ? [] : one.signers.flatMap(({ key, at }) => (at === null ? [] : [{ witness: key.name, at }])),
  );
  return { size: head.size, root: hex(head.root), note: text(note), cosignatures };
}

/** Where an entry stands in a log of this site. */
export type FoundLeaf = LogSeen & { readonly leaf: string; readonly index: number };

/**
 * The leaf that a hash names: its own, or that of the entry whose hash it is, as the record and the wall have it. Null when no log
 * here has it: an entry that still waits is not spoken of.
 */
export async function findLeaf(hash: string): Promise<FoundLeaf | null> {
  const entry = await placeOfEntry(database(), hash);
  const leaf = entry ? hex(leafHash(leafBytes({ kind: "entry", ...entry, hash }))) : hash;
  for (const log of await logsSeen()) {
    const index = (await knownLeaves(database(), log.origin, [leaf])).get(leaf);
    if (index !== undefined) return { ...log, leaf, index };
  }
  return null;
}

async function withCosignatures(origin: string, { size, note }: KeptCheckpoint): Promise<Uint8Array> {
  return cosigned(note, (await cosignaturesOf(database(), origin, size)).map(({ line }) => line));
}

/** C2SP tlog-proof of one leaf, by its hash, in the newest tree; null when the log does not have it. */
async function proofOf(origin: string, leaf: string): Promise<Uint8Array | null> {
  const [kept, places] = await Promise.all([newestCheckpoint(database(), origin), knownLeaves(database(), origin, [leaf])]);
  const index = places.get(leaf);
  if (!kept || index === undefined || index >= kept.size) return null;
  const read = subtreesFromBytes(kept.size, (tile) => hashes(origin, tile.level, tile));
  return tlogProofBytes(index, await inclusionProof(index, kept.size, read), await withCosignatures(origin, kept));
}

/** That the leaf at a place is in the tree of a checkpoint which is not older than it. */
export const proofUnder = (origin: string, index: number, kept: KeptCheckpoint): Promise<Uint8Array> => proverUnder(origin, kept)(index);

/** The same for one place after another; what tiles they have in common is read once. */
export function proverUnder(origin: string, { size, note }: KeptCheckpoint): (index: number) => Promise<Uint8Array> {
  const tiles = new Map<string, Promise<Uint8Array | null>>();
  const read = subtreesFromBytes(size, (tile) => {
    const name = tilePath(tile);
    const known = tiles.get(name) ?? hashes(origin, tile.level, tile);
    tiles.set(name, known);
    return known;
  });
  return async (index) => logProofBytes({ indices: [index], hashes: await batchProof([index], size, read), checkpoint: note });
}

async function bundle(origin: string, { index, width }: { readonly index: number; readonly width: number }): Promise<Uint8Array | null> {
  const leaves = await readLeaves(database(), origin, index * TILE_WIDTH, width);
  return leaves.length === width ? bundleBytes(leaves) : null;
}

async function hashes(
  origin: string,
  level: number,
  { index, width }: { readonly index: number; readonly width: number },
): Promise<Uint8Array | null> {
  const kept = await findTile(database(), origin, level, index);
  return kept && narrowedTile(kept, width);
}
