import { sha256Hex } from "#lib/log/digest";
import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import type { LoggedUse } from "./key-uses";
import { isTaken } from "./store-fault";

/** The counts of one day (UTC, YYYY-MM-DD) as they are kept. What they say is somebody's word until their seal was looked at. */
export type KeptDay = { readonly day: string; readonly bytes: Uint8Array; readonly seal: Uint8Array };

/** A row of the log of uses, with its place there. */
export type PlacedUse = LoggedUse & { readonly id: bigint };

/** The newest day that is counted, or null before the first. */
export async function newestDay(db: Database): Promise<KeptDay | null> {
  const row = await db.keyUseDay.findFirst({ orderBy: { day: "desc" } });
  return row && { day: row.day, bytes: row.bytes, seal: row.seal };
}

/** The counts of that day, or null where it is not counted. */
export async function findDay(db: Database, day: string): Promise<KeptDay | null> {
  const row = await db.keyUseDay.findUnique({ where: { day } });
  return row && { day: row.day, bytes: row.bytes, seal: row.seal };
}

/** Every day that is counted, in order. */
export const countedDays = async (db: Database): Promise<readonly string[]> =>
  (await db.keyUseDay.findMany({ orderBy: { day: "asc" }, select: { day: true } })).map(({ day }) => day);

/** The day of the use that was kept first, or null where there is none. */
export async function firstDayOfUses(db: Database): Promise<string | null> {
  const row = await db.keyUse.findFirst({ orderBy: { id: "asc" }, select: { at: true } });
  return row && row.at.toISOString().slice(0, 10);
}

/** How many uses there are of days before that one: they are counted nowhere. */
export const usesBefore = (db: Database, day: string): Promise<number> =>
  db.keyUse.count({ where: { at: { lt: startOf(day) } } });

/**
 * Keeps the counts of a day and says so in the audit trail, in one transaction; "there" when the day is counted already, and then
 * nothing was kept.
 */
export async function keepDay(
  db: Database,
  { day, bytes, seal }: KeptDay,
  said: { readonly uses: number; readonly rows: number },
): Promise<"kept" | "there"> {
  const hash = sha256Hex(bytes);
  const row = { day, hash, bytes: new Uint8Array(bytes), seal: new Uint8Array(seal) };
  try {
    await db.$transaction([
      db.keyUseDay.create({ data: row, select: { day: true } }),
      writeAudit(db, { kind: "uses-counted", by: null, facts: { day, counts: hash, ...said } }),
    ]);
  } catch (fault) {
    if (isTaken(fault)) return "there";
    throw fault;
  }
  return "kept";
}

/** Ids of the events that say how a day was counted: one, unless somebody wrote another. */
export async function eventsOfDay(db: Database, day: string): Promise<readonly string[]> {
  const where = { kind: "uses-counted", facts: { path: ["day"], equals: day } };
  return (await db.auditEvent.findMany({ where, orderBy: { id: "asc" }, select: { id: true } })).map(({ id }) => String(id));
}

/** Every day of which an event says how it was counted, in order; whatever else somebody wrote in a day's place is none. */
export async function announcedDays(db: Database): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ day: string }[]>`
    SELECT DISTINCT "facts" ->> 'day' AS "day" FROM "AuditEvent"
    WHERE "kind" = 'uses-counted' AND "facts" ->> 'day' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' ORDER BY 1`;
  return rows.map(({ day }) => day);
}

const DAY_MS = 86_400_000;
const startOf = (day: string): Date => new Date(`${day}T00:00:00.000Z`);

type Places = { readonly from: bigint; readonly to: bigint };

/** Between which ids the uses of a day stand, or null where there is none. Found by the index over times. */
export async function placesOfDay(db: Database, day: string): Promise<Places | null> {
  const [from, until] = [startOf(day), new Date(startOf(day).getTime() + DAY_MS)];
  // With count(*) beside them the two are not looked for from the ends of the table.
  const [found] = await db.$queryRaw<{ from: bigint | null; to: bigint | null }[]>`
    SELECT min("id") AS "from", max("id") AS "to", count(*) AS "rows"
    FROM "KeyUse" WHERE "at" >= ${from} AND "at" < ${until}`;
  return found?.from == null || found.to == null ? null : { from: found.from, to: found.to };
}

/** The uses of a day from a place on up to another, in the order in which they were kept, at most so many. */
export async function usesOfDayBetween(db: Database, day: string, { from, to }: Places, most: number): Promise<PlacedUse[]> {
  const rows = await db.keyUse.findMany({
    where: { id: { gte: from, lte: to }, at: { gte: startOf(day), lt: new Date(startOf(day).getTime() + DAY_MS) } },
    orderBy: { id: "asc" },
    take: most,
  });
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}
