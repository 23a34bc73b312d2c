import { ok, type Result } from "#lib/result";
import { isAdministrator } from "./administrator";
import { object, type Objection } from "./objection";
import { asOrganiser } from "./organiser";
import { planMail } from "./plan-mails";
import type { NewMail, PlanPorts } from "./plan-ports";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";

/**
 * Cancels a plan for good, with a reason, and has it taken out of everybody's calendar. A draft is dismissed so, by an administrator:
 * for that end of a key's time there is no other.
 */
export async function cancelPlan(
  ports: PlanPorts,
  actor: Actor,
  plan: string,
  form: { readonly seen: number; readonly reason: string },
): Promise<Result<{ readonly sequence: number }, Objection>> {
  const organiser = await asOrganiser(ports, actor);
  if (!organiser.ok) return organiser;
  const before = await ports.plans.find(plan);
  if (!before) return object("NOT-FOUND");
  if (before.draft && !(await isAdministrator(ports.people, actor.person))) return object("ADMINISTRATOR-ONLY");
  const reason = readableText(ports.world, "reason", form.reason, "line");
  if (!reason.ok) return reason;

  const told = { ...before, sequence: form.seen + 1, reason: reason.value };
  const mails: NewMail[] = [];
  for (const invitation of before.invitations) {
    const known = await ports.people.find(invitation.person);
    const mail = known && planMail(ports, "cancellation", told, known, invitation);
    if (mail) mails.push(mail);
  }
  const cancelled = { plan, seen: form.seen, at: ports.world.now().toISOString(), reason: reason.value };
  const kind = before.draft ? "rotation-dismissed" : "plan-cancelled";
  const kept = await ports.plans.cancel(cancelled, mails, { kind, by: organiser.value, facts: { plan } });
  return kept === "kept" ? ok({ sequence: told.sequence }) : object("PLAN-OVERTAKEN");
}
