import { object } from "#lib/conduct/objection";
import { languageAsked } from "#lib/words/language";
import { mayFollow } from "#lib/wiring";
import { roomFeed } from "#lib/wiring/room-feed";
import { forLookers } from "../../../lookers";

/** Tells a room's page how the room looks, and with every change what is another. */
export const GET = forLookers(async ({ request, params }, { session, person }) => {
  const id = params["id"] ?? "";
  if (!(await mayFollow(id, person))) return object("NOT-FOUND");
  const line = await roomFeed().follow(id, session, languageAsked(request.headers), request.signal);
  return line === "enough" ? object("LINES-MANY") : (line ?? object("NOT-FOUND"));
});
