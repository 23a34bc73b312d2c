import { hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import { asOrganiser } from "./organiser";
import { planMail } from "./plan-mails";
import type { PlanPorts } from "./plan-ports";
import type { Actor } from "./ports";

/** Sends somebody's invitation once more, as the plan is now: to an address that was corrected, or that there was none of. */
export async function sendInvitationAgain(
  ports: PlanPorts,
  actor: Actor,
  plan: string,
  person: string,
): Promise<Result<null, Objection>> {
  const organiser = await asOrganiser(ports, actor);
  if (!organiser.ok) return organiser;
  const known = await ports.plans.find(plan);
  const invitation = known?.invitations.find((one) => one.person === person);
  const to = await ports.people.find(person);
  if (!known || !invitation || !to) return object("NOT-FOUND");
  if (known.draft) return object("PLAN-DRAFT");
  if (known.cancelledAt !== null || known.ceremony !== null) return object("PLAN-OVERTAKEN");
  const again = `/${hex(ports.world.random(4))}`;
  const mail = planMail(ports, "invitation", known, to, invitation, again);
  if (!mail) return object("MAIL-ADDRESS", { person });
  await ports.plans.sendAgain(plan, mail, { kind: "invitation-sent-again", by: organiser.value, facts: { plan, person } });
  return ok(null);
}
