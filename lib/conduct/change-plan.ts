import { ok, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import { asOrganiser } from "./organiser";
import { minutesAfter, type KnownPlan } from "./plan";
import { planFields, type PlanForm } from "./plan-fields";
import { planMail } from "./plan-mails";
import type { NewMail, PlanPorts } from "./plan-ports";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";

/** `seen`: the sequence that whoever changes it had before them. */
export type ChangePlan = PlanForm & { readonly seen: number; readonly reason: string };

/**
 * Changes or moves a plan, and tells those whom it concerns. When it moves, every answer is wanted anew: nobody said yes to
 * the new time (RFC 5546 section 3.2.2.1), and what is still to be done is due earlier or later by as much. Who leaves the
 * cast gets a cancellation, who joins it an invitation.
 */
export async function changePlan(
  ports: PlanPorts,
  actor: Actor,
  plan: string,
  form: ChangePlan,
): Promise<Result<{ readonly sequence: number }, Objection>> {
  const organiser = await asOrganiser(ports, actor);
  if (!organiser.ok) return organiser;
  const before = await ports.plans.find(plan);
  if (!before) return object("NOT-FOUND");
  if (before.draft) return object("PLAN-DRAFT");
  const reason = readableText(ports.world, "reason", form.reason, "line");
  if (!reason.ok) return reason;
  const fields = await planFields(ports, form);
  if (!fields.ok) return fields;
  const { cast, ...said } = fields.value;

  const moved = said.startsAt !== before.startsAt || said.minutes !== before.minutes;
  const role = new Map(before.invitations.map((one) => [one.person, one.role]));
  const told = { ...said, plan, mode: before.mode, sequence: form.seen + 1, reason: reason.value, draft: false };
  const change = {
    ...said,
    plan,
    seen: form.seen,
    at: ports.world.now().toISOString(),
    reason: reason.value,
    cast,
    asked: cast.filter((one) => moved || role.get(one.person) !== one.role).map(({ person }) => person),
    due: dueAfter(before, said.startsAt),
  };
  const mails = await mailsOf(ports, before, told, change, moved || !sameEntry(before, told));
  const facts = { plan, startsAt: said.startsAt, moved, people: cast.length };
  const kept = await ports.plans.change(change, mails, { kind: "plan-changed", by: organiser.value, facts });
  return kept === "kept" ? ok({ sequence: told.sequence }) : object("PLAN-OVERTAKEN");
}

type Told = Parameters<typeof planMail>[2];

const sameEntry = (before: KnownPlan, after: Told): boolean =>
  (["title", "room", "standbyAt", "zone"] as const).every((field) => before[field] === after[field]);

async function mailsOf(
  ports: PlanPorts,
  before: KnownPlan,
  told: Told,
  { cast, asked }: { readonly cast: PlanForm["cast"]; readonly asked: readonly string[] },
  toAll: boolean,
): Promise<NewMail[]> {
  const mails: NewMail[] = [];
  const add = async (person: string, kind: "invitation" | "update" | "cancellation", role: KnownPlan["invitations"][number]["role"]) => {
    const known = await ports.people.find(person);
    const answered = before.invitations.find((one) => one.person === person)?.answer ?? null;
    const mail = known && planMail(ports, kind, told, known, { role, answer: asked.includes(person) ? null : answered });
    if (mail) mails.push(mail);
  };
  for (const { person, role } of cast) {
    const known = before.invitations.find((one) => one.person === person);
    if (!known) await add(person, "invitation", role);
    else if (toAll || known.role !== role) await add(person, "update", role);
  }
  for (const { person, role } of before.invitations)
    if (!cast.some((one) => one.person === person)) await add(person, "cancellation", role);
  return mails;
}

function dueAfter(before: KnownPlan, startsAt: string) {
  const minutes = (Date.parse(startsAt) - Date.parse(before.startsAt)) / 60_000;
  if (minutes === 0) return [];
  return before.duties
    .filter(({ settled }) => settled === null)
    .map(({ duty, dueAt }) => ({ duty, dueAt: minutesAfter(dueAt, minutes) }));
}
