import { base64url, hex, sha256Hex, utf8 } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import type { Administrator } from "./administrator";
import { object, type Objection } from "./objection";
import type { PeoplePorts } from "./people-ports";
import { personFields, type PersonForm } from "./person-fields";

/**
 * A new person, with an id of the administrator's choice or a random one; or one who is known already and is to register
 * another passkey. Ids stand in transcripts for good, so they should say nothing about who it is.
 */
export type InvitePerson = (PersonForm & { readonly person?: string | undefined }) | { readonly person: string };

export type Invitation = { readonly person: string; readonly enrolmentUrl: string; readonly expiresAt: string };

const HOURS_OF_A_LINK = 24;

/**
 * Makes an enrolment link that works once, within a day; the person is to get it by a way that reaches only them. Its token
 * is told here and never again: only its hash is kept.
 */
export async function invitePerson(
  { people, world, rp }: PeoplePorts,
  administrator: Administrator,
  form: InvitePerson,
): Promise<Result<Invitation, Objection>> {
  const { by } = administrator;
  const person = form.person ?? `p-${hex(world.random(8))}`;
  const known = form.person === undefined ? null : await people.find(person);
  if (known?.disabled) return object("PERSON-UNKNOWN", { person });
  if (!known) {
    if (!("name" in form)) return object("PERSON-UNKNOWN", { person });
    const fields = personFields(world, form);
    if (!fields.ok) return fields;
    const created = await people.create(person, fields.value, {
      kind: "person-invited",
      by,
      facts: { person, as: fields.value.roles.join() },
    });
    if (created === "email-taken") return object("EMAIL-TAKEN");
  }
  const token = base64url(world.random(32));
  const expiresAt = new Date(world.now().getTime() + HOURS_OF_A_LINK * 3_600_000).toISOString();
  const link = { tokenHash: tokenHash(token), person, expiresAt, createdBy: by };
  await people.keepLink(link, { kind: "person-invited", by, facts: { person, expiresAt } });
  return ok({ person, enrolmentUrl: `${rp.origin}/enrol/${token}`, expiresAt });
}

/** What is kept of a token. It has 256 random bits: a plain hash cannot be turned round. */
export const tokenHash = (token: string): string => sha256Hex(utf8(`claviger/enrolment/${token}`));
