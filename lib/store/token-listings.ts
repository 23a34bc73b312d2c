import { sha256Hex } from "#lib/log/digest";
import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** What a worker found on a token, as its recorder signed it. The columns repeat what the bytes say. */
export type ListingRow = {
  readonly token: string;
  readonly prev: string | null;
  readonly at: string;
  readonly bytes: Uint8Array;
};

/** The bytes of every listing, of one token when asked, the oldest first; whoever reads them verifies them. */
export async function listListings(db: Database, token?: string): Promise<Uint8Array[]> {
  const rows = await db.tokenListing.findMany({
    ...(token === undefined ? {} : { where: { token } }),
    orderBy: [{ at: "asc" }, { hash: "asc" }],
    select: { bytes: true },
  });
  return rows.map(({ bytes }) => bytes);
}

/** Keeps a listing; the database notes it for the auditor. The very same one twice is once. */
export async function keepListing(db: Database, { token, prev, at, bytes }: ListingRow): Promise<void> {
  const data = { hash: sha256Hex(bytes), token, prev, at: new Date(at), bytes: new Uint8Array(bytes) };
  try {
    await db.tokenListing.create({ data, select: { hash: true } });
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  }
}

/** Asks every worker to compare its tokens now. */
export async function askForListing(db: Database, by: string, at: Date): Promise<void> {
  await db.$transaction([
    db.listingAsked.create({ data: { by, at }, select: { id: true } }),
    writeAudit(db, { kind: "listing-asked", by, facts: {} }),
  ]);
}

/** Which was the last time that somebody asked: a number that only grows; null before the first. */
export async function newestAsked(db: Database): Promise<string | null> {
  const row = await db.listingAsked.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
  return row && String(row.id);
}
