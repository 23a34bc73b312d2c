import type { KeptEntry, NewEntry } from "#lib/conduct/ports";
import { writeReceipt } from "./act-receipts";
import { writeSummary, type CeremonySummary } from "./ceremonies";
import type { Database } from "./database";
import { readOpenings, writeOpenings } from "./openings";
import { handOverPart } from "./secret-parts";
import { isTaken } from "./store-fault";

/** The entries of a ceremony from `fromSeq` on, in order; none when there is no such ceremony or nothing new. */
export async function readEntries(db: Database, ceremony: string, fromSeq = 0): Promise<KeptEntry[]> {
  const rows = await db.entry.findMany({
    where: { ceremony, seq: { gte: fromSeq } },
    orderBy: { seq: "asc" },
    select: { seq: true, hash: true, bytes: true, openings: true },
  });
  return rows.map((row) => ({ ...row, openings: readOpenings(row.openings) }));
}

/** The bytes alone: whoever decides a transcript again needs no more, and what is kept beside them may be anything. */
export async function readTranscript(db: Database, ceremony: string, fromSeq: number): Promise<Uint8Array[]> {
  const where = { ceremony, seq: { gte: fromSeq } };
  const rows = await db.entry.findMany({ where, orderBy: { seq: "asc" }, select: { bytes: true } });
  return rows.map(({ bytes }) => bytes);
}

/** One entry of a ceremony, or null. */
export async function readEntry(db: Database, ceremony: string, seq: number): Promise<KeptEntry | null> {
  const select = { seq: true, hash: true, bytes: true, openings: true };
  const row = await db.entry.findUnique({ where: { ceremony_seq: { ceremony, seq } }, select });
  return row && { ...row, openings: readOpenings(row.openings) };
}

/** How many first entries are asked for at a time: each holds its whole script and roster. */
const AT_A_TIME = 100;

/** The bytes of the first entry of each of those ceremonies; none for one that has no entries. */
export async function readFirstEntries(
  db: Database,
  ceremonies: readonly string[],
): Promise<{ readonly ceremony: string; readonly bytes: Uint8Array }[]> {
  const found: { readonly ceremony: string; readonly bytes: Uint8Array }[] = [];
  for (let from = 0; from < ceremonies.length; from += AT_A_TIME) {
    const asked = ceremonies.slice(from, from + AT_A_TIME);
    const where = { seq: 0, ceremony: { in: asked } };
    found.push(...(await db.entry.findMany({ where, select: { ceremony: true, bytes: true } })));
  }
  return found;
}

/**
 * Appends an entry and brings the projection along, in one transaction. "conflict" when somebody else has that place
 * already: read again, ask the rules again. Throws when the database refuses it (a gap, a wrong `prev`, a hash that is not
 * the bytes', a writer that may not) or is not there; then nothing of it was kept, unless only the reply was lost.
 */
export async function appendEntry(db: Database, entry: NewEntry, summary: CeremonySummary): Promise<"appended" | "conflict"> {
  const { ceremony, seq, prev, hash, kind, by, ciphertext, act } = entry;
  const handedOver = ciphertext ? [handOverPart(db, ceremony, { seq, ciphertext })] : [];
  const receipt = act === undefined ? [] : [writeReceipt(db, { ceremony, person: by, act, seq })];
  const data = {
    ceremony,
    seq,
    prev,
    hash,
    kind,
    by,
    at: new Date(entry.at),
    bytes: new Uint8Array(entry.bytes),
    openings: writeOpenings(entry.openings),
  };
  try {
    const link = db.entry.create({ data, select: { seq: true } });
    await db.$transaction([link, writeSummary(db, summary), ...handedOver, ...receipt]);
  } catch (fault) {
    if (isTaken(fault)) return "conflict";
    throw fault;
  }
  return "appended";
}

/** The ids of all ceremonies that have entries, destroyed records or not: from the entries, not from the projection. */
export async function ceremoniesWithEntries(db: Database): Promise<string[]> {
  const rows = await db.entry.findMany({ where: { seq: 0 }, orderBy: { ceremony: "asc" }, select: { ceremony: true } });
  return rows.map((row) => row.ceremony);
}

/** The same without those whose record was destroyed: there is nothing left to be done or to be missed. */
export async function ceremoniesToFollow(db: Database): Promise<string[]> {
  const rows = await db.$queryRaw<{ ceremony: string }[]>`
    SELECT e."ceremony" FROM "Entry" e WHERE e."seq" = 0
      AND NOT EXISTS (SELECT FROM "Destruction" d WHERE d."ceremony" = e."ceremony") ORDER BY e."ceremony"`;
  return rows.map(({ ceremony }) => ceremony);
}

/** Where the entry of that hash stands; null when there is none. */
export const placeOfEntry = (db: Database, hash: string): Promise<{ readonly ceremony: string; readonly seq: number } | null> =>
  db.entry.findUnique({ where: { hash }, select: { ceremony: true, seq: true } });
