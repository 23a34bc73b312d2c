import type { AuditKind } from "#lib/conduct/audit-kind";
import type { Prisma } from "../generated/prisma/client";
import type { Database } from "./database";

export type NewAuditEvent = {
  readonly kind: AuditKind;
  readonly by: string | null;
  readonly facts: { readonly [fact: string]: Prisma.InputJsonValue };
};

export type StoredAuditEvent = {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly by: string | null;
  readonly facts: Prisma.JsonValue;
};

/** The write that notes an event; part of the transaction that does what it is about. */
export const writeAudit = (db: Pick<Database, "auditEvent">, event: NewAuditEvent) =>
  db.auditEvent.create({ data: event, select: { id: true } });

/**
 * The same for an event of which there is one only, by its kind and facts: another try, such as after a lost reply, writes
 * nothing. One try waits for the other, so that none overlooks what is just being written.
 */
export async function writeAuditOnce(db: Database, { kind, by, facts }: NewAuditEvent): Promise<void> {
  const said = JSON.stringify(facts);
  await db.$transaction([
    db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('claviger/audit-once/' || ${kind}::text, 0))`,
    db.$executeRaw`INSERT INTO "AuditEvent" ("kind", "by", "facts") SELECT ${kind}::text, ${by}::text, ${said}::jsonb
      WHERE NOT EXISTS (SELECT FROM "AuditEvent" WHERE "kind" = ${kind}::text AND "facts" = ${said}::jsonb)`,
  ]);
}

/** The newest events first, at most `most`. */
export async function listAudit(db: Database, most: number): Promise<StoredAuditEvent[]> {
  const rows = await db.auditEvent.findMany({ orderBy: { id: "desc" }, take: most });
  return rows.map((row) => ({ ...row, id: String(row.id), at: row.at.toISOString() }));
}
