import type { NewMail } from "#lib/conduct/plan-ports";
import { writeAudit, type NewAuditEvent } from "./audit-events";
import type { Database } from "./database";
import type { Mail, Prisma } from "../generated/prisma/client";

/** A mail whose turn it is, for the one sender that claimed it. */
export type ClaimedMail = Pick<Mail, "id" | "recipient" | "subject" | "text" | "calendar" | "method" | "tries">;

/** How a mail has fared: sent, waiting for its next try with the reason of the last, or not to be sent any more. */
export type StoredMail = {
  readonly id: string;
  readonly person: string;
  readonly kind: string;
  readonly recipient: string;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly tries: number;
  readonly failure: string | null;
  /** Null when nobody will try again by itself. */
  readonly nextTryAt: string | null;
};

/**
 * The write that keeps mails, part of the transaction that they tell of. Those of a plan not yet sent are overtaken, but
 * answers.
 */
export async function queueMails(
  tx: Prisma.TransactionClient,
  plan: string,
  mails: readonly NewMail[],
  at: Date,
  overtake: boolean,
): Promise<void> {
  if (overtake) {
    const unsent = { planId: plan, sentAt: null, endedAt: null, kind: { not: "answer" } };
    await tx.mail.updateMany({ where: unsent, data: { endedAt: at } });
  }
  await tx.mail.createMany({
    skipDuplicates: true,
    data: mails.map(({ person, calendar, ...mail }) => ({
      ...mail,
      planId: plan,
      personId: person,
      calendar: calendar?.text ?? null,
      method: calendar?.method ?? null,
      createdAt: at,
      nextTryAt: at,
    })),
  });
}

/** Keeps reminders of one plan; those that were made already, here or by another process, stay the only ones. */
export const queueReminders = (db: Database, plan: string, mails: readonly NewMail[], at: Date): Promise<void> =>
  db.$transaction((tx) => queueMails(tx, plan, mails, at, false));

/**
 * Takes one mail whose time has come, or null when there is none. It is put off by `leaseMs` before anything is sent: nobody else
 * takes it meanwhile, and when this sender dies somebody does afterwards.
 */
export async function claimMail(db: Database, now: Date, leaseMs: number): Promise<ClaimedMail | null> {
  const again = new Date(now.getTime() + leaseMs);
  const [mail] = await db.$queryRaw<ClaimedMail[]>`
    UPDATE "Mail" SET "tries" = "tries" + 1, "triedAt" = ${now}, "nextTryAt" = ${again}
    WHERE "id" = (
      SELECT "id" FROM "Mail" WHERE "sentAt" IS NULL AND "endedAt" IS NULL AND "nextTryAt" <= ${now}
      ORDER BY "nextTryAt", "id" LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING "id", "recipient", "subject", "text", "calendar", "method", "tries"`;
  return mail ?? null;
}

export async function noteSent(db: Database, id: string, at: Date): Promise<void> {
  await db.mail.update({ where: { id }, data: { sentAt: at, failure: null } });
}

/** Why a try failed, and when the next one is; null when there is none by itself. */
export async function noteFailure(db: Database, id: string, failure: string, at: Date, nextTryAt: Date | null): Promise<void> {
  await db.mail.update({ where: { id }, data: { failure, ...(nextTryAt ? { nextTryAt } : { endedAt: at }) } });
}

/** Has a mail tried at once that failed, to the address its person has by now; false when it is not one of those. */
export function tryMailAgain(
  db: Database,
  id: string,
  recipient: (person: string) => Promise<string | null>,
  at: Date,
  audit: NewAuditEvent,
): Promise<boolean> {
  // What cannot be the id of a mail is not asked of the database.
  if (!/^[a-z0-9-]{1,64}$/.test(id)) return Promise.resolve(false);
  return db.$transaction(async (tx) => {
    const mail = await tx.mail.findFirst({ where: { id, sentAt: null, failure: { not: null } } });
    const address = mail && (await recipient(mail.personId));
    if (!address) return false;
    await tx.mail.update({ where: { id }, data: { recipient: address, tries: 0, nextTryAt: at, endedAt: null } });
    await writeAudit(tx, audit);
    return true;
  });
}

/** The mails of a plan, the newest first. */
export const mailsOf = async (db: Database, plan: string): Promise<StoredMail[]> =>
  (await db.mail.findMany({ where: { planId: plan }, orderBy: [{ createdAt: "desc" }, { id: "asc" }] })).map(stored);

/** Mails that could not be delivered so far, of every plan, the newest first. */
export const failingMails = async (db: Database): Promise<(StoredMail & { readonly plan: string })[]> => {
  const where = { sentAt: null, failure: { not: null } };
  const rows = await db.mail.findMany({ where, orderBy: [{ createdAt: "desc" }, { id: "asc" }], take: 50 });
  return rows.map((row) => ({ ...stored(row), plan: row.planId }));
};

const stored = (row: Mail): StoredMail => ({
  id: row.id,
  person: row.personId,
  kind: row.kind,
  recipient: row.recipient,
  createdAt: row.createdAt.toISOString(),
  sentAt: row.sentAt?.toISOString() ?? null,
  tries: row.tries,
  failure: row.failure,
  nextTryAt: row.sentAt || row.endedAt ? null : row.nextTryAt.toISOString(),
});
