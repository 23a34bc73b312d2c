import { ok, type Result } from "#lib/result";
import { isAdministrator } from "./administrator";
import { object, type Objection } from "./objection";
import type { PeoplePorts } from "./people-ports";
import type { Actor } from "./ports";

/** Ends a session at once: one's own, or as an administrator anybody's. */
export async function revokeSession(
  { people }: PeoplePorts,
  actor: Actor,
  form: { readonly person: string; readonly session: string },
): Promise<Result<{ readonly revoked: string }, Objection>> {
  const own = form.person === actor.person;
  if (!own && !actor.canSign) return object("LOOK-ONLY");
  if (!own && !(await isAdministrator(people, actor.person))) return object("ADMINISTRATOR-ONLY");
  const audit = { kind: "session-revoked", by: actor.person, facts: { person: form.person } } as const;
  const revoked = await people.revokeSession(form.person, form.session, audit);
  return revoked === "none" ? object("NOT-FOUND") : ok({ revoked: form.session });
}
