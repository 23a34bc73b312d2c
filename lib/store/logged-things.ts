import { sha256Hex } from "#lib/log/digest";
import { Prisma } from "#lib/generated/prisma/client";
import type { Database } from "./database";

/** What is named in the log, as it is kept now: entries of transcripts and events of the audit trail. */

export type LoggedEntry = { readonly kind: "entry"; readonly ceremony: string; readonly seq: number; readonly hash: string };
export type LoggedEventRow = {
  readonly kind: "event";
  readonly event: string;
  /** A time, unless `hasTime` says otherwise. */
  readonly at: string;
  readonly of: string;
  readonly by: string | null;
  /** JSON as text, so that whatever is there has one spelling. */
  readonly facts: string;
  readonly salt: string;
};
export type LoggedThing = LoggedEntry | LoggedEventRow;

type Place = { readonly ceremony: string; readonly seq: number };

/** The entries at these places, those that are there. */
export async function entriesAt(db: Database, places: readonly Place[]): Promise<LoggedEntry[]> {
  if (places.length === 0) return [];
  const where = { OR: places.map(({ ceremony, seq }) => ({ ceremony, seq })) };
  return (await db.entry.findMany({ where, select: ENTRY })).map(entry);
}

/** The entries behind a place in the order of ceremony and number, at most so many; from the first one where there is none. */
export async function entriesAfter(db: Database, after: Place | null, most: number): Promise<LoggedEntry[]> {
  const rows = await db.entry.findMany({
    ...(after && { cursor: { ceremony_seq: { ceremony: after.ceremony, seq: after.seq } }, skip: 1 }),
    orderBy: [{ ceremony: "asc" }, { seq: "asc" }],
    take: most,
    select: ENTRY,
  });
  return rows.map(entry);
}

const ENTRY = { ceremony: true, seq: true, bytes: true } as const;

/** The hash is computed here, of the bytes: the column is somebody's word. */
const entry = ({ ceremony, seq, bytes }: { ceremony: string; seq: number; bytes: Uint8Array }): LoggedEntry =>
  ({ kind: "entry", ceremony, seq, hash: sha256Hex(bytes) });

/** The events of these ids, those that are there. */
export async function eventsAt(db: Database, ids: readonly bigint[]): Promise<LoggedEventRow[]> {
  return ids.length === 0 ? [] : eventsWhere(db, Prisma.sql`"id" = ANY(${[...ids]})`);
}

/** The events with a higher id, in order, at most so many. */
export const eventsAfter = (db: Database, after: bigint, most: number): Promise<LoggedEventRow[]> =>
  eventsWhere(db, Prisma.sql`"id" > ${after} ORDER BY "id" LIMIT ${most}`);

/** A time that no calendar of ours has ("infinity", or a year of five digits) is given as the database writes it. */
async function eventsWhere(db: Database, which: Prisma.Sql): Promise<LoggedEventRow[]> {
  type Row = { id: bigint; at: Date | null; written: string; kind: string; by: string | null; facts: string; salt: string };
  const rows = await db.$queryRaw<Row[]>`
    SELECT "id", CASE WHEN "at" BETWEEN '1970-01-01T00:00:00Z' AND '9999-12-31T00:00:00Z' THEN "at" END AS "at",
      "at"::text AS "written", "kind", "by", "facts"::text AS "facts", "salt" FROM "AuditEvent" WHERE ${which}`;
  return rows.map(({ id, at, written, kind, ...rest }) => {
    const time = at?.toISOString() ?? written;
    return { kind: "event", event: String(id), at: time, of: kind, ...rest };
  });
}

/** Whether an event's time is one. */
export const hasTime = ({ at }: LoggedEventRow): boolean => /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{12}Z$/.test(at);

/** Those of these that are still waiting for the log. */
export async function stillWaiting(db: Database, things: readonly LoggedThing[]): Promise<LoggedThing[]> {
  if (things.length === 0) return [];
  const OR = things.map((one) => (one.kind === "event" ? { event: BigInt(one.event) } : { ceremony: one.ceremony, seq: one.seq }));
  const rows = await db.logWaiting.findMany({ where: { OR }, select: { ceremony: true, seq: true, event: true } });
  const nameOf = (event: bigint | string | null, ceremony: string, seq: number) => (event === null ? `${ceremony}/${String(seq)}` : String(event));
  const waiting = new Set(rows.map(({ ceremony, seq, event }) => nameOf(event, ceremony ?? "", seq ?? -1)));
  return things.filter((one) => waiting.has(one.kind === "event" ? one.event : nameOf(null, one.ceremony, one.seq)));
}

export type KeptLeaf = { readonly hash: string; readonly bytes: Uint8Array };

/** The leaves of a log from an index on, at most so many, by their index, with the hash that stands beside each. */
export async function leavesBetween(db: Database, origin: string, from: number, most: number): Promise<Map<number, KeptLeaf>> {
  const rows = await db.logLeaf.findMany({
    where: { origin, index: { gte: BigInt(from), lt: BigInt(from + most) } },
    orderBy: { index: "asc" },
    select: { index: true, hash: true, bytes: true },
  });
  return new Map(rows.map(({ index, ...leaf }) => [Number(index), leaf]));
}

/** What a database says of all that is logged, in numbers: for a person who has to say whether that can be all. */
export async function countLogged(db: Database): Promise<Readonly<Record<"entries" | "events" | "waiting", number>>> {
  const [entries, events, waiting] = await Promise.all([db.entry.count(), db.auditEvent.count(), db.logWaiting.count()]);
  return { entries, events, waiting };
}
