import { bundleBytes, narrowedTile, readTilePath, TILE_WIDTH } from "#lib/log/tile";
import { logOriginOf } from "#lib/log/origin";
import { cosigned } from "#lib/log/witness";
import { cosignaturesOf, findTile, newestCheckpoint, readLeaves, type KeptCheckpoint } from "#lib/store/transparency-log";
import { env } from "../env";
import { database } from "./database";

/** A file of the log: what it is made of, and whether it can ever be another. */
export type LogFile = { readonly bytes: Uint8Array; readonly type: string; readonly lasting: boolean };

const CHECKPOINT = "text/plain; charset=utf-8";
const TILE = "application/octet-stream";

/** The file at a path below /log, or null. Rehearsals have their own log below /log/rehearsal. */
export async function logFile(path: string): Promise<LogFile | null> {
  const { CLAVIGER_LOG_ORIGIN: own } = env();
  if (own === undefined) return null;
  const rehearsal = path.startsWith("rehearsal/");
  const origin = logOriginOf(own, rehearsal ? "rehearsal" : "production");
  const name = rehearsal ? path.slice("rehearsal/".length) : path;
  if (name === "checkpoint") {
    const kept = await newestCheckpoint(database(), origin);
    return kept && { bytes: await withCosignatures(origin, kept), type: CHECKPOINT, lasting: false };
  }
  const tile = readTilePath(name);
  const bytes = tile && (tile.level === "entries" ? await bundle(origin, tile) : await hashes(origin, tile.level, tile));
  return bytes && { bytes, type: TILE, lasting: true };
}

async function withCosignatures(origin: string, { size, note }: KeptCheckpoint): Promise<Uint8Array> {
  return cosigned(note, (await cosignaturesOf(database(), origin, size)).map(({ line }) => line));
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
