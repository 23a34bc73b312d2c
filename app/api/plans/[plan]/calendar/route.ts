import { object } from "#lib/conduct/objection";
import { planCalendar } from "#lib/wiring/plans";
import { forPeople } from "../../../interface";

/** The plan as a calendar entry (RFC 5545), to be taken over by hand. */
export const GET = forPeople(async ({ params }, { person }) => {
  const calendar = await planCalendar(params["plan"] ?? "", person);
  if (calendar === null) return object("NOT-FOUND");
  return new Response(calendar, {
    headers: {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": 'attachment; filename="ceremony.ics"',
      "cache-control": "no-store",
    },
  });
});
