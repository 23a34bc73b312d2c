import type { Mode, Role } from "#lib/ceremony/roles";
import type { KeptRotation } from "#lib/conduct/draft-rotations";
import type { Answer, KnownDuty, KnownInvitation, KnownPlan, List, PlanFields } from "#lib/conduct/plan";
import type { NewAnswer, NewDraft, NewMail, NewPlan, PlanChange } from "#lib/conduct/plan-ports";
import type { Prisma } from "../generated/prisma/client";
import { writeAudit, type NewAuditEvent } from "./audit-events";
import type { Database } from "./database";
import { queueMails } from "./mails";
import { isTaken } from "./store-fault";

type Settled = NonNullable<KnownDuty["settled"]>;
type Kept = Promise<"kept" | "overtaken">;

const whole = {
  invitations: { where: { withdrawnAt: null }, orderBy: [{ role: "asc" }, { personId: "asc" }] },
  duties: { orderBy: [{ position: "asc" }, { id: "asc" }] },
  rotates: { orderBy: [{ endsAt: "asc" }, { key: "asc" }] },
} satisfies Prisma.CeremonyPlanInclude;
type Row = Prisma.CeremonyPlanGetPayload<{ include: typeof whole }>;

/** What cannot be the id of a plan is not asked of the database. */
const ID = /^[a-z0-9-]{1,64}$/;

/** The plan of that id, or null. */
export async function findPlan(db: Database, plan: string): Promise<KnownPlan | null> {
  if (!ID.test(plan)) return null;
  const row = await db.ceremonyPlan.findUnique({ where: { id: plan }, include: whole });
  return row && ((await reading(db, [row]))[0] ?? null);
}

/** Every plan, or those somebody is invited to, made, or has a duty in; by their date. */
export async function listPlans(db: Database, of?: { readonly person: string }): Promise<KnownPlan[]> {
  const where = of && {
    OR: [
      { madeBy: of.person },
      { invitations: { some: { personId: of.person, withdrawnAt: null } } },
      { duties: { some: { ownerId: of.person } } },
    ],
  };
  const order: Prisma.CeremonyPlanOrderByWithRelationInput[] = [{ startsAt: "asc" }, { id: "asc" }];
  const rows = await db.ceremonyPlan.findMany({ ...(where ? { where } : {}), include: whole, orderBy: order });
  return reading(db, rows);
}

/** The plan a ceremony was opened from, or null. */
export async function findPlanOf(db: Database, ceremony: string): Promise<KnownPlan | null> {
  const row = await db.ceremonyPlan.findUnique({ where: { ceremony }, include: whole });
  return row && ((await reading(db, [row]))[0] ?? null);
}

