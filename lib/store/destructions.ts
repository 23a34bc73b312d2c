import type { NewDeskFile } from "#lib/conduct/desk-ports";
import type { NewMatterEvent } from "#lib/conduct/matter";
import type { Database } from "./database";
import { writeMatter } from "./matters";
import { isTaken } from "./store-fault";

export type KnownDestruction = { readonly ceremony: string; readonly at: string; readonly certificate: string };

/** The destruction of a ceremony's record, or null where it was not destroyed. */
export async function findDestruction(db: Database, ceremony: string): Promise<KnownDestruction | null> {
  const row = await db.destruction.findUnique({ where: { ceremony } });
  return row && { ceremony, certificate: row.certificate, at: row.at.toISOString() };
}

/** The ids of all ceremonies of which a row says that their record was destroyed, and the number of the event it says so by. */
export async function destroyedRecords(db: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await db.destruction.findMany({ select: { ceremony: true, event: true } });
  return new Map(rows.map(({ ceremony, event }) => [ceremony, String(event)]));
}

/**
 * Notes the event, keeps the certificate and destroys, in one transaction. "overtaken" when somebody else's event has that place.
 * Throws when the database's own rules refuse: before seven years, under a hold, or by one person alone.
 */
export async function destroyKept(
  db: Database,
  event: NewMatterEvent<"record-destroyed">,
  certificate: NewDeskFile,
): Promise<"noted" | "overtaken"> {
  try {
    await db.$transaction(async (tx) => {
      const id = await writeMatter(tx, event, [certificate]);
      await tx.$executeRaw`SELECT claviger_destroy_record(${event.facts.ceremony}, ${id}, ${certificate.sha256})`;
    });
  } catch (fault) {
    if (isTaken(fault)) return "overtaken";
    throw fault;
  }
  return "noted";
}
