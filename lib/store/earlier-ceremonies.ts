import { Prisma } from "../generated/prisma/client";
import type { Database } from "./database";

type EarlierCeremonies = {
  readonly device: { readonly serial: string; readonly firmware: string; readonly ceremony: string } | null;
  readonly backup: { readonly on: string; readonly ceremony: string } | null;
};

/** The conditions on `e` are those of the two indexes that were made for them, word for word: else they are not used. */
export const NEWEST_DEVICE = Prisma.sql`
  SELECT said #>> '{body,token,serial}' AS serial, said #>> '{body,token,firmware}' AS firmware, ceremony
  FROM (
    SELECT convert_from(newest."bytes", 'UTF8')::jsonb AS said, newest."ceremony"
    FROM (
      SELECT e."bytes", e."ceremony" FROM "Entry" e JOIN "Ceremony" c ON c."id" = e."ceremony"
      WHERE e."kind" = 'recorder-attached' AND c."mode" = 'production'
      ORDER BY e."at" DESC LIMIT 1
    ) newest
  ) told`;

export const NEWEST_BACKUP = Prisma.sql`
  SELECT to_char(done."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "on", started."ceremony"
  FROM (
    SELECT e."ceremony", e."seq", e."at", convert_from(e."bytes", 'UTF8')::jsonb -> 'body' AS body
    FROM "Entry" e JOIN "Ceremony" c ON c."id" = e."ceremony"
    WHERE e."kind" = 'operation-started' AND position('"operation":"backup-token"'::bytea IN e."bytes") > 0 AND c."mode" = 'production'
  ) started
  CROSS JOIN LATERAL (
    SELECT d."at" FROM (
      SELECT e."at", e."seq", convert_from(e."bytes", 'UTF8')::jsonb -> 'body' AS body
      FROM "Entry" e WHERE e."ceremony" = started."ceremony" AND e."seq" > started."seq" AND e."kind" = 'operation-done'
    ) d
    WHERE d.body -> 'step' = started.body -> 'step' AND d.body -> 'index' = started.body -> 'index'
    ORDER BY d."seq" LIMIT 1
  ) done
  ORDER BY started."at" DESC LIMIT 1`;

/**
 * What the entries of production ceremonies say: the device that the newest recorder was attached to, and the day of the newest
 * backup whose outcome was told. Read as they stand and not verified again: whoever asks says that it is the app's word.
 */
export async function earlierCeremonies(db: Database): Promise<EarlierCeremonies> {
  const [device] = await db.$queryRaw<NonNullable<EarlierCeremonies["device"]>[]>(NEWEST_DEVICE);
  const [backup] = await db.$queryRaw<NonNullable<EarlierCeremonies["backup"]>[]>(NEWEST_BACKUP);
  return { device: device ?? null, backup: backup ?? null };
}