/** Production ceremonies that no plan points at, the oldest first. */
export async function unplannedCeremonies(db: Database): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT c."id" FROM "Ceremony" c
    WHERE c."mode" = 'production' AND NOT EXISTS (SELECT 1 FROM "CeremonyPlan" p WHERE p."ceremony" = c."id")
    ORDER BY c."openedAt", c."id"`;
  return rows.map(({ id }) => id);
}

/** Keeps the plan of a ceremony that was opened without one, unless somebody else just has. */
export async function keepPlanOf(
  db: Database,
  plan: NewPlan & { readonly ceremony: string },
  audit: NewAuditEvent,
): Promise<void> {
  try {
    await makePlan(db, plan, [], audit);
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  }
}

/** Keeps a new plan; that of a ceremony which is open already points at it from the beginning. */
export async function makePlan(
  db: Database,
  plan: NewPlan & { readonly ceremony?: string },
  mails: readonly NewMail[],
  audit: NewAuditEvent,
): Promise<void> {
  const { plan: id, cast, duties, createdAt, scriptHash, madeBy, mode, ceremony = null } = plan;
  const at = new Date(createdAt);
  await db.$transaction(async (tx) => {
    const row = { id, scriptHash, madeBy, mode, ceremony, ...columns(plan), createdAt: at, changedAt: at };
    await tx.ceremonyPlan.create({ data: row });
    await tx.invitation.createMany({ data: cast.map(({ person, role }) => ({ planId: id, personId: person, role })) });
    await tx.checklistDuty.createMany({ data: duties.map((duty, position) => dutyColumns(id, duty, position)) });
    await queueMails(tx, id, mails, at, false);
    await writeAudit(tx, audit);
  });
}

/** Every key and end of its time for which a plan was drafted, with that plan. */
export async function draftedRotations(db: Database): Promise<KeptRotation[]> {
  const rows = await db.rotationDraft.findMany({ include: { plan: { include: whole } } });
  const plans = new Map((await reading(db, rows.map(({ plan }) => plan))).map((plan) => [plan.plan, plan]));
  return rows.flatMap(({ key, endsAt, planId }) => {
    const plan = plans.get(planId);
    const waits = plan !== undefined && plan.cancelledAt === null && plan.ceremony === null;
    return plan ? [{ key, endsAt: endsAt.toISOString(), plan, waits }] : [];
  });
}

/** Keeps a draft, unless another process just has one for one of its keys. */
export async function keepDraft(db: Database, draft: NewDraft, mails: readonly NewMail[], audit: NewAuditEvent): Kept {
  const { plan: id, cast, createdAt, scriptHash, mode, rotates } = draft;
  const at = new Date(createdAt);
  try {
    await db.$transaction(async (tx) => {
      const row = { id, scriptHash, mode, draft: true, ...columns(draft), createdAt: at, changedAt: at };
      await tx.ceremonyPlan.create({ data: row });
      const ends = rotates.map(({ key, endsAt }) => ({ key, endsAt: new Date(endsAt), planId: id }));
      await tx.rotationDraft.createMany({ data: ends });
      await tx.invitation.createMany({ data: cast.map(({ person, role }) => ({ planId: id, personId: person, role })) });
      await queueMails(tx, id, mails, at, false);
      await writeAudit(tx, audit);
    });
  } catch (fault) {
    if (isTaken(fault)) return "overtaken";
    throw fault;
  }
  return "kept";
}

type Taken = {
  readonly plan: string;
  readonly seen: number;
  readonly at: string;
  readonly by: string;
  readonly duties: readonly KnownDuty[];
};

/** A draft becomes the plan of whoever takes it over. */
export function takeOverDraft(
  db: Database,
  taken: Taken,
  mails: readonly NewMail[],
  audit: NewAuditEvent,
): Kept {
  const { plan: id, seen, by, duties } = taken;
  const at = new Date(taken.at);
  return whileStanding(db, id, seen, async (tx) => {
    await tx.ceremonyPlan.update({ where: { id }, data: { draft: false, madeBy: by, changedAt: at, sequence: seen + 1 } });
    await tx.checklistDuty.createMany({ data: duties.map((duty, position) => dutyColumns(id, duty, position)) });
    await queueMails(tx, id, mails, at, true);
    await writeAudit(tx, audit);
  });
}

export function changePlan(db: Database, change: PlanChange, mails: readonly NewMail[], audit: NewAuditEvent): Kept {
  const { plan: id, seen, reason, cast, asked, due } = change;
  const at = new Date(change.at);
  return whileStanding(db, id, seen, async (tx) => {
    await tx.ceremonyPlan.update({ where: { id }, data: { ...columns(change), reason, changedAt: at, sequence: seen + 1 } });
    await tx.invitation.updateMany({
      where: { planId: id, withdrawnAt: null, personId: { notIn: cast.map(({ person }) => person) } },
      data: { withdrawnAt: at },
    });
    const unanswered = { answer: null, answeredAt: null, proposedAt: null, remark: null };
    for (const { person, role } of cast) {
      await tx.invitation.upsert({
        where: { planId_personId: { planId: id, personId: person } },
        create: { planId: id, personId: person, role },
        update: { role, withdrawnAt: null, ...(asked.includes(person) ? unanswered : {}) },
      });
    }
    for (const { duty, dueAt } of due)
      await tx.checklistDuty.updateMany({ where: { id: duty, settledAt: null }, data: { dueAt: new Date(dueAt) } });
    await queueMails(tx, id, mails, at, true);
    await writeAudit(tx, audit);
  });
}

export function cancelPlan(
  db: Database,
  { plan: id, seen, at, reason }: { readonly plan: string; readonly seen: number; readonly at: string; readonly reason: string },
  mails: readonly NewMail[],
  audit: NewAuditEvent,
): Kept {
  const when = new Date(at);
  return whileStanding(db, id, seen, async (tx) => {
    const data = { cancelledAt: when, changedAt: when, reason, sequence: seen + 1 };
    await tx.ceremonyPlan.update({ where: { id }, data });
    await queueMails(tx, id, mails, when, true);
    await writeAudit(tx, audit);
  });
}

export function answerInvitation(db: Database, given: NewAnswer, mails: readonly NewMail[], audit: NewAuditEvent): Kept {
  const { plan, person, seen, answer, remark } = given;
  const at = new Date(given.at);
  const proposedAt = given.proposedAt === null ? null : new Date(given.proposedAt);
  return whileStanding(db, plan, seen, async (tx) => {
    await tx.invitation.update({
      where: { planId_personId: { planId: plan, personId: person }, withdrawnAt: null },
      data: { answer, answeredAt: at, proposedAt, remark },
    });
    await queueMails(tx, plan, mails, at, false);
    await writeAudit(tx, audit);
  });
}

export async function sendMailAgain(db: Database, plan: string, mail: NewMail, at: Date, audit: NewAuditEvent): Promise<void> {
  await db.$transaction(async (tx) => {
    await queueMails(tx, plan, [mail], at, false);
    await writeAudit(tx, audit);
  });
}

export const pointAtCeremony = (db: Database, plan: string, ceremony: string, audit: NewAuditEvent): Kept =>
  whileStanding(db, plan, null, async (tx) => {
    await tx.ceremonyPlan.update({ where: { id: plan }, data: { ceremony } });
    await writeAudit(tx, audit);
  });

export async function addDuty(db: Database, plan: string, duty: Omit<KnownDuty, "settled">, audit: NewAuditEvent): Promise<void> {
  await db.$transaction(async (tx) => {
    const position = await tx.checklistDuty.count({ where: { planId: plan } });
    await tx.checklistDuty.create({ data: dutyColumns(plan, duty, position) });
    await writeAudit(tx, audit);
  });
}

export function changeDuty(
  db: Database,
  { duty, owner, dueAt }: Pick<KnownDuty, "duty" | "owner" | "dueAt">,
  audit: NewAuditEvent,
): Kept {
  return whileOpen(db, duty, { ownerId: owner, dueAt: new Date(dueAt) }, audit);
}

export function settleDuty(db: Database, duty: string, { at, by, notDoneBecause }: Settled, audit: NewAuditEvent): Kept {
  return whileOpen(db, duty, { settledAt: new Date(at), settledBy: by, notDoneBecause }, audit);
}

/** Changes a duty that nobody has settled; two who settle it at once are one who does. */
function whileOpen(
  db: Database,
  duty: string,
  data: Prisma.ChecklistDutyUncheckedUpdateManyInput,
  audit: NewAuditEvent,
): Kept {
  return db.$transaction(async (tx) => {
    const { count } = await tx.checklistDuty.updateMany({ where: { id: duty, settledAt: null }, data });
    if (count === 0) return "overtaken";
    await writeAudit(tx, audit);
    return "kept";
  });
}

/**
 * Changes a plan that is as whoever changes it saw it (`seen`, if given), is not cancelled, and of which no ceremony was
 * opened. The row is held to the end of the transaction.
 */
function whileStanding(
  db: Database,
  plan: string,
  seen: number | null,
  write: (tx: Prisma.TransactionClient) => Promise<void>,
): Kept {
  return db.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ sequence: number }[]>`
      SELECT p."sequence" FROM "CeremonyPlan" p
      WHERE p."id" = ${plan} AND p."cancelledAt" IS NULL
        AND NOT EXISTS (SELECT FROM "Entry" e WHERE e."ceremony" = p."ceremony" AND e."seq" = 0)
      FOR UPDATE`;
    if (!row || (seen !== null && row.sequence !== seen)) return "overtaken";
    await write(tx);
    return "kept";
  });
}

const columns = ({ title, startsAt, minutes, zone, room, standbyAt }: PlanFields) => ({
  ...{ title, minutes, zone, room },
  startsAt: new Date(startsAt),
  standbyAt: standbyAt === null ? null : new Date(standbyAt),
});

type Unsettled = Omit<KnownDuty, "settled">;

const dutyColumns = (plan: string, { duty, list, text, fromScript, owner, dueAt }: Unsettled, position: number) => ({
  ...{ id: duty, planId: plan, list, position, text, fromScript },
  ownerId: owner,
  dueAt: new Date(dueAt),
});

/** Rows as plans. A ceremony that a plan points at is there once its first entry is. */
async function reading(db: Database, rows: readonly Row[]): Promise<KnownPlan[]> {
  const pointed = rows.flatMap(({ ceremony }) => (ceremony === null ? [] : [ceremony]));
  const first = await db.entry.findMany({ where: { ceremony: { in: pointed }, seq: 0 }, select: { ceremony: true } });
  const opened = new Set(first.map(({ ceremony }) => ceremony));
  return rows.map((row) => ({
    plan: row.id,
    title: row.title,
    mode: row.mode as Mode,
    scriptHash: row.scriptHash,
    startsAt: row.startsAt.toISOString(),
    minutes: row.minutes,
    zone: row.zone,
    room: row.room,
    standbyAt: row.standbyAt?.toISOString() ?? null,
    sequence: row.sequence,
    reason: row.reason,
    cancelledAt: row.cancelledAt?.toISOString() ?? null,
    madeBy: row.madeBy,
    draft: row.draft,
    rotates: row.rotates.map(({ key, endsAt }) => ({ key, endsAt: endsAt.toISOString() })),
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    ceremony: row.ceremony !== null && opened.has(row.ceremony) ? row.ceremony : null,
    invitations: row.invitations.map(invitationOf),
    duties: row.duties.map(dutyOf),
  }));
}

const invitationOf = (row: Row["invitations"][number]): KnownInvitation => ({
  person: row.personId,
  role: row.role as Role,
  answer: row.answer as Answer | null,
  answeredAt: row.answeredAt?.toISOString() ?? null,
  proposedAt: row.proposedAt?.toISOString() ?? null,
  remark: row.remark,
});

const dutyOf = (row: Row["duties"][number]): KnownDuty => ({
  duty: row.id,
  list: row.list as List,
  text: row.text,
  fromScript: row.fromScript,
  owner: row.ownerId,
  dueAt: row.dueAt.toISOString(),
  settled:
    row.settledAt && row.settledBy !== null
      ? { at: row.settledAt.toISOString(), by: row.settledBy, notDoneBecause: row.notDoneBecause }
      : null,
});
