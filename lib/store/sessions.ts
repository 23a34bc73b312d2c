import { writeAudit, type NewAuditEvent } from "./audit-events";
import type { Database } from "./database";

export type NewSession = {
  readonly id: string;
  readonly person: string;
  readonly means: "passkey" | "single-sign-on";
  /** Which program signed in, as it calls itself. */
  readonly client: string;
  readonly expiresAt: Date;
};

/** A session that holds now. `canSign` only after a passkey. */
export type LiveSession = { readonly id: string; readonly person: string; readonly canSign: boolean; readonly expiresAt: string };

export type StoredSession = {
  readonly id: string;
  readonly person: string;
  readonly means: string;
  readonly client: string;
  readonly createdAt: string;
  readonly expiresAt: string;
};

/** Begins a session; when a passkey began it, notes that it was used. */
export async function startSession(
  db: Database,
  session: NewSession,
  passkey: { id: string; counter: number } | null,
  audit: NewAuditEvent,
): Promise<void> {
  const { person, ...columns } = session;
  await db.$transaction([
    db.session.create({ data: { ...columns, personId: person, canSign: passkey !== null } }),
    ...(passkey
      ? [db.passkey.update({ where: { id: passkey.id }, data: { lastUsedAt: new Date(), counter: BigInt(passkey.counter) } })]
      : []),
    writeAudit(db, audit),
  ]);
}

/** The session of that id if it holds: not revoked, not expired by `now`, its person not disabled. Else null. */
export async function findSession(db: Database, id: string, now: Date): Promise<LiveSession | null> {
  const row = await db.session.findFirst({
    where: { id, revokedAt: null, expiresAt: { gt: now }, person: { disabledAt: null } },
  });
  return row && { id, person: row.personId, canSign: row.canSign, expiresAt: row.expiresAt.toISOString() };
}

/** Of these sessions those that hold: whose each is, and the roles an administrator gave them. */
export async function holdersOf(
  db: Database,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, { readonly person: string; readonly roles: readonly string[] }>> {
  const rows = await db.session.findMany({
    where: { id: { in: [...ids] }, revokedAt: null, expiresAt: { gt: now }, person: { disabledAt: null } },
    select: { id: true, personId: true, person: { select: { roles: true } } },
  });
  return new Map(rows.map(({ id, personId, person }) => [id, { person: personId, roles: person.roles }]));
}

/** The sessions that hold now, the newest first. */
export async function listSessions(db: Database, now: Date): Promise<StoredSession[]> {
  const rows = await db.session.findMany({ where: { revokedAt: null, expiresAt: { gt: now } }, orderBy: { createdAt: "desc" } });
  return rows.map(({ id, personId, means, client, createdAt, expiresAt }) => ({
    ...{ id, person: personId, means, client },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}

/** Ends a session of that person, at once. "none" when it had ended or is not theirs. */
export async function revokeSession(db: Database, person: string, id: string, audit: NewAuditEvent): Promise<"revoked" | "none"> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id, personId: person, revokedAt: null },
      data: { revokedAt: new Date(), revokedBy: audit.by },
    });
    if (count === 0) return "none";
    await writeAudit(tx, audit);
    return "revoked";
  });
}
