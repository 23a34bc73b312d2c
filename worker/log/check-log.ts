import { MODES } from "#lib/ceremony/roles";
import { Identifier } from "#lib/ceremony/roster.schema";
import { hex, sameBytes, sha256Hex } from "#lib/log/digest";
import { readLeaf, type Leaf } from "#lib/log/leaf";
import { leafHash } from "#lib/log/merkle";
import { logOriginOf } from "#lib/log/origin";
import { EMPTY_EDGE, TILE_WIDTH, appended, edgeRoot, narrowedTile, readTile, type Edge } from "#lib/log/tile";
import type { LoggedThing } from "#lib/store/logged-things";
import type { LogMemory } from "./log-memory";
import type { LogRowStore } from "./log-store";
import { logModeOf } from "./log-mode";
import { thingHash, thingLeaf } from "./thing-leaf";

/** A row that is not what was logged of it, or a leaf that is not what was signed. */
export type Difference = {
  /** "audit event 17", "entry 3 of c-1", "leaf 9 of keys.example/log", "record of c-1". */
  readonly what: string;
  readonly how: "changed" | "missing" | "not-in-the-log" | "unreadable";
};

/** What is compared, and with what: rows with leaves, leaves with the root that this worker remembers, records with what it sealed. */
export type CheckParts = {
  readonly store: LogRowStore;
  readonly memory: LogMemory;
  /** SHA-256 of each record that this worker sealed. */
  readonly sealed: () => readonly { readonly ceremony: string; readonly record: string }[];
  /** The bytes of a ceremony's record as it is kept, or null. */
  readonly record: (ceremony: string) => Promise<Uint8Array | null>;
  /** Whether a fault says that the database is not there just now. */
  readonly isGone: (fault: unknown) => boolean;
};

const ROWS = 500;

/**
 * Holds every row that is in the log against its leaf, and every leaf against the tree that this worker signed, a few hundred at a time: what
 * an owner of the database changed, dropped or added behind the log's back after it was logged. Gives what it found after each step. What a
 * worker does not remember of a log is not compared; `claviger log trust` comes first. Throws only where the database is gone: what cannot be read is
 * a difference, and what stands behind it is compared all the same.
 */
export async function* checkLog(parts: CheckParts, origin: string): AsyncGenerator<readonly Difference[], void> {
  const origins = MODES.map((mode) => logOriginOf(origin, mode)).filter((one) => parts.memory.recall(one) !== null);
  for (const one of origins) yield* leavesOf(parts, one);
  yield* rowsOf(parts, origin, origins);
  const destroyed = await parts.store.destroyedRecords();
  for (const { ceremony, record } of parts.sealed()) {
    const event = destroyed.get(ceremony);
    const isDestroyed = () => wasDestroyed(parts, origin, origins, ceremony, event);
    yield await readable(parts, `record of ${ceremony}`, () => recordOf(parts, ceremony, record, isDestroyed));
  }
}

const differs = (what: string, how: Difference["how"]): Difference => ({ what, how });

/** What a step found, or that it could not be done with what is there. */
async function readable(
  { isGone }: Pick<CheckParts, "isGone">,
  what: string,
  step: () => Promise<readonly Difference[]>,
): Promise<readonly Difference[]> {
  try {
    return await step();
  } catch (fault) {
    if (isGone(fault)) throw fault;
    return [differs(what, "unreadable")];
  }
}

/** Each leaf up to the size that is remembered, with its tile and with the row it was made of. */
async function* leavesOf(parts: CheckParts, origin: string): AsyncGenerator<readonly Difference[], void> {
  const known = parts.memory.recall(origin);
  if (!known) return;
  /** The tree of the leaves so far; null once one of them is not there. */
  let edge: Edge | null = EMPTY_EDGE;
  for (let from = 0; from < known.size; from += TILE_WIDTH) {
    const width = Math.min(TILE_WIDTH, known.size - from);
    const before: Edge | null = edge;
    edge = null;
    yield await readable(parts, `leaves from ${String(from)} on of ${origin}`, async () => {
      const { found, hashes, things } = await leavesBetween(parts, origin, from, width);
      if (before && hashes.length === width) ({ edge } = appended(before, hashes));
      return [...found, ...(await againstRows(parts.store, things))];
    });
  }
  if (edge && !sameBytes(edgeRoot(edge), known.root)) yield [differs(`the tree of ${origin}, as this worker signed it`, "changed")];
}

/** The leaves of one tile: those that are what the tile says, with their hashes, and what differs of the others. */
async function leavesBetween({ store }: CheckParts, origin: string, from: number, width: number) {
  const found: Difference[] = [];
  const things: Leaf[] = [];
  const hashes: Uint8Array[] = [];
  const leaves = await store.leaves(origin, from, width);
  const bytes = await store.tile(origin, 0, from / TILE_WIDTH);
  const tile = bytes && readTile(narrowedTile(bytes, width) ?? new Uint8Array(), width);
  if (!tile) found.push(differs(`tile 0/${String(from / TILE_WIDTH)} of ${origin}`, bytes ? "changed" : "missing"));
  for (let i = 0; i < width; i++) {
    const kept = leaves.get(from + i);
    const leaf = kept && readLeaf(kept.bytes);
    const place = `leaf ${String(from + i)} of ${origin}`;
    const hash = kept ? leafHash(kept.bytes) : null;
    // The hash beside a leaf is what leaves are looked up by: it is compared too.
    if (!hash) found.push(differs(place, "missing"));
    else if (!leaf || kept.hash !== hex(hash) || (tile && !sameBytes(hash, tile[i] ?? new Uint8Array()))) found.push(differs(place, "changed"));
    else {
      hashes.push(hash);
      // No row is asked for by a name that is none: what it holds may be anything.
      if (namesRow(leaf)) things.push(leaf);
      else found.push(differs(place, "changed"));
    }
  }
  return { found, hashes, things };
}

