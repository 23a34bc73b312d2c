import type { Opening } from "#lib/log/commitment";
import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import { readOpenings, writeOpenings } from "./openings";
import { isTaken } from "./store-fault";

/** A change of a key, an explanation of a finding, or a grant: canonical bytes, and what its commitments stand for. */
export type RegisterPaperRow = {
  readonly hash: string;
  readonly what: "key-state" | "finding" | "grant";
  /** The key's id in the register, the finding's, or the account's name. */
  readonly subject: string;
  readonly by: string;
  readonly bytes: Uint8Array;
  readonly openings: readonly Opening[];
  readonly createdAt: string;
};

type Row = Omit<RegisterPaperRow, "what" | "openings" | "createdAt"> & { what: string; openings: unknown; createdAt: Date };
const read = (row: Row): RegisterPaperRow => ({
  ...row,
  what: row.what as RegisterPaperRow["what"],
  openings: readOpenings(row.openings),
  createdAt: row.createdAt.toISOString(),
});

/** Everything of one kind that was ever written down, the oldest first. Worth what its signatures say. */
export async function listPapers(db: Database, what: RegisterPaperRow["what"]): Promise<RegisterPaperRow[]> {
  return (await db.registerPaper.findMany({ where: { what }, orderBy: [{ createdAt: "asc" }, { hash: "asc" }] })).map(read);
}

/** The paper of that hash, or null. */
export async function findPaper(db: Database, hash: string): Promise<RegisterPaperRow | null> {
  const row = await db.registerPaper.findUnique({ where: { hash } });
  return row && read(row);
}

const KINDS = { "key-state": "key-change-proposed", finding: "finding-explained", grant: "grant-proposed" } as const;

/** Keeps it and notes it for the auditor; the very same one twice is once. */
export async function keepPaper(db: Database, paper: Omit<RegisterPaperRow, "createdAt">): Promise<void> {
  const { hash, what, subject, by } = paper;
  const kind = KINDS[what];
  try {
    await db.$transaction([
      db.registerPaper.create({
        data: { ...paper, bytes: new Uint8Array(paper.bytes), openings: writeOpenings(paper.openings) },
        select: { hash: true },
      }),
      writeAudit(db, { kind, by, facts: { hash, subject } }),
    ]);
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  }
}
