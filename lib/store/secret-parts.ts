import type { Database } from "./database";

/** A part of a secret as a custodian's browser encrypted it, beside the entry of that place. */
export type StoredPart = { readonly seq: number; readonly ciphertext: Uint8Array };

/**
 * Hands a ciphertext over with the entry that names its hash, in the transaction of that entry. By hand: the app may insert
 * and not
 * read, and Prisma reads what it inserts.
 */
export const handOverPart = (db: Database, ceremony: string, { seq, ciphertext }: StoredPart) =>
  db.$executeRaw`INSERT INTO "SecretPart" ("ceremony", "seq", "ciphertext") VALUES (${ceremony}, ${seq}, ${new Uint8Array(ciphertext)})`;

/** The ciphertexts of a ceremony that are still there, by the places of their entries. */
export async function readParts(db: Database, ceremony: string): Promise<StoredPart[]> {
  return db.secretPart.findMany({ where: { ceremony }, orderBy: { seq: "asc" }, select: { seq: true, ciphertext: true } });
}

/** Takes away the ciphertexts of a ceremony up to a place, or all of them. */
export async function takeAwayParts(db: Database, ceremony: string, upTo: number | null): Promise<void> {
  await db.secretPart.deleteMany({ where: { ceremony, ...(upTo === null ? {} : { seq: { lte: upTo } }) } });
}
