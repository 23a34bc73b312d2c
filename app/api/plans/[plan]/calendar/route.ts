import { object } from "#lib/conduct/objection";
import { utf8 } from "#lib/log/digest";
import { planCalendar } from "#lib/wiring/plans";
import { noteTaken } from "#lib/wiring/taken-files";
import { forPeople } from "../../../interface";

/** The plan as a calendar entry (RFC 5545), to be taken over by hand. */
export const GET = forPeople(async ({ params }, { person }) => {
  const plan = params["plan"] ?? "";
  const calendar = await planCalendar(plan, person);
  if (calendar === null) return object("NOT-FOUND");
  const bytes = new Uint8Array(utf8(calendar));
  await noteTaken(person, { what: "calendar", of: { plan }, bytes });
  return new Response(bytes, {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="ceremony.ics"',
      "cache-control": "no-store",
    },
  });
});
