import { asAtDesk } from "#lib/conduct/at-desk";
import { filterFrom } from "#lib/conduct/desk-filter";
import { ok } from "#lib/result";
import { deskPorts } from "#lib/wiring/desk";
import { deskRecords } from "#lib/wiring/desk-looks";
import { forPeople } from "../../interface";
import { pageAsked } from "../page-asked";

/** Closed ceremonies and their records, by the filter in the address, a page at a time. What was looked for is noted. */
export const GET = forPeople(async ({ request }, actor) => {
  const person = await asAtDesk(deskPorts().people, actor, "either");
  if (!person.ok) return person;
  const { searchParams } = new URL(request.url);
  return ok(await deskRecords(person.value.by, filterFrom(Object.fromEntries(searchParams)), pageAsked(searchParams.get("page"))));
});
