import type { Database } from "./database";

/** Notes which entry came of an act, in the transaction of that entry. Fails as taken when the person's act has one already. */
export const writeReceipt = (db: Database, receipt: { ceremony: string; person: string; act: string; seq: number }) =>
  db.actReceipt.create({ data: receipt, select: { seq: true } });

/** The entry that came of an act of this person, by the act's own id; null when none did. */
export async function findReceipt(
  db: Database,
  ceremony: string,
  person: string,
  act: string,
): Promise<{ readonly seq: number; readonly hash: string } | null> {
  const receipt = await db.actReceipt.findUnique({ where: { ceremony_person_act: { ceremony, person, act } } });
  if (!receipt) return null;
  const { seq } = receipt;
  return db.entry.findUniqueOrThrow({ where: { ceremony_seq: { ceremony, seq } }, select: { seq: true, hash: true } });
}
