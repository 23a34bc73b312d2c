import type { Database } from "./database";

/** Windows older than this are swept away when another one begins. */
const KEPT_MS = 3_600_000;

/**
 * Counts one try under `key` in the current window of `seconds`, and says how many there were, this one included, and how
 * many seconds the window still runs. Counted in the database, so that several app servers share one count.
 */
export async function countTry(db: Database, key: string, seconds: number, now: Date): Promise<{ count: number; left: number }> {
  const length = seconds * 1000;
  const startedAt = new Date(Math.floor(now.getTime() / length) * length);
  const [row] = await db.$queryRaw<{ count: number }[]>`
    INSERT INTO "RateWindow" ("key", "startedAt", "count") VALUES (${key}, ${startedAt}, 1)
    ON CONFLICT ("key", "startedAt") DO UPDATE SET "count" = "RateWindow"."count" + 1 RETURNING "count"`;
  const count = row?.count ?? 1;
  if (count === 1) await db.rateWindow.deleteMany({ where: { startedAt: { lt: new Date(now.getTime() - KEPT_MS) } } });
  return { count, left: Math.ceil((startedAt.getTime() + length - now.getTime()) / 1000) };
}

/** How many tries there were under `key` in the current window, counting none. */
export async function triesSoFar(db: Database, key: string, seconds: number, now: Date): Promise<number> {
  const length = seconds * 1000;
  const startedAt = new Date(Math.floor(now.getTime() / length) * length);
  const row = await db.rateWindow.findUnique({ where: { key_startedAt: { key, startedAt } }, select: { count: true } });
  return row?.count ?? 0;
}
