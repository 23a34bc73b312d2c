import { ok } from "#lib/result";
import { health } from "#lib/wiring";
import { forAnyone, say } from "../interface";

/** Database and workers; 503 when the database does not answer, so that whatever watches the app need not read. Names no worker to strangers. */
export const GET = forAnyone(async () => {
  const { database, workers } = await health();
  const told = { database, workers: workers.map(({ state, sentence, seenAt }) => ({ state, sentence, seenAt })) };
  return database.ok ? say(ok(told)) : Response.json(told, { status: 503, headers: { "cache-control": "no-store" } });
});
