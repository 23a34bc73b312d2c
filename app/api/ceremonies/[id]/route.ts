import { object } from "#lib/conduct/objection";
import { languageAsked } from "#lib/words/language";
import { roomText } from "#lib/wiring";
import { forLookers } from "../../lookers";

/** The room as this person sees it. */
export const GET = forLookers(async ({ request, params }, { person }) => {
  const room = await roomText(params["id"] ?? "", person, languageAsked(request.headers));
  if (room === null) return object("NOT-FOUND");
  return new Response(room, { headers: { "content-type": "application/json", "cache-control": "no-store" } });
});
