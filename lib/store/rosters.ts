import type { Mode } from "#lib/ceremony/roles";
import type { Opening } from "#lib/log/commitment";
import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import { readOpenings, writeOpenings } from "./openings";
import { isTaken, StoreFault } from "./store-fault";

/** A roster as it was published. `bytes` are canonical; the openings say the names its commitments stand for. */
export type RosterRow = {
  readonly hash: string;
  readonly version: number;
  readonly mode: Mode;
  readonly prev: string | null;
  readonly bytes: Uint8Array;
  readonly openings: readonly Opening[];
  readonly createdAt: string;
  readonly createdBy: string;
};

type Row = Omit<RosterRow, "mode" | "openings" | "createdAt"> & { mode: string; openings: unknown; createdAt: Date };
const read = (row: Row): RosterRow => ({
  ...row,
  mode: row.mode as Mode,
  openings: readOpenings(row.openings),
  createdAt: row.createdAt.toISOString(),
});

/** The same, where the names are worth less than the list: what cannot be read as openings opens nothing. */
const listed = (row: Row): RosterRow => {
  try {
    return read(row);
  } catch (fault) {
    if (fault instanceof StoreFault) return read({ ...row, openings: [] });
    throw fault;
  }
};

/** Every version, the newest first; of one mode when asked. A row whose openings were spoilt is listed without them. */
export async function listRosters(db: Database, mode?: Mode): Promise<RosterRow[]> {
  const rows = await db.rosterVersion.findMany({
    ...(mode ? { where: { mode } } : {}),
    orderBy: [{ mode: "asc" }, { version: "desc" }],
  });
  return rows.map(listed);
}

/** Every version of a mode that names `prev` as the one before it, the newest first. */
export async function rostersAfter(db: Database, mode: Mode, prev: string): Promise<RosterRow[]> {
  const rows = await db.rosterVersion.findMany({ where: { mode, prev }, orderBy: { version: "desc" } });
  return rows.map(listed);
}

/** The version of that hash, or null. The caller hashes the bytes again before believing them. */
export async function findRoster(db: Database, hash: string): Promise<RosterRow | null> {
  const row = await db.rosterVersion.findUnique({ where: { hash } });
  return row && read(row);
}

/** The highest version of a mode that was published, or null before the first. */
export const latestVersion = (db: Database, mode: Mode): Promise<{ readonly version: number } | null> =>
  db.rosterVersion.findFirst({ where: { mode }, orderBy: { version: "desc" }, select: { version: true } });

/** Keeps the next version. "conflict" when somebody else published that version first. */
export async function keepRoster(db: Database, roster: Omit<RosterRow, "createdAt">): Promise<"kept" | "conflict"> {
  try {
    const { hash, version, mode, createdBy } = roster;
    await db.$transaction([
      db.rosterVersion.create({
        data: { ...roster, bytes: new Uint8Array(roster.bytes), openings: writeOpenings(roster.openings) },
        select: { hash: true },
      }),
      writeAudit(db, { kind: "roster-published", by: createdBy, facts: { hash, version, mode } }),
    ]);
  } catch (fault) {
    if (isTaken(fault)) return "conflict";
    throw fault;
  }
  return "kept";
}
