import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

/** A script as it was published: the YAML people wrote and the canonical bytes that are hashed. */
export type ScriptEditionRow = {
  readonly hash: string;
  readonly script: string;
  readonly edition: number;
  readonly title: string;
  readonly yaml: string;
  readonly bytes: Uint8Array;
  readonly createdAt: string;
  readonly createdBy: string;
};

/** Every edition, the newest first. */
export async function listScripts(db: Database): Promise<ScriptEditionRow[]> {
  const rows = await db.scriptEdition.findMany({ orderBy: [{ createdAt: "desc" }, { hash: "asc" }] });
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** The edition of that hash, or null. The caller hashes the bytes again before believing them. */
export async function findScript(db: Database, hash: string): Promise<ScriptEditionRow | null> {
  const row = await db.scriptEdition.findUnique({ where: { hash } });
  return row ? { ...row, createdAt: row.createdAt.toISOString() } : null;
}

/** Every edition of the script with that id, the newest first. */
export const findEditions = (db: Database, script: string): Promise<Pick<ScriptEditionRow, "hash" | "bytes">[]> =>
  db.scriptEdition.findMany({ where: { script }, orderBy: { edition: "desc" }, select: { hash: true, bytes: true } });

/** Keeps an edition. "same" when this very script is there already, "taken" when another one has that edition number. */
export async function keepScript(db: Database, script: Omit<ScriptEditionRow, "createdAt">): Promise<"kept" | "same" | "taken"> {
  const { hash, script: id, edition, createdBy } = script;
  try {
    await db.$transaction([
      db.scriptEdition.create({ data: { ...script, bytes: new Uint8Array(script.bytes) }, select: { hash: true } }),
      writeAudit(db, { kind: "script-published", by: createdBy, facts: { hash, script: id, edition } }),
    ]);
  } catch (fault) {
    if (isTaken(fault)) return (await findScript(db, hash)) ? "same" : "taken";
    throw fault;
  }
  return "kept";
}
