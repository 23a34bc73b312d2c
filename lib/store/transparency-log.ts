import type { Database } from "./database";
import { entriesAt, eventsAt, hasTime, type LoggedThing } from "./logged-things";
import { isTaken } from "./store-fault";

/** The transparency log as rows. Whoever reads them checks them: everything here can be computed from the leaves. */

/** Something kept that is not in the log yet; `thing` is null when what it names is not there, or has no time. */
export type Waiting = { readonly id: bigint; readonly thing: LoggedThing | null };

export type LogRows = {
  readonly origin: string;
  /** The index of the first leaf. */
  readonly from: number;
  readonly leaves: readonly { readonly hash: string; readonly bytes: Uint8Array }[];
  readonly tiles: readonly { readonly level: number; readonly index: number; readonly bytes: Uint8Array }[];
  readonly checkpoint: { readonly size: number; readonly note: Uint8Array };
  /** What waited for these leaves, and waits no more. */
  readonly waited: readonly bigint[];
};

/** What waits, the oldest first, at most `most`. */
export async function waitingForLog(db: Database, most: number): Promise<Waiting[]> {
  const rows = await db.logWaiting.findMany({ orderBy: { id: "asc" }, take: most });
  const places = rows.flatMap(({ ceremony, seq }) => (ceremony === null || seq === null ? [] : [{ ceremony, seq }]));
  const entries = new Map((await entriesAt(db, places)).map((one) => [`${one.ceremony}/${String(one.seq)}`, one]));
  const ids = rows.flatMap(({ event }) => (event === null ? [] : [event]));
  const events = new Map((await eventsAt(db, ids)).filter(hasTime).map((one) => [one.event, one]));
  return rows.map(({ id, ceremony, seq, event }) => ({
    id,
    thing: (event === null ? entries.get(`${ceremony ?? ""}/${String(seq)}`) : events.get(String(event))) ?? null,
  }));
}

/** The index of each of the leaf hashes (hex) that the log has. */
export async function knownLeaves(db: Database, origin: string, hashes: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.logLeaf.findMany({ where: { origin, hash: { in: [...hashes] } }, select: { hash: true, index: true } });
  return new Map(rows.map(({ hash, index }) => [hash, Number(index)]));
}

/** Nothing waits any more for these. */
export const forgetWaiting = (db: Database, ids: readonly bigint[]) =>
  db.logWaiting.deleteMany({ where: { id: { in: [...ids] } } });

/** Leaves, tiles and checkpoint in one transaction; "conflict" when the log has grown since, and nothing was kept. */
export async function keepLeaves(db: Database, kept: LogRows): Promise<"kept" | "conflict"> {
  const { origin, from, leaves, tiles, checkpoint, waited } = kept;
  const rows = leaves.map(({ hash, bytes }, i) => ({ origin, index: BigInt(from + i), hash, bytes: new Uint8Array(bytes) }));
  try {
    await db.$transaction([
      db.logLeaf.createMany({ data: rows }),
      ...tiles.map((tile) => {
        const [place, bytes] = [{ origin, level: tile.level, index: BigInt(tile.index) }, new Uint8Array(tile.bytes)];
        return db.logTile.upsert({
          where: { origin_level_index: place },
          create: { ...place, bytes },
          update: { bytes },
          select: { level: true },
        });
      }),
      db.logCheckpoint.create({
        data: { origin, size: BigInt(checkpoint.size), note: new Uint8Array(checkpoint.note) },
        select: { size: true },
      }),
      forgetWaiting(db, waited),
    ]);
  } catch (fault) {
    if (isTaken(fault)) return "conflict";
    throw fault;
  }
  return "kept";
}

export type KeptCheckpoint = { readonly size: number; readonly note: Uint8Array };

/** The newest checkpoint of a log, or null before the first. */
export async function newestCheckpoint(db: Database, origin: string): Promise<KeptCheckpoint | null> {
  const row = await db.logCheckpoint.findFirst({ where: { origin }, orderBy: { size: "desc" }, select: { size: true, note: true } });
  return row && { size: Number(row.size), note: row.note };
}

/** The first checkpoint of a log that has the leaf at that place in it, or null. */
export async function checkpointAfter(db: Database, origin: string, index: number): Promise<KeptCheckpoint | null> {
  const where = { origin, size: { gt: BigInt(index) } };
  const row = await db.logCheckpoint.findFirst({ where, orderBy: { size: "asc" }, select: { size: true, note: true } });
  return row && { size: Number(row.size), note: row.note };
}

export type LogCosignature = { readonly origin: string; readonly size: number; readonly witness: string; readonly line: string };

/** Keeps what a witness signed under a checkpoint; one that is there already stays as it is. */
export async function keepCosignature(db: Database, { origin, size, witness, line }: LogCosignature): Promise<void> {
  await db.logCosignature.createMany({ data: [{ origin, size: BigInt(size), witness, line }], skipDuplicates: true });
}

/** What witnesses signed under the checkpoint of that size, in the order it came. */
export async function cosignaturesOf(db: Database, origin: string, size: number): Promise<readonly LogCosignature[]> {
  const rows = await db.logCosignature.findMany({ where: { origin, size: BigInt(size) }, orderBy: { createdAt: "asc" } });
  return rows.map(({ witness, line }) => ({ origin, size, witness, line }));
}

/** The bytes of a tile as far as it has grown, or null when there is none. */
export async function findTile(db: Database, origin: string, level: number, index: number): Promise<Uint8Array | null> {
  const place = { origin, level, index: BigInt(index) };
  const row = await db.logTile.findUnique({ where: { origin_level_index: place }, select: { bytes: true } });
  return row?.bytes ?? null;
}

/** The leaves from an index on, at most so many. */
export async function readLeaves(db: Database, origin: string, from: number, most: number): Promise<Uint8Array[]> {
  const rows = await db.logLeaf.findMany({
    where: { origin, index: { gte: BigInt(from), lt: BigInt(from + most) } },
    orderBy: { index: "asc" },
    select: { bytes: true },
  });
  return rows.map(({ bytes }) => bytes);
}
