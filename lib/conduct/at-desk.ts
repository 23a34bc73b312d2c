import { ok, type Result } from "#lib/result";
import { object, type Objection, type ObjectionName } from "./objection";
import type { PeopleStore } from "./people-ports";
import type { Actor } from "./ports";

/** Whose an act of the desk is: an auditor's, an administrator's, or either's. */
export type DeskRole = "auditor" | "administrator" | "either";

declare const atDesk: unique symbol;
/** Proof that somebody may act at the desk in that role. Only `asAtDesk` makes one. */
export type AtDesk<R extends DeskRole> = { readonly [atDesk]: R; readonly by: string };

const OBJECTIONS = {
  auditor: "AUDITOR-ONLY",
  administrator: "ADMINISTRATOR-ONLY",
  either: "DESK-ONLY",
} as const satisfies Readonly<Record<DeskRole, ObjectionName>>;

/** Whether those standing roles sit at the desk in that role. */
export const sitsAtDesk = (roles: readonly string[], role: DeskRole): boolean =>
  roles.some((one) => (role === "either" ? one === "auditor" || one === "administrator" : one === role));

/**
 * Somebody who signed in with their own passkey and has the role. Objects LOOK-ONLY, or by whose act it is: AUDITOR-ONLY,
 * ADMINISTRATOR-ONLY, DESK-ONLY.
 */
export async function asAtDesk<R extends DeskRole>(
  people: Pick<PeopleStore, "find">,
  actor: Actor,
  role: R,
): Promise<Result<AtDesk<R>, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const known = await people.find(actor.person);
  const may = known !== null && !known.disabled && sitsAtDesk(known.roles, role);
  return may ? ok({ by: actor.person } as AtDesk<R>) : object(OBJECTIONS[role]);
}
