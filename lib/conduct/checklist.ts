import { ok, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import { organises } from "./organiser";
import type { KnownDuty, KnownPlan, List } from "./plan";
import { instant } from "./plan-fields";
import { newDutyId } from "./make-plan";
import type { PlanPorts } from "./plan-ports";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";

export type DutyForm = { readonly owner: string; readonly dueAt: string };

/** Adds a line to one of a plan's lists. Also after the ceremony: what is left to do is often found there. */
export async function addDuty(
  ports: PlanPorts,
  actor: Actor,
  plan: string,
  form: DutyForm & { readonly list: List; readonly text: string },
): Promise<Result<{ readonly duty: string }, Objection>> {
  const allowed = await mayKeepLists(ports, actor, plan);
  if (!allowed.ok) return allowed;
  if (allowed.value.draft) return object("PLAN-DRAFT");
  const text = readableText(ports.world, "text", form.text, "passage");
  if (!text.ok) return text;
  const checked = await ownerAndDue(ports, form);
  if (!checked.ok) return checked;
  const duty = newDutyId(ports.world);
  const facts = { plan, duty, list: form.list, owner: form.owner, dueAt: checked.value.dueAt };
  const added = { duty, list: form.list, text: text.value, fromScript: false, ...checked.value };
  await ports.plans.addDuty(plan, added, { kind: "duty-added", by: actor.person, facts });
  return ok({ duty });
}

/** Gives a duty to somebody else, or another date. */
export async function changeDuty(
  ports: PlanPorts,
  actor: Actor,
  plan: string,
  duty: string,
  form: DutyForm,
): Promise<Result<null, Objection>> {
  const allowed = await mayKeepLists(ports, actor, plan);
  if (!allowed.ok) return allowed;
  if (!dutyOf(allowed.value, duty)) return object("NOT-FOUND");
  const checked = await ownerAndDue(ports, form);
  if (!checked.ok) return checked;
  const facts = { plan, duty, ...checked.value };
  const kept = await ports.plans.changeDuty({ duty, ...checked.value }, { kind: "duty-changed", by: actor.person, facts });
  return kept === "kept" ? ok(null) : object("DUTY-SETTLED");
}

/**
 * Says that a duty is done, or signs it off as not done, because. By its owner or whoever may plan, once: what was settled
 * stays so, and what turns out otherwise is a new duty.
 */
export async function settleDuty(
  ports: PlanPorts,
  actor: Actor,
  plan: string,
  duty: string,
  form: { readonly notDoneBecause: string | null },
): Promise<Result<null, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const [known, me] = await Promise.all([ports.plans.find(plan), ports.people.find(actor.person)]);
  const line = known && dutyOf(known, duty);
  if (!line) return object("NOT-FOUND");
  if (!maySettle(line, actor.person, me !== null && organises(me.roles))) return object("ORGANISER-ONLY");
  const because = form.notDoneBecause === null ? null : readableText(ports.world, "notDoneBecause", form.notDoneBecause, "line");
  if (because && !because.ok) return because;
  const settled = { at: ports.world.now().toISOString(), by: actor.person, notDoneBecause: because?.value ?? null };
  const facts = { plan, duty, done: because === null };
  const kept = await ports.plans.settleDuty(duty, settled, { kind: "duty-settled", by: actor.person, facts });
  return kept === "kept" ? ok(null) : object("DUTY-SETTLED");
}

/** Whether somebody may settle a duty: its owner, and those who plan. */
export const maySettle = ({ owner }: Pick<KnownDuty, "owner">, person: string, organiser: boolean): boolean =>
  organiser || owner === person;

const dutyOf = (plan: KnownPlan, duty: string) => plan.duties.find((one) => one.duty === duty);

async function mayKeepLists(ports: PlanPorts, actor: Actor, plan: string): Promise<Result<KnownPlan, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const [known, me] = await Promise.all([ports.plans.find(plan), ports.people.find(actor.person)]);
  if (!me || me.disabled || !organises(me.roles)) return object("ORGANISER-ONLY");
  return known ? ok(known) : object("NOT-FOUND");
}

async function ownerAndDue(ports: PlanPorts, { owner, dueAt }: DutyForm): Promise<Result<DutyForm, Objection>> {
  const known = await ports.people.find(owner);
  if (!known || known.disabled) return object("PERSON-UNKNOWN", { person: owner });
  const due = instant(dueAt);
  return due === null ? object("FORM", { field: "dueAt" }) : ok({ owner, dueAt: due });
}
