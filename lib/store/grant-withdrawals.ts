import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** Who took which proposal back, and when, by the hash of the proposal. */
export async function listWithdrawals(db: Database): Promise<ReadonlyMap<string, { readonly by: string; readonly at: string }>> {
  const rows = await db.grantWithdrawal.findMany();
  return new Map(rows.map(({ hash, by, at }) => [hash, { by, at: at.toISOString() }]));
}

/** Keeps that a proposal was taken back and notes it for the auditor; the same one twice is once. */
export async function keepWithdrawal(
  db: Database,
  { hash, account, by }: { readonly hash: string; readonly account: string; readonly by: string },
): Promise<void> {
  try {
    await db.$transaction([
      db.grantWithdrawal.create({ data: { hash, by }, select: { hash: true } }),
      writeAudit(db, { kind: "grant-withdrawn", by, facts: { hash, subject: account } }),
    ]);
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  }
}
