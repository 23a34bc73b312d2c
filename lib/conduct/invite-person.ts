import { base64url, hex, sha256Hex, utf8 } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import type { Administrator } from "./administrator";
import { object, type Objection } from "./objection";
import type { PeoplePorts } from "./people-ports";
import { personFields, type PersonForm } from "./person-fields";

/** A new person, or one who is known already and is to register a further passkey. */
export type InvitePerson = PersonForm | { readonly person: string };

export type Invitation = { readonly person: string; readonly link: string; readonly expires: string };

const HOURS_OF_A_LINK = 24;

/**
 * Makes an enrolment link that works once, within a day; the person is to get it by a way that reaches only them. Its token
 * is told here and never again: only its hash is kept.
 */
export async function invitePerson({ people, world, rp }: PeoplePorts, administrator: Administrator, form: InvitePerson): Promise<Result<Invitation, Objection>> {
  const { by } = administrator;
  let person: string;
  if ("person" in form) {
    person = form.person;
    const known = await people.find(person);
    if (!known || known.disabled) return object("PERSON-UNKNOWN", { person });
  } else {
    const fields = personFields(world, form);
    if (!fields.ok) return fields;
    person = `p-${hex(world.random(8))}`;
    const created = await people.create(person, fields.value, { kind: "person-invited", by, facts: { person, as: fields.value.roles.join() } });
    if (created === "email-taken") return object("EMAIL-TAKEN");
  }
  const token = base64url(world.random(32));
  const expires = new Date(world.now().getTime() + HOURS_OF_A_LINK * 3_600_000).toISOString();
  const link = { tokenHash: tokenHash(token), person, expiresAt: expires, createdBy: by };
  await people.keepLink(link, { kind: "person-invited", by, facts: { person, expires } });
  return ok({ person, link: `${rp.origin}/enrol/${token}`, expires });
}

/** What is kept of a token. It has 256 random bits: a plain hash cannot be turned round. */
export const tokenHash = (token: string): string => sha256Hex(utf8(`claviger/enrolment/${token}`));
