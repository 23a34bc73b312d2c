import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** The person this single sign-on identity is bound to, or null before its first use. */
export async function findAccount(db: Database, issuer: string, subject: string): Promise<string | null> {
  const row = await db.account.findUnique({ where: { issuer_subject: { issuer, subject } }, select: { personId: true } });
  return row?.personId ?? null;
}

/** Binds an identity to a person for good. "taken" when either has a partner at this issuer already. */
export async function linkAccount(db: Database, issuer: string, subject: string, person: string): Promise<"linked" | "taken"> {
  try {
    await db.account.create({ data: { issuer, subject, personId: person } });
  } catch (fault) {
    if (isTaken(fault)) return "taken";
    throw fault;
  }
  return "linked";
}
