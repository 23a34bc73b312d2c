import { ok } from "#lib/result";
import { health } from "#lib/wiring";
import { forAnyone, say } from "../interface";

/**
 * Database and workers; 503 when the database does not answer, so that whatever watches the app need not read. To strangers no
 * more than states.
 */
export const GET = forAnyone(async () => {
  const { database, workers } = await health();
  const told = { database, workers: workers.map(({ state, seenAt }) => ({ state, seenAt })) };
  return database.ok ? say(ok(told)) : Response.json(told, { status: 503, headers: { "cache-control": "no-store" } });
});
