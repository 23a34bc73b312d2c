import type { Prisma } from "../generated/prisma/client";
import type { Database } from "./database";

/** What a worker last said about itself: a stable state, a sentence for people, and the facts behind it. */
export type StoredHealth = {
  readonly worker: string;
  readonly tokenSerial: string | null;
  readonly state: string;
  readonly sentence: string;
  readonly facts: { readonly [fact: string]: Prisma.InputJsonValue | null };
  readonly seenAt: string;
};

/** What every worker last said, the most recent first. Silence is for the reader to judge by `seenAt`. */
export async function readHealth(db: Database): Promise<StoredHealth[]> {
  const rows = await db.workerHealth.findMany({ orderBy: { seenAt: "desc" } });
  return rows.map((row) => ({ ...row, facts: row.facts as StoredHealth["facts"], seenAt: row.seenAt.toISOString() }));
}

/** The worker says how it is. Changes other than the time are told to everybody who watches. */
export async function sayHealth(db: Database, health: StoredHealth): Promise<void> {
  const { worker, ...rest } = health;
  const columns = { ...rest, facts: rest.facts as Prisma.InputJsonObject, seenAt: new Date(rest.seenAt) };
  await db.workerHealth.upsert({ where: { worker }, create: { worker, ...columns }, update: columns });
}
