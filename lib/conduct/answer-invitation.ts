import { ok, type Result } from "#lib/result";
import { object, type Objection } from "./objection";
import type { Answer, KnownInvitation } from "./plan";
import { instant } from "./plan-fields";
import { answerMail } from "./plan-mails";
import type { PlanPorts } from "./plan-ports";
import type { Actor } from "./ports";
import { readableText } from "./readable-text";

export type AnswerInvitation = {
  /** The sequence of the plan that is answered to: nobody accepts a date they have not seen. */
  readonly seen: number;
  readonly answer: Answer;
  readonly proposedAt: string | null;
  readonly remark: string;
};

/**
 * Somebody's answer to their own invitation, by their own passkey; it can be changed until the plan is opened. The organiser
 * is told by mail when somebody will not come, or asks for another time. It commits nobody: quora are reached in the
 * ceremony.
 */
export async function answerInvitation(
  ports: PlanPorts,
  actor: Actor,
  plan: string,
  form: AnswerInvitation,
): Promise<Result<KnownInvitation, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const known = await ports.plans.find(plan);
  const mine = known?.invitations.find(({ person }) => person === actor.person);
  if (!known || !mine) return object("NOT-FOUND");
  const remark = form.remark.trim() === "" ? null : readableText(ports.world, "remark", form.remark, "line");
  if (remark && !remark.ok) return remark;

  const at = ports.world.now().toISOString();
  const proposedAt = form.answer === "proposed" ? instant(form.proposedAt ?? "") : null;
  if (form.answer === "proposed" && (proposedAt === null || proposedAt <= at)) return object("PLAN-PAST", { field: "proposedAt" });
  const { answer } = form;
  const given: KnownInvitation = { ...mine, answer, answeredAt: at, proposedAt, remark: remark?.value ?? null };

  const [organiser, me] = await Promise.all([known.madeBy === null ? null : ports.people.find(known.madeBy), ports.people.find(actor.person)]);
  const mail =
    organiser && me && answer !== "accepted" && organiser.person !== me.person
      ? answerMail(ports, known, organiser, me, { ...given, answer })
      : null;
  const kept = await ports.plans.answer(
    { plan, person: actor.person, seen: form.seen, answer, at, proposedAt, remark: given.remark },
    mail ? [mail] : [],
    { kind: "invitation-answered", by: actor.person, facts: { plan, answer } },
  );
  return kept === "kept" ? ok(given) : object("PLAN-OVERTAKEN");
}
