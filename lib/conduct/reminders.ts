import { daysAfter } from "#lib/ceremony/days";
import type { KnownPlan } from "./plan";
import { reminderMail } from "./plan-mails";
import type { NewMail, PlanPorts } from "./plan-ports";

/**
 * The reminder of a plan that is due now, as a number of days before; null when none is. Of several that fell due together,
 * after the app was down, only the nearest; none of a draft, and none for a time before people were last told of the date.
 */
export function reminderDue(plan: KnownPlan, days: readonly number[], now: string): number | null {
  if (plan.draft || plan.cancelledAt !== null || plan.ceremony !== null || plan.startsAt <= now) return null;
  const due = days.filter((count) => {
    const at = daysAfter(plan.startsAt, -count);
    return at <= now && at > plan.changedAt;
  });
  return due.length === 0 ? null : Math.min(...due);
}

/** The reminders of a plan that are due now, for everybody who has not said that they will be away. Each has one key for good. */
export async function reminders(ports: PlanPorts, plan: KnownPlan, days: readonly number[]): Promise<NewMail[]> {
  const due = reminderDue(plan, days, ports.world.now().toISOString());
  if (due === null) return [];
  const mails: NewMail[] = [];
  for (const invitation of plan.invitations) {
    const known = invitation.answer === "declined" ? null : await ports.people.find(invitation.person);
    const mail = known && reminderMail(ports, plan, known, invitation, due);
    if (mail) mails.push(mail);
  }
  return mails;
}
