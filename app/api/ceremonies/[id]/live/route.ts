import { object } from "#lib/conduct/objection";
import { changeStream } from "#lib/live/change-stream";
import { looksInto } from "#lib/wiring";
import { liveBus } from "#lib/wiring/parts";
import { actorOf } from "#lib/wiring/signed-in";
import { forPeople } from "../../../interface";

/** Tells a room's page that it has changed; what it is then, the page asks. */
export const GET = forPeople(async ({ request, params }, actor) => {
  const id = params["id"] ?? "";
  if (!(await looksInto(id, actor.person))) return object("NOT-FOUND");
  const cookie = request.headers.get("cookie");
  return changeStream(liveBus(), {
    concerns: (change) => change.ceremony === id || change.kind === "worker-health",
    mayLook: async () => (await actorOf(cookie))?.person === actor.person,
    signal: request.signal,
  });
});
