import type { GivenLine, GivenLines } from "#lib/conduct/given-lines";
import { base64url, hex, sha256Hex, text } from "#lib/log/digest";
import { eventFileText } from "#lib/log/event-file";
import { eventHash, leafBytes, type Leaf } from "#lib/log/leaf";
import { leafHash } from "#lib/log/merkle";
import { logOriginOf } from "#lib/log/origin";
import { readEntry } from "#lib/store/entries";
import { trustAnchors } from "#lib/store/records";
import { knownLeaves, newestCheckpoint } from "#lib/store/transparency-log";
import { env } from "../env";
import { database } from "./database";
import { loggedEvents } from "./desk";
import { proverUnder } from "./transparency-log";

type Kept = Omit<GivenLine, "proof" | "said"> & { readonly leaf: string; readonly said: () => string };

/**
 * What stands behind lines of a search, "entry/CEREMONY/SEQ" or "event/NUMBER", each with the proof that it is a leaf under the newest
 * checkpoint of the log that has it. A line that no log of this site has as it is kept now is left out.
 */
export async function linesInLog(ids: readonly string[]): Promise<GivenLines> {
  const { CLAVIGER_LOG_ORIGIN: own } = env();
  const [kept, anchors] = await Promise.all([keptLines(ids), trustAnchors(database())]);
  const origins = own === undefined ? [] : (["production", "rehearsal"] as const).map((mode) => logOriginOf(own, mode));
  const proved = await Promise.all(origins.map((origin) => provedIn(origin, kept)));
  return { lines: proved.flat(), recorders: anchors.map(base64url) };
}

async function keptLines(ids: readonly string[]): Promise<Kept[]> {
  const events = await loggedEvents(ids.flatMap((id) => /^event\/([0-9]{1,18})$/.exec(id)?.[1] ?? []));
  const ofEvents = events.map((event): Kept => {
    const leaf = hashOfLeaf({ kind: "event", event: event.event, hash: eventHash(event) });
    return { id: `event/${event.event}`, openings: [], leaf, said: () => eventFileText([event]) };
  });
  const ofEntries = await Promise.all(ids.map(keptEntry));
  return [...ofEvents, ...ofEntries.filter((one) => one !== null)];
}

async function keptEntry(id: string): Promise<Kept | null> {
  const [, ceremony, seq] = /^entry\/([^/]+)\/([0-9]{1,9})$/.exec(id) ?? [];
  const entry = ceremony === undefined ? null : await readEntry(database(), ceremony, Number(seq));
  if (ceremony === undefined || !entry) return null;
  // The hash is computed here, of the bytes: the column is somebody's word.
  const leaf = hashOfLeaf({ kind: "entry", ceremony, seq: entry.seq, hash: sha256Hex(entry.bytes) });
  return { id, openings: entry.openings, leaf, said: () => text(entry.bytes) };
}

const hashOfLeaf = (leaf: Leaf): string => hex(leafHash(leafBytes(leaf)));

async function provedIn(origin: string, kept: readonly Kept[]): Promise<GivenLine[]> {
  const [checkpoint, places] = await Promise.all([
    newestCheckpoint(database(), origin),
    knownLeaves(database(), origin, kept.map(({ leaf }) => leaf)),
  ]);
  if (!checkpoint) return [];
  const prove = proverUnder(origin, checkpoint);
  const lines = kept.map(async ({ id, openings, leaf, said }): Promise<GivenLine | null> => {
    const index = places.get(leaf);
    if (index === undefined || index >= checkpoint.size) return null;
    return { id, said: said(), openings, proof: text(await prove(index)) };
  });
  return (await Promise.all(lines)).filter((one) => one !== null);
}
