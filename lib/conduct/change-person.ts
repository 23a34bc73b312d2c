import { ok, type Result } from "#lib/result";
import type { Administrator } from "./administrator";
import { object, type Objection } from "./objection";
import type { KnownPerson, PeoplePorts } from "./people-ports";
import { personFields, type PersonForm } from "./person-fields";

/**
 * Changes what is known of a person, or disables them, which ends their sessions at once. Ceremonies under way go by the
 * roster they opened with. The last administrator who can sign in stays one: nobody could make another.
 */
export async function changePerson(
  { people, world }: PeoplePorts,
  administrator: Administrator,
  person: string,
  form: PersonForm,
): Promise<Result<KnownPerson, Objection>> {
  const known = await people.find(person);
  if (!known) return object("PERSON-UNKNOWN", { person });
  const fields = personFields(world, form);
  if (!fields.ok) return fields;
  const facts = { person, roles: fields.value.roles.join(), disabled: fields.value.disabled };
  const changed = await people.change(person, fields.value, { kind: "person-changed", by: administrator.by, facts });
  if (changed === "last-administrator") return object("LAST-ADMINISTRATOR");
  return changed === "email-taken" ? object("EMAIL-TAKEN") : ok({ ...known, ...fields.value });
}
