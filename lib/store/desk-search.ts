import type { DeskFilter } from "#lib/conduct/desk-filter";
import { Prisma } from "../generated/prisma/client";
import type { Database } from "./database";

export type FoundRecord = {
  readonly ceremony: string;
  readonly title: string;
  readonly mode: string;
  readonly result: string | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** Null where none is sealed yet, or it was destroyed. */
  readonly sha256: string | null;
  readonly destroyedAt: string | null;
};

export type FoundLine = {
  /** "entry/CEREMONY/SEQ" or "event/NUMBER". */
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly by: string | null;
  readonly ceremony: string | null;
  readonly seq: number | null;
  readonly event: string | null;
  /** Of an entry its hash; of an event null: its hash is made of all of it. */
  readonly hash: string | null;
  /** A piece of what was found, with the words that were looked for between MARKS; null where no words were. */
  readonly piece: string | null;
};

/** Around what was looked for in a piece: characters that no text of ours can hold. */
export const MARKS = { begin: "\u0001", end: "\u0002" } as const;
const HEADLINE = `StartSel="${MARKS.begin}", StopSel="${MARKS.end}", MaxFragments=2, MaxWords=14, MinWords=4, FragmentDelimiter=" … "`;

type Page = { readonly from: number; readonly most: number };
const all = (conditions: readonly Prisma.Sql[]) => (conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join([...conditions], " AND "));
const query = (text: string) => Prisma.sql`websearch_to_tsquery('simple', ${text})`;
const matches = (text: string) => Prisma.sql`to_tsvector('simple', s."words") @@ ${query(text)}`;
const dayAfter = (day: string) => Prisma.sql`(${day}::date + 1)`;
const utc = (day: Prisma.Sql) => Prisma.sql`(${day}::timestamp AT TIME ZONE 'UTC')`;

/** What a filter asks of a closed ceremony. Words, keys and script are looked for in any of its entries. */
function recordConditions({ text, from, until, kind, person, key, script, verdict, ceremony }: DeskFilter): Prisma.Sql[] {
  const inAny = (asked: Prisma.Sql) => Prisma.sql`EXISTS (SELECT FROM "SearchText" s WHERE s."ceremony" = c."id" AND ${asked})`;
  return [
    Prisma.sql`c."phase" = 'closed'`,
    ...(text === undefined ? [] : [inAny(matches(text))]),
    ...(from === undefined ? [] : [Prisma.sql`c."closedAt" >= ${utc(Prisma.sql`${from}::date`)}`]),
    ...(until === undefined ? [] : [Prisma.sql`c."closedAt" < ${utc(dayAfter(until))}`]),
    ...(kind === undefined ? [] : [Prisma.sql`c."mode" = ${kind}`]),
    ...(person === undefined ? [] : [Prisma.sql`c."people" @> ARRAY[${person}]`]),
    ...(key === undefined ? [] : [inAny(Prisma.sql`s."keys" @> ARRAY[${key}]`)]),
    ...(script === undefined ? [] : [inAny(Prisma.sql`s."seq" = 0 AND ${script} = ANY(string_to_array(s."script", ' '))`)]),
    ...(verdict === undefined ? [] : [Prisma.sql`c."result" = ${verdict}`]),
    ...(ceremony === undefined ? [] : [Prisma.sql`c."id" = ${ceremony}`]),
  ];
}

/** What a filter asks of an entry or an event. A script and a verdict are those of its ceremony. */
function lineConditions({ text, from, until, kind, person, key, script, verdict, ceremony }: DeskFilter): Prisma.Sql[] {
  const ofCeremony = (asked: Prisma.Sql) => Prisma.sql`EXISTS (SELECT FROM "Ceremony" c WHERE c."id" = s."ceremony" AND ${asked})`;
  const opened = Prisma.sql`EXISTS (SELECT FROM "SearchText" o WHERE o."ceremony" = s."ceremony" AND o."seq" = 0 AND ${script ?? ""} = ANY(string_to_array(o."script", ' ')))`;
  return [
    ...(text === undefined ? [] : [matches(text)]),
    ...(from === undefined ? [] : [Prisma.sql`s."at" >= ${utc(Prisma.sql`${from}::date`)}`]),
    ...(until === undefined ? [] : [Prisma.sql`s."at" < ${utc(dayAfter(until))}`]),
    ...(kind === undefined ? [] : [Prisma.sql`s."kind" = ${kind}`]),
    ...(person === undefined ? [] : [Prisma.sql`s."by" = ${person}`]),
    ...(key === undefined ? [] : [Prisma.sql`s."keys" @> ARRAY[${key}]`]),
    ...(script === undefined ? [] : [opened]),
    ...(verdict === undefined ? [] : [ofCeremony(Prisma.sql`c."result" = ${verdict}`)]),
    ...(ceremony === undefined ? [] : [Prisma.sql`s."ceremony" = ${ceremony}`]),
  ];
}

