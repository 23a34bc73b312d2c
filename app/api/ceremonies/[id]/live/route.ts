import { object } from "#lib/conduct/objection";
import { languageAsked } from "#lib/words/language";
import { roomFeed } from "#lib/wiring/room-feed";
import { forLookers } from "../../../lookers";

/** Tells a room's page how the room looks, and with every change what is another. */
export const GET = forLookers(
  async ({ request, params }, { session }) =>
    (await roomFeed().follow(params["id"] ?? "", session, languageAsked(request.headers), request.signal)) ?? object("NOT-FOUND"),
);
