import type { Database } from "./database";

type EarlierCeremonies = {
  readonly device: { readonly serial: string; readonly firmware: string; readonly ceremony: string } | null;
  readonly backup: { readonly on: string; readonly ceremony: string } | null;
};

/**
 * What the entries of production ceremonies say: the device that the newest recorder was attached to, and the day of the newest
 * backup whose outcome was told. Read as they stand and not verified again: whoever asks says that it is the app's word.
 */
export async function earlierCeremonies(db: Database): Promise<EarlierCeremonies> {
  const devices = await db.$queryRaw<NonNullable<EarlierCeremonies["device"]>[]>`
    SELECT said #>> '{body,token,serial}' AS serial, said #>> '{body,token,firmware}' AS firmware, ceremony
    FROM (
      SELECT convert_from(e.bytes, 'UTF8')::jsonb AS said, e.ceremony, e.at
      FROM "Entry" e JOIN "Ceremony" c ON c.id = e.ceremony
      WHERE c.mode = 'production' AND e.kind = 'recorder-attached'
      ORDER BY e.at DESC LIMIT 1
    ) newest`;
  const backups = await db.$queryRaw<NonNullable<EarlierCeremonies["backup"]>[]>`
    WITH told AS (
      SELECT convert_from(e.bytes, 'UTF8')::jsonb -> 'body' AS body, e.kind, e.ceremony, e.at
      FROM "Entry" e JOIN "Ceremony" c ON c.id = e.ceremony
      WHERE c.mode = 'production' AND e.kind IN ('operation-started', 'operation-done')
    )
    SELECT to_char(done.at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "on", done.ceremony
    FROM told started JOIN told done ON done.ceremony = started.ceremony
      AND done.body -> 'step' = started.body -> 'step' AND done.body -> 'index' = started.body -> 'index'
    WHERE started.kind = 'operation-started' AND done.kind = 'operation-done'
      AND started.body #>> '{request,operation}' = 'backup-token'
    ORDER BY done.at DESC LIMIT 1`;
  return { device: devices[0] ?? null, backup: backups[0] ?? null };
}
