import type { Mode } from "#lib/ceremony/roles";
import { openDatabase } from "#lib/store/database";

/** What the key process asks of the database. It believes nothing of it: everything is decided again from the bytes. */
export interface EvidenceStore {
  /** Each ceremony that has entries, with the number of its last one. */
  heads(): Promise<readonly { readonly ceremony: string; readonly seq: number }[]>;
  /** Bytes of the entries of a ceremony from a place on, in order. */
  entries(ceremony: string, from: number): Promise<readonly Uint8Array[]>;
  /** Bytes of every published roster of a mode. */
  rosters(mode: Mode): Promise<readonly Uint8Array[]>;
  /** Bytes of every paper of a kind. */
  papers(what: "key-state" | "grant"): Promise<readonly Uint8Array[]>;
  /** Bytes of everything that was signed under the document of that hash. */
  endorsements(document: string): Promise<readonly Uint8Array[]>;
  close(): Promise<void>;
}

/** The same over PostgreSQL, by the key process's own role, which may read these tables and none else. */
export function evidenceStore(url: string): EvidenceStore {
  const db = openDatabase(url, { connections: 2, name: "claviger-keys", limitMs: 10_000 });
  const bytesOf = (rows: readonly { readonly bytes: Uint8Array }[]) => rows.map(({ bytes }) => bytes);
  const select = { bytes: true };
  return {
    async heads() {
      const rows = await db.entry.groupBy({ by: ["ceremony"], _max: { seq: true }, orderBy: { ceremony: "asc" } });
      return rows.map(({ ceremony, _max }) => ({ ceremony, seq: _max.seq ?? 0 }));
    },
    entries: async (ceremony, from) =>
      bytesOf(await db.entry.findMany({ where: { ceremony, seq: { gte: from } }, orderBy: { seq: "asc" }, select })),
    rosters: async (mode) => bytesOf(await db.rosterVersion.findMany({ where: { mode }, select })),
    papers: async (what) => bytesOf(await db.registerPaper.findMany({ where: { what }, orderBy: { createdAt: "asc" }, select })),
    endorsements: async (document) =>
      bytesOf(await db.endorsement.findMany({ where: { document }, orderBy: { createdAt: "asc" }, select })),
    close: () => db.$disconnect(),
  };
}
