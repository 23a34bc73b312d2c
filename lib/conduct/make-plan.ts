import { hex } from "#lib/log/digest";
import type { Mode } from "#lib/ceremony/roles";
import type { Script } from "#lib/ceremony/script";
import { ok, type Result } from "#lib/result";
import { REVIEW } from "./duty-text";
import { object, type Objection } from "./objection";
import { asOrganiser } from "./organiser";
import { endsAt, minutesAfter, type KnownDuty, type List, type PlanFields } from "./plan";
import { planFields, type PlanForm } from "./plan-fields";
import { planMail } from "./plan-mails";
import type { NewMail, NewPlan, PlanPorts } from "./plan-ports";
import type { Actor, World } from "./ports";

export type MakePlan = PlanForm & { readonly scriptHash: string };

/**
 * Plans a ceremony: its people are invited, and the script's own lists become duties of whoever plans it, until they give them to
 * others. What may be performed is asked when the ceremony is opened, not here.
 */
export async function makePlan(
  ports: PlanPorts,
  actor: Actor,
  mode: Mode,
  form: MakePlan,
): Promise<Result<{ readonly plan: string }, Objection>> {
  const organiser = await asOrganiser(ports, actor);
  if (!organiser.ok) return organiser;
  const script = await ports.script(form.scriptHash);
  if (!script) return object("SCRIPT-UNKNOWN", { hash: form.scriptHash });
  const fields = await planFields(ports, form);
  if (!fields.ok) return fields;
  const { cast, ...said } = fields.value;

  const plan = `pl-${hex(ports.world.random(10))}`;
  const createdAt = ports.world.now().toISOString();
  const told = { ...said, plan, mode, sequence: 0, reason: null, draft: false };
  const mails: NewMail[] = [];
  for (const { person, role } of cast) {
    const known = await ports.people.find(person);
    const mail = known && planMail(ports, "invitation", told, known, { role, answer: null });
    if (mail) mails.push(mail);
  }
  const duties = dutiesOf(ports.world, script, said, organiser.value);
  const made = { ...said, plan, mode, scriptHash: form.scriptHash, madeBy: organiser.value, createdAt, duties, cast };
  const facts = { plan, script: form.scriptHash, startsAt: said.startsAt, people: cast.length };
  await ports.plans.make(made, mails, { kind: "plan-made", by: organiser.value, facts });
  return ok({ plan });
}

const A_DAY = 24 * 60;
const AN_HOUR = 60;
const A_WEEK = 7 * A_DAY;

/**
 * The script's own lists as duties: what must be true, a day before; what lies on the table, an hour before; the rest, a
 * week after; and the review that an emergency owes, within the days that its script sets.
 */
export function dutiesOf(world: Pick<World, "random">, script: Script, plan: Pick<PlanFields, "startsAt" | "minutes">, owner: string): KnownDuty[] {
  const lines: readonly (readonly [List, readonly string[], string])[] = [
    ["before", script.prerequisites, minutesAfter(plan.startsAt, -A_DAY)],
    ["day", script.equipment, minutesAfter(plan.startsAt, -AN_HOUR)],
    ["after", script.afterwards ?? [], minutesAfter(endsAt(plan), A_WEEK)],
    ["after", script.emergency ? [REVIEW] : [], minutesAfter(endsAt(plan), (script.emergency?.review.days ?? 0) * A_DAY)],
  ];
  return lines.flatMap(([list, texts, dueAt]) =>
    texts.map((text) => ({ duty: newDutyId(world), list, text, fromScript: true, owner, dueAt, settled: null })),
  );
}

type Opened = Pick<NewPlan, "title" | "room" | "mode" | "scriptHash" | "madeBy"> & { readonly ceremony: string; readonly at: string; readonly script: Script };

/**
 * A ceremony that was opened without a plan has things left to do after it all the same: a plan of its own that holds nothing else,
 * its duties with whoever opened it until they give them to others. Null where its script leaves nothing to do.
 */
export function planOfUnplanned(world: Pick<World, "random">, { script, at, ...opened }: Opened): (NewPlan & { readonly ceremony: string }) | null {
  const when = { startsAt: at, minutes: script.minutes };
  const duties = dutiesOf(world, script, when, opened.madeBy).filter(({ list }) => list === "after");
  if (duties.length === 0) return null;
  const plan = `pl-${hex(world.random(10))}`;
  return { ...opened, ...when, plan, zone: "UTC", standbyAt: null, createdAt: at, cast: [], duties };
}

export const newDutyId = (world: Pick<World, "random">): string => `d-${hex(world.random(8))}`;
