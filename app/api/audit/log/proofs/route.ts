import { asAtDesk } from "#lib/conduct/at-desk";
import { ok } from "#lib/result";
import { deskPorts } from "#lib/wiring/desk";
import { noteLookAtProofs, PAGE_LINES } from "#lib/wiring/desk-looks";
import { linesInLog } from "#lib/wiring/lines-in-log";
import { forPeople } from "../../../interface";

/**
 * What stands behind the lines named in the address (`id`, as often as a page has lines), with proofs for a browser to check. The
 * look is noted before anything is given.
 */
export const GET = forPeople(async ({ request }, actor) => {
  const person = await asAtDesk(deskPorts().people, actor, "either");
  if (!person.ok) return person;
  const ids = [...new Set(new URL(request.url).searchParams.getAll("id"))].slice(0, PAGE_LINES);
  const given = await linesInLog(ids);
  await noteLookAtProofs(person.value.by, given.lines.map(({ id }) => id));
  return ok(given);
});
