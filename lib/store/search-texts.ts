import type { Json } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";
import type { Database } from "./database";
import { readOpenings } from "./openings";

/** What of an entry or an event is searched: its words, and the keys and the script it names. */
export type Searched = { readonly words: string; readonly keys: readonly string[]; readonly script: string | null };
export type SearchReader = {
  readonly entry: (kind: string, said: Json, openings: readonly Opening[]) => Searched;
  readonly event: (kind: string, facts: Json) => Searched;
};

const AT_A_TIME = 200;
/** Events get their numbers before they are committed: so far back one may still be missing. */
const LATE = 1_000n;

/**
 * Brings the search texts along with everything that is kept, before anybody searches: each entry and event once. Whoever
 * else does it at the same moment writes the same.
 */
export async function bringSearchTexts(db: Database, read: SearchReader): Promise<void> {
  while ((await bringEntries(db, read)) > 0);
  while ((await bringEvents(db, read)) > 0);
}

type EntryRow = { ceremony: string; seq: number; at: Date; kind: string; by: string; bytes: Uint8Array; openings: unknown };

async function bringEntries(db: Database, read: SearchReader): Promise<number> {
  // Entries of a ceremony follow each other without a gap, so that the last one brought says which are left.
  const rows = await db.$queryRaw<EntryRow[]>`
    SELECT e."ceremony", e."seq", e."at", e."kind", e."by", e."bytes", e."openings"
    FROM "Ceremony" c
    CROSS JOIN LATERAL (SELECT COALESCE(max(s."seq"), -1) AS "seq" FROM "SearchText" s WHERE s."ceremony" = c."id") done
    JOIN "Entry" e ON e."ceremony" = c."id" AND e."seq" > done."seq"
    WHERE c."headSeq" > done."seq" AND NOT EXISTS (SELECT FROM "Destruction" d WHERE d."ceremony" = c."id")
    ORDER BY e."ceremony", e."seq" LIMIT ${AT_A_TIME}`;
  const texts = rows.map(({ ceremony, seq, at, kind, by, bytes, openings }) => {
    return { ceremony, seq, at, kind, by, ...columns(searchedIn({ kind, bytes, openings }, read)) };
  });
  await db.searchText.createMany({ data: texts, skipDuplicates: true });
  return rows.length;
}

/** A row that somebody spoilt is found by that word, and hides no other: what is wrong with it, the verifier says. */
function searchedIn({ kind, bytes, openings }: Pick<EntryRow, "kind" | "bytes" | "openings">, read: SearchReader): Searched {
  try {
    return read.entry(kind, JSON.parse(new TextDecoder().decode(bytes)) as Json, readOpenings(openings));
  } catch {
    return { words: "unreadable", keys: [], script: null };
  }
}

type EventRow = { id: bigint; at: Date; kind: string; by: string | null; facts: Json };

async function bringEvents(db: Database, read: SearchReader): Promise<number> {
  const rows = await db.$queryRaw<EventRow[]>`
    SELECT a."id", a."at", a."kind", a."by", a."facts" FROM "AuditEvent" a
    WHERE a."id" > COALESCE((SELECT max("event") FROM "SearchText"), 0) - ${LATE}
      AND NOT EXISTS (SELECT FROM "SearchText" s WHERE s."event" = a."id")
    ORDER BY a."id" LIMIT ${AT_A_TIME}`;
  const texts = rows.map(({ id, at, kind, by, facts }) => ({ event: id, at, kind, by, ...columns(read.event(kind, facts)) }));
  await db.searchText.createMany({ data: texts, skipDuplicates: true });
  return rows.length;
}

/** PostgreSQL keeps no NUL in a text. */
const columns = ({ words, keys, script }: Searched) => ({ words: words.replaceAll("\u0000", " "), keys: [...keys], script });

