import type { Role } from "#lib/ceremony/roles";
import { ok, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import type { PlanPorts } from "./plan-ports";
import type { Actor } from "./ports";

/** Those who may lead a ceremony may plan one. */
export const organises = (roles: readonly Role[]): boolean => roles.some((role) => role === "administrator" || role === "operator");

/** The id of whoever asks, when they may plan ceremonies and signed in with a passkey. Objects LOOK-ONLY or ORGANISER-ONLY. */
export async function asOrganiser({ people }: Pick<PlanPorts, "people">, actor: Actor): Promise<Result<string, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const known = await people.find(actor.person);
  return known && !known.disabled && organises(known.roles) ? ok(actor.person) : object("ORGANISER-ONLY");
}
