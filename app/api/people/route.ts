import { z } from "zod";
import { Identifier } from "#lib/ceremony/roster.schema";
import { invitePerson, type Invitation } from "#lib/conduct/invite-person";
import { ok } from "#lib/result";
import { people } from "#lib/wiring";
import { peoplePorts } from "#lib/wiring/parts";
import { forAdministrators } from "../interface";
import { Person } from "./person.schema";

/** Everybody, with passkeys, open links and sessions. */
export const GET = forAdministrators(async () => ok({ people: await people() }));

const Invite = z.strictObject({
  people: z
    .array(Person.omit({ disabled: true }).extend({ person: Identifier.optional() }))
    .min(1)
    .max(100),
});

/** Invites people; each gets a link that works once. The first who cannot be invited ends it; those before them are. */
export const POST = forAdministrators(async ({ form }, administrator) => {
  const invited: Invitation[] = [];
  for (const person of form.people) {
    const invitation = await invitePerson(peoplePorts(), administrator, person);
    if (!invitation.ok) return invitation;
    invited.push(invitation.value);
  }
  return ok({ people: invited });
}, Invite);
