import { object } from "#lib/conduct/objection";
import { ok } from "#lib/result";
import { roomView } from "#lib/wiring";
import { forPeople } from "../../interface";

/** The room as this person sees it. */
export const GET = forPeople(async ({ params }, { person }) => {
  const view = await roomView(params["id"] ?? "", person);
  return view ? ok(view) : object("NOT-FOUND");
});
