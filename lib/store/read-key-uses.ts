import { Prisma } from "../generated/prisma/client";
import type { Database } from "./database";
import type { LoggedUse } from "./key-uses";

/** Whose uses are asked for: an application's, or a key's. */
export type UsesOf = { readonly of: "account" | "key"; readonly id: string };

const whose = ({ of, id }: UsesOf) => (of === "account" ? { account: id } : { key: id });

/** The newest uses, at most `most`. */
export async function recentUses(db: Database, of: UsesOf, most: number): Promise<LoggedUse[]> {
  const rows = await db.keyUse.findMany({ where: whose(of), orderBy: [{ at: "desc" }, { id: "desc" }], take: most });
  return rows.map(read);
}

type StoredUse = Omit<LoggedUse, "at"> & { readonly id: bigint; readonly at: Date };
const read = ({ id: _, at, ...row }: StoredUse): LoggedUse => ({ ...row, at: at.toISOString() });
const columnOf = (of: UsesOf["of"]) => (of === "account" ? Prisma.sql`"account"` : Prisma.sql`"key"`);

/** How often on one day (UTC) an operation was done, and how often it was refused or failed. */
export type DayOfUses = { readonly day: string; readonly operation: string; readonly done: number; readonly other: number };

/**
 * Uses since that day, by day and operation, the newest day first. The newest `most` uses are counted and no more, so that a
 * page never waits for a table that grows by millions a day: `whole` is false where there are others, and the oldest day counts
 * too few.
 */
export async function usesByDay(
  db: Database,
  { of, id }: UsesOf,
  since: string,
  most: number,
): Promise<{ readonly days: readonly DayOfUses[]; readonly whole: boolean }> {
  const days = await db.$queryRaw<(DayOfUses & { readonly rows: number })[]>`
    SELECT to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "day", "operation",
      coalesce(sum("times") FILTER (WHERE "result" = 'done'), 0)::int AS "done",
      coalesce(sum("times") FILTER (WHERE "result" <> 'done'), 0)::int AS "other", count(*)::int AS "rows"
    FROM (SELECT "at", "operation", "result", "times" FROM "KeyUse" WHERE ${columnOf(of)} = ${id} AND "at" >= ${new Date(since)}
      ORDER BY "at" DESC LIMIT ${most + 1}) newest
    GROUP BY 1, 2 ORDER BY 1 DESC, 2`;
  return { days: days.map(({ rows: _, ...day }) => day), whole: days.reduce((n, { rows }) => n + rows, 0) <= most };
}

/** The number of the last share of encryptions that was given of each of these keys; one of which none was given is left out. */
export async function lastShares(db: Database, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await db.$queryRaw<{ readonly key: string; readonly number: number | null }[]>`
    SELECT "key", (SELECT max("number") FROM "EncryptionShare" given WHERE given."key" = asked."key") AS "number"
    FROM unnest(${keys}::text[]) AS asked("key")`;
  return new Map(rows.flatMap(({ key, number }) => (number === null ? [] : [[key, number] as const])));
}

/** Every use of one day (UTC), the oldest first, a thousand at a time, in the order of the index: each page costs the same. */
export async function* usesOfDay(db: Database, { of, id }: UsesOf, day: string): AsyncGenerator<readonly LoggedUse[]> {
  const from = new Date(`${day}T00:00:00.000Z`);
  const until = new Date(from.getTime() + 86_400_000);
  let last = { at: from, id: 0n };
  for (;;) {
    const rows = await db.$queryRaw<StoredUse[]>`
      SELECT * FROM "KeyUse" WHERE ${columnOf(of)} = ${id}
        AND "at" >= ${last.at} AND ("at", "id") > (${last.at}, ${last.id}) AND "at" < ${until}
      ORDER BY "at", "id" LIMIT 1000`;
    const end = rows.at(-1);
    if (!end) return;
    last = end;
    yield rows.map(read);
  }
}
