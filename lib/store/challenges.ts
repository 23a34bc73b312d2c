import type { Database } from "./database";

export type Purpose = "sign-in" | "enrol" | "one-act" | "test";

/** A challenge that was given out: 32 random bytes, hex. */
export type NewChallenge = {
  readonly id: string;
  readonly purpose: Purpose;
  readonly challenge: string;
  readonly expiresAt: Date;
};

/** Remembers a challenge, in place of an earlier one of the same id; forgets those that have expired by `now`. */
export async function giveChallenge(db: Database, given: NewChallenge, now: Date): Promise<void> {
  const { id, ...columns } = given;
  await db.$transaction([
    db.signInChallenge.deleteMany({ where: { expiresAt: { lt: now } } }),
    db.signInChallenge.upsert({ where: { id }, create: given, update: columns }),
  ]);
}

/** The challenge, once: whoever asks second gets null, as does whoever asks for one that expired by `now` or never was. */
export async function takeChallenge(db: Database, id: string, purpose: Purpose, now: Date): Promise<string | null> {
  const [row] = await db.$queryRaw<{ challenge: string; expiresAt: Date }[]>`
    DELETE FROM "SignInChallenge" WHERE "id" = ${id} AND "purpose" = ${purpose} RETURNING "challenge", "expiresAt"`;
  return row && row.expiresAt > now ? row.challenge : null;
}
