import { sha256Hex } from "#lib/log/digest";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** The sealed record of a closed ceremony, as the worker left it. */
export type StoredRecord = {
  readonly ceremony: string;
  readonly sha256: string;
  readonly pdf: Uint8Array;
  /** The recorder's certificate in PEM: a convenience; trust in it comes from the minutes. */
  readonly trustAnchor: Uint8Array;
  readonly sealedAt: string;
};

/** The record of a ceremony, or null while there is none. */
export async function findRecord(db: Database, ceremony: string): Promise<StoredRecord | null> {
  const row = await db.record.findUnique({ where: { ceremony } });
  return row ? { ...row, sealedAt: row.sealedAt.toISOString() } : null;
}

/** Whether and when a ceremony was sealed, without its bytes; null while it is not. */
export async function findSeal(db: Database, ceremony: string): Promise<Pick<StoredRecord, "sha256" | "sealedAt"> | null> {
  const row = await db.record.findUnique({ where: { ceremony }, select: { sha256: true, sealedAt: true } });
  return row ? { sha256: row.sha256, sealedAt: row.sealedAt.toISOString() } : null;
}

/** SHA-256 of the PDF that is there, reckoned from its bytes; null while there is none. */
export async function recordHash(db: Database, ceremony: string): Promise<string | null> {
  const [row] = await db.$queryRaw<{ hash: string }[]>`
    SELECT encode(sha256("pdf"), 'hex') AS hash FROM "Record" WHERE "ceremony" = ${ceremony}`;
  return row?.hash ?? null;
}

/** The SHA-256 under which each of these ceremonies was sealed, of those that are. */
export async function recordHashes(db: Database, ceremonies: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.record.findMany({
    where: { ceremony: { in: [...ceremonies] } },
    select: { ceremony: true, sha256: true },
  });
  return new Map(rows.map(({ ceremony, sha256 }) => [ceremony, sha256]));
}

/** Every record that is kept, by its ceremony and hash; the one sealed first comes first. */
export const sealedRecords = (db: Database): Promise<Pick<StoredRecord, "ceremony" | "sha256">[]> =>
  db.record.findMany({ orderBy: [{ sealedAt: "asc" }, { ceremony: "asc" }], select: { ceremony: true, sha256: true } });

/** Which of these ceremonies are sealed. */
export async function sealedAmong(db: Database, ceremonies: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.record.findMany({ where: { ceremony: { in: [...ceremonies] } }, select: { ceremony: true } });
  return new Set(rows.map(({ ceremony }) => ceremony));
}

/** Keeps a record, once. "exists" when the ceremony has one: it stays as it is. */
export async function keepRecord(db: Database, record: StoredRecord): Promise<"kept" | "exists"> {
  try {
    await db.record.create({
      data: {
        ...record,
        pdf: new Uint8Array(record.pdf),
        trustAnchor: new Uint8Array(record.trustAnchor),
        sealedAt: new Date(record.sealedAt),
      },
      select: { ceremony: true },
    });
  } catch (fault) {
    if (isTaken(fault)) return "exists";
    throw fault;
  }
  return "kept";
}

/** As many records back a recorder is looked for. */
const MOST_ANCHORS = 200;

/** The certificates of those who sealed the newest records, each once, the newest first; nothing of them is verified here. */
export async function trustAnchors(db: Database): Promise<Uint8Array[]> {
  const orderBy = [{ sealedAt: "desc" as const }, { ceremony: "asc" as const }];
  const rows = await db.record.findMany({ select: { trustAnchor: true }, orderBy, take: MOST_ANCHORS });
  const anchors = rows.map(({ trustAnchor }) => [sha256Hex(trustAnchor), new Uint8Array(trustAnchor)] as const);
  return [...new Map(anchors).values()];
}
