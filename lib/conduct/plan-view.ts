import type { Role } from "#lib/ceremony/roles";
import type { Script } from "#lib/ceremony/script";
import { maySettle } from "./checklist";
import { dutyTranslations } from "./duty-text";
import { organises } from "./organiser";
import type { KnownPerson } from "./people-ports";
import { dutiesLeft, endsAt, type KnownDuty, type KnownInvitation, type KnownPlan } from "./plan";
import { addressOf } from "./plan-mails";
import { attendanceOf, planNeeds, type Attendance, type PlanNeed } from "./plan-needs";

type Named = { readonly person: string; readonly name: string; readonly title: string };

/** A plan in a list. */
export type PlanLine = Pick<KnownPlan, "draft" | "plan" | "title" | "mode" | "startsAt" | "minutes" | "room" | "cancelledAt" | "ceremony"> & {
  readonly endsAt: string;
  /** What whoever looks takes part as, and what they answered; null when they are not invited. */
  readonly mine: Pick<KnownInvitation, "role" | "answer"> | null;
  readonly attendance: Attendance;
  /** Duties nobody has settled: of all, and of whoever looks. */
  readonly left: { readonly open: number; readonly overdue: number; readonly mine: number };
};

export type PlanCast = Named &
  KnownInvitation & {
    /** Whether there is an address to invite them by. */
    readonly reachable: boolean;
    readonly groups: readonly string[];
  };

export type PlanDuty = Omit<KnownDuty, "owner" | "settled"> & {
  readonly owner: Named;
  readonly settled: { readonly at: string; readonly by: Named; readonly notDoneBecause: string | null } | null;
  readonly overdue: boolean;
  readonly translations: ReturnType<typeof dutyTranslations>;
  /** Whether whoever looks may say that it is done, or why it is not going to be. */
  readonly maySettle: boolean;
};

export type PlanMail = {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly failure: string | null;
  readonly nextTryAt: string | null;
};

/** A plan's page. */
export type PlanView = PlanLine &
  Pick<KnownPlan, "zone" | "standbyAt" | "sequence" | "reason" | "scriptHash" | "changedAt"> & {
    readonly script: Pick<Script, "title" | "edition" | "purpose">;
    /** Null while it is a draft. */
    readonly madeBy: Named | null;
    readonly cast: readonly PlanCast[];
    readonly needs: readonly PlanNeed[];
    readonly duties: readonly PlanDuty[];
    readonly answer: KnownInvitation | null;
    /** Whether whoever looks may change it. */
    readonly leads: boolean;
    /** Whether they may take over or dismiss it, which was drafted by itself. */
    readonly mayTakeOver: boolean;
    /** How its mails have fared, for those who lead; null for others. */
    readonly mails: readonly PlanMail[] | null;
    readonly mailServer: boolean;
    /** Whether it still waits for its ceremony. */
    readonly standing: boolean;
  };

export type PlanSource = {
  readonly plan: KnownPlan;
  readonly script: Script;
  readonly people: readonly KnownPerson[];
  readonly me: string;
  readonly now: string;
};

const groupsIn =
  (people: readonly KnownPerson[]) =>
  (person: string): readonly string[] =>
    people.find((one) => one.person === person)?.groups ?? [];

/** Whether somebody may look at a plan: those in it, those with a duty, those who plan, and auditors. */
export const mayLookAtPlan = (plan: KnownPlan, me: { readonly person: string; readonly roles: readonly Role[] }): boolean =>
  organises(me.roles) ||
  me.roles.includes("auditor") ||
  plan.invitations.some(({ person }) => person === me.person) ||
  plan.duties.some(({ owner }) => owner === me.person);

export function planLine({ plan, script, people, me, now }: PlanSource): PlanLine {
  const { draft, title, mode, startsAt, minutes, room, cancelledAt, ceremony, invitations, duties } = plan;
  const mine = invitations.find(({ person }) => person === me);
  const counts = cancelledAt === null ? duties : [];
  return {
    ...{ plan: plan.plan, draft, title, mode, startsAt, minutes, room, cancelledAt, ceremony },
    endsAt: endsAt(plan),
    mine: mine ? { role: mine.role, answer: mine.answer } : null,
    attendance: attendanceOf(planNeeds(script, invitations, groupsIn(people))),
    left: { ...dutiesLeft(counts, now), mine: counts.filter(({ owner, settled }) => owner === me && settled === null).length },
  };
}

export function planView(source: PlanSource, mails: readonly PlanMail[], mailServer: boolean): PlanView {
  const { plan, script, people, me, now } = source;
  const named = (person: string): Named => {
    const known = people.find((one) => one.person === person);
    return { person, name: known?.name ?? person, title: known?.title ?? "" };
  };
  const roles = people.find(({ person }) => person === me)?.roles ?? [];
  const organiser = organises(roles);
  const { zone, standbyAt, sequence, reason, scriptHash, changedAt, invitations, duties } = plan;
  return {
    ...planLine(source),
    ...{ zone, standbyAt, sequence, reason, scriptHash, changedAt, mailServer },
    script: { title: script.title, edition: script.edition, purpose: script.purpose },
    madeBy: plan.madeBy === null ? null : named(plan.madeBy),
    cast: invitations.map((one) => {
      const known = people.find(({ person }) => person === one.person);
      return { ...named(one.person), ...one, reachable: known !== undefined && addressOf(known) !== null, groups: known?.groups ?? [] };
    }),
    needs: planNeeds(script, invitations, groupsIn(people)),
    duties: duties.map(({ owner, settled, ...duty }) => ({
      ...duty,
      owner: named(owner),
      settled: settled && { ...settled, by: named(settled.by) },
      translations: dutyTranslations(duty, script),
      overdue: settled === null && duty.dueAt < now && plan.cancelledAt === null,
      maySettle: settled === null && maySettle({ owner }, me, organiser),
    })),
    answer: invitations.find(({ person }) => person === me) ?? null,
    leads: organiser,
    mayTakeOver: plan.draft && plan.cancelledAt === null && roles.includes("administrator"),
    mails: organiser ? mails : null,
    standing: plan.cancelledAt === null && plan.ceremony === null,
  };
}

/** What is left to do after a ceremony that is closed: it is finished when nothing is. */
export type Afterwards = { readonly plan: string; readonly open: number; readonly overdue: number };

export const afterwardsOf = ({ plan, duties }: Pick<KnownPlan, "plan" | "duties">, now: string): Afterwards => ({
  plan,
  ...dutiesLeft(duties.filter(({ list }) => list === "after"), now),
});
