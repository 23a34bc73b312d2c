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

/**
 * A session that holds now. `canSign` only after a passkey, and never once the browser is passed from hand to hand: `shared` is
 * then the ceremony whose room it shows, and `person` only who began it.
 */
export type LiveSession = {
  readonly id: string;
  readonly person: string;
  readonly canSign: boolean;
  readonly shared: string | null;
  readonly expiresAt: string;
};

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
    include: { shared: { select: { ceremony: true } } },
  });
  if (!row) return null;
  const shared = row.shared?.ceremony ?? null;
  return { id, person: row.personId, canSign: row.canSign && shared === null, shared, expiresAt: row.expiresAt.toISOString() };
}

export type Holder = { readonly person: string; readonly roles: readonly string[]; readonly shared: string | null };

/**
 * Of these sessions those that hold: whose each is, and the roles an administrator gave them. One that is passed from hand to
 * hand is nobody's, and only `shared` says which room it may see.
 */
export async function holdersOf(
  db: Database,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Holder>> {
  const rows = await db.session.findMany({
    where: { id: { in: [...ids] }, revokedAt: null, expiresAt: { gt: now }, person: { disabledAt: null } },
    select: { id: true, personId: true, person: { select: { roles: true } }, shared: { select: { ceremony: true } } },
  });
  return new Map(
    rows.map(({ id, personId, person, shared }) => [
      id,
      shared ? { person: "", roles: [], shared: shared.ceremony } : { person: personId, roles: person.roles, shared: null },
    ]),
  );
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

/** Makes a session one that is passed from hand to hand in the room of that ceremony. For good: there is no change back. */
export async function shareSession(
  db: Database,
  shared: { readonly session: string; readonly ceremony: string; readonly by: string },
  audit: NewAuditEvent,
): Promise<void> {
  await db.$transaction([db.sharedBrowser.create({ data: shared, select: { session: true } }), writeAudit(db, audit)]);
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
