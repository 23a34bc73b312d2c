import { ok, type Result } from "#lib/result";
import type { Role } from "#lib/ceremony/roles";
import { sitsAtDesk } from "./at-desk";
import { object, type Objection } from "./objection";
import type { PeopleStore } from "./people-ports";
import type { Actor } from "./ports";
import { readsRegister } from "./register-view";

type People = Pick<PeopleStore, "find">;

/** Notes an auditor's look at the register, or at another page, before anything is shown: whoever leads or decides looks at it in their daily work. */
export async function noteAuditorsLook(
  note: (by: string, place: string) => Promise<void>,
  me: { readonly person: string; readonly roles: readonly Role[] },
  place: string,
): Promise<void> {
  if (sitsAtDesk(me.roles, "auditor")) await note(me.person, place);
}

/**
 * The register as a file, for whoever reads it and signed in with their own passkey; each time it is taken is noted before it is handed
 * over. Objects LOOK-ONLY, and NOT-FOUND to everybody else.
 */
export async function takeRegister<T>(
  ports: { readonly people: People; readonly made: () => Promise<T>; readonly note: (by: string, made: T) => Promise<void> },
  actor: Actor,
): Promise<Result<T, Objection>> {
  const reads = await reader(ports.people, actor, readsRegister);
  if (!reads.ok) return reads;
  const made = await ports.made();
  await ports.note(actor.person, made);
  return ok(made);
}

/**
 * Audit events as the interface tells them, for auditors and administrators who signed in with their own passkey. The look is noted
 * before anything is told. Objects LOOK-ONLY, and NOT-FOUND to everybody else.
 */
export async function readEvents<T>(
  ports: { readonly people: People; readonly events: () => Promise<T>; readonly note: (by: string) => Promise<void> },
  actor: Actor,
): Promise<Result<{ readonly events: T }, Objection>> {
  const reads = await reader(ports.people, actor, (roles) => sitsAtDesk(roles, "either"));
  if (!reads.ok) return reads;
  const events = await ports.events();
  await ports.note(actor.person);
  return ok({ events });
}

/** Whoever has no such role is not told that there is anything; whoever has it is told that a passkey is missing. */
async function reader(people: People, actor: Actor, may: (roles: readonly Role[]) => boolean): Promise<Result<null, Objection>> {
  const known = await people.find(actor.person);
  if (!known || known.disabled || !may(known.roles)) return object("NOT-FOUND");
  return actor.canSign ? ok(null) : object("LOOK-ONLY");
}