type RecordRow = Omit<FoundRecord, "openedAt" | "closedAt" | "destroyedAt"> & {
  openedAt: Date;
  closedAt: Date | null;
  destroyedAt: Date | null;
};

/** Closed ceremonies with their records, those closed last first. */
export async function searchRecords(
  db: Database,
  filter: DeskFilter,
  { from, most }: Page,
): Promise<{ found: number; records: FoundRecord[] }> {
  const where = all(recordConditions(filter));
  const [[count], rows] = await Promise.all([
    db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM "Ceremony" c WHERE ${where}`,
    db.$queryRaw<RecordRow[]>`
      SELECT c."id" AS "ceremony", c."title", c."mode", c."result", c."openedAt", c."closedAt", r."sha256", d."at" AS "destroyedAt"
      FROM "Ceremony" c LEFT JOIN "Record" r ON r."ceremony" = c."id" LEFT JOIN "Destruction" d ON d."ceremony" = c."id"
      WHERE ${where} ORDER BY c."closedAt" DESC, c."id" OFFSET ${from} LIMIT ${most}`,
  ]);
  const time = (at: Date | null) => at?.toISOString() ?? null;
  const records = rows.map((row) => {
    const [closedAt, destroyedAt] = [time(row.closedAt), time(row.destroyedAt)];
    return { ...row, openedAt: row.openedAt.toISOString(), closedAt, destroyedAt };
  });
  return { found: count?.n ?? 0, records };
}

type LineRow = Omit<FoundLine, "id" | "at" | "event"> & { at: Date; event: bigint | null };

const lineId = ({ ceremony, seq, event }: Pick<LineRow, "ceremony" | "seq" | "event">): string =>
  event === null ? `entry/${ceremony ?? ""}/${String(seq)}` : `event/${String(event)}`;

/** Entries and audit events, the newest first. */
export async function searchLog(
  db: Database,
  filter: DeskFilter,
  { from, most }: Page,
): Promise<{ found: number; lines: FoundLine[] }> {
  const where = all(lineConditions(filter));
  const piece = filter.text === undefined ? Prisma.sql`NULL` : Prisma.sql`ts_headline('simple', f."words", ${query(filter.text)}, ${HEADLINE})`;
  const [[count], rows] = await Promise.all([
    db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM "SearchText" s WHERE ${where}`,
    db.$queryRaw<LineRow[]>`
      SELECT f."at", f."kind", f."by", f."ceremony", f."seq", f."event", e."hash", ${piece} AS "piece"
      FROM (SELECT * FROM "SearchText" s WHERE ${where} ORDER BY s."at" DESC, s."id" DESC OFFSET ${from} LIMIT ${most}) f
      LEFT JOIN "Entry" e ON e."ceremony" = f."ceremony" AND e."seq" = f."seq"
      ORDER BY f."at" DESC, f."id" DESC`,
  ]);
  const lines = rows.map((row) => ({
    ...row,
    id: lineId(row),
    at: row.at.toISOString(),
    event: row.event === null ? null : String(row.event),
  }));
  return { found: count?.n ?? 0, lines };
}

/** The ids that a filter finds, all of them; null when they are more than `most`. */
export async function foundIds(db: Database, of: "records" | "log", filter: DeskFilter, most: number): Promise<string[] | null> {
  if (of === "records") {
    const where = all(recordConditions(filter));
    const rows = await db.$queryRaw<{ id: string }[]>`SELECT c."id" FROM "Ceremony" c WHERE ${where} LIMIT ${most + 1}`;
    return rows.length > most ? null : rows.map(({ id }) => id);
  }
  const where = all(lineConditions(filter));
  const rows = await db.$queryRaw<Pick<LineRow, "ceremony" | "seq" | "event">[]>`
    SELECT s."ceremony", s."seq", s."event" FROM "SearchText" s WHERE ${where} LIMIT ${most + 1}`;
  return rows.length > most ? null : rows.map(lineId);
}

export type SaidVerification = {
  readonly at: string;
  readonly by: string;
  readonly holds: boolean;
  readonly same: boolean;
  readonly recorder: string;
  readonly failed: readonly string[];
};

/** What auditors said of their checks of a record, the newest first. */
export async function verificationsOf(db: Database, ceremony: string): Promise<SaidVerification[]> {
  const rows = await db.auditEvent.findMany({
    where: { kind: "record-verified", facts: { path: ["ceremony"], equals: ceremony } },
    orderBy: { id: "desc" },
    take: 100,
  });
  return rows.map(({ at, by, facts }) => ({ ...(facts as unknown as Omit<SaidVerification, "at" | "by">), at: at.toISOString(), by: by ?? "" }));
}