const namesRow = (leaf: Leaf): boolean => (leaf.kind === "event" ? /^[0-9]{1,18}$/.test(leaf.event) : Identifier.safeParse(leaf.ceremony).success);

/** Rows that these leaves were made of, and that are not what they were. */
async function againstRows(store: LogRowStore, leaves: readonly Leaf[]): Promise<readonly Difference[]> {
  const events = leaves.flatMap((leaf) => (leaf.kind === "event" ? [leaf] : []));
  const entries = leaves.flatMap((leaf) => (leaf.kind === "entry" ? [leaf] : []));
  const keptEvents = new Map((await store.eventsAt(events.map(({ event }) => event))).map((one) => [one.event, thingHash(one)]));
  const keptEntries = new Map((await store.entriesAt(entries)).map((one) => [nameOf(one), one.hash]));
  return [
    ...events.flatMap((leaf) => compared(nameOf(leaf), leaf.hash, keptEvents.get(leaf.event))),
    ...entries.flatMap((leaf) => compared(nameOf(leaf), leaf.hash, keptEntries.get(nameOf(leaf)))),
  ];
}

const compared = (what: string, logged: string, kept: string | undefined): readonly Difference[] =>
  kept === logged ? [] : [differs(what, kept === undefined ? "missing" : "changed")];

/** Each event and entry that is kept: it is in one of the logs as it stands there now, or waits for it. */
async function* rowsOf(parts: CheckParts, origin: string, origins: readonly string[]): AsyncGenerator<readonly Difference[], void> {
  const step = async function* (read: (after: LoggedThing | null) => Promise<readonly LoggedThing[]>, rows: string) {
    for (let after: LoggedThing | null = null; ; ) {
      const where: string = after ? `${rows} after ${nameOf(after)}` : rows;
      let things: readonly LoggedThing[] = [];
      const last: LoggedThing | null = after;
      yield await readable(parts, where, async () => unlogged(parts, origin, origins, (things = await read(last))));
      after = things.at(-1) ?? null;
      if (!after || things.length < ROWS) return;
    }
  };
  yield* step((after) => parts.store.eventsAfter(after?.kind === "event" ? after.event : null, ROWS), "audit events");
  yield* step((after) => parts.store.entriesAfter(after?.kind === "entry" ? after : null, ROWS), "entries");
}

async function unlogged(
  parts: CheckParts,
  origin: string,
  origins: readonly string[],
  things: readonly LoggedThing[],
): Promise<readonly Difference[]> {
  const absent = await withoutLeaf(parts, origins, things);
  if (absent.length === 0) return [];
  const waiting = new Set((await parts.store.stillWaiting(absent)).map(nameOf));
  // What was waiting at the first question may have been logged before the second: a leaf comes when the waiting ends.
  const left = await withoutLeaf(parts, origins, absent.filter((thing) => !waiting.has(nameOf(thing))));
  const found: Difference[] = [];
  for (const thing of left) {
    // An entry of a ceremony that does not say of which kind it is has no log; one whose log is not remembered here is not compared.
    const mode = await logModeOf(parts.store, thing);
    if (mode && origins.includes(logOriginOf(origin, mode))) found.push(differs(nameOf(thing), "not-in-the-log"));
  }
  return found;
}

/** Those that no log has as they are now. A leaf behind what this worker signed, or is about to sign, is none. */
async function withoutLeaf({ store, memory }: CheckParts, origins: readonly string[], things: readonly LoggedThing[]): Promise<readonly LoggedThing[]> {
  const hashed = things.map((thing) => ({ thing, hash: hex(leafHash(thingLeaf(thing))) }));
  const logged = new Set<string>();
  for (const origin of origins) {
    const places = await store.known(origin, hashed.map(({ hash }) => hash));
    const { size = 0, promised = [] } = memory.recall(origin) ?? {};
    for (const [hash, index] of places) if (index < size + promised.length) logged.add(hash);
  }
  return hashed.flatMap(({ thing, hash }) => (logged.has(hash) ? [] : [thing]));
}

/** A record that was destroyed by its own rules is missing rightly; another one in its place is not. */
async function recordOf(
  { record: find }: CheckParts,
  ceremony: string,
  sealed: string,
  isDestroyed: () => Promise<boolean>,
): Promise<readonly Difference[]> {
  const kept = await find(ceremony);
  if (kept ? sha256Hex(kept) === sealed : await isDestroyed()) return [];
  return [differs(`record of ${ceremony}`, kept ? "changed" : "missing")];
}

/**
 * Whether a ceremony's record was destroyed: an event says so of this very ceremony, and it is in the log, for everybody who reads that, or waits
 * for it. That a row names such an event is its owner's word, who could else hide a record that was taken away.
 */
async function wasDestroyed(
  parts: CheckParts,
  origin: string,
  origins: readonly string[],
  ceremony: string,
  event: string | undefined,
): Promise<boolean> {
  if (event === undefined) return false;
  const said = (await parts.store.eventsAt([event])).filter((one) => one.of === "record-destroyed" && ceremonyIn(one.facts) === ceremony);
  return said.length > 0 && (await unlogged(parts, origin, origins, said)).length === 0;
}

const ceremonyIn = (facts: string): unknown => (JSON.parse(facts) as { readonly ceremony?: unknown } | null)?.ceremony;

const nameOf = (thing: Leaf | LoggedThing): string =>
  thing.kind === "event" ? `audit event ${thing.event}` : `entry ${String(thing.seq)} of ${thing.ceremony}`;
