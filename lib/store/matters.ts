import type { NewDeskFile } from "#lib/conduct/desk-ports";
import { sha256Hex } from "#lib/log/digest";
import type { MatterEvent, MatterKind, NewMatterEvent } from "#lib/conduct/matter";
import { Prisma } from "../generated/prisma/client";
import { writeAudit } from "./audit-events";
import type { Database } from "./database";
import { isTaken } from "./store-fault";

type Row = {
  readonly id: bigint;
  readonly at: Date;
  readonly kind: string;
  readonly by: string | null;
  readonly facts: Prisma.JsonValue;
};
type Which = { readonly kinds: readonly MatterKind[] } | { readonly matter: string };

/** The events of those kinds that belong to a matter, oldest first; of one matter, or of all. */
export async function matterEvents(db: Database, of: Which): Promise<MatterEvent[]> {
  const which =
    "matter" in of
      ? Prisma.sql`"facts" ->> 'matter' = ${of.matter} AND "facts" ? 'matter'`
      : Prisma.sql`"kind" = ANY(${[...of.kinds]})`;
  const rows = await db.$queryRaw<Row[]>`SELECT "id", "at", "kind", "by", "facts" FROM "AuditEvent" WHERE ${which} ORDER BY "id"`;
  return rows.map(eventOf);
}

/** The facts were written by `noteMatter` and can never be changed. */
function eventOf({ id, at, kind, by, facts }: Row): MatterEvent {
  const { matter, n, ...rest } = facts as { readonly matter: string; readonly n: number };
  return { event: String(id), at: at.toISOString(), kind, by: by ?? "", matter, n, facts: rest } as unknown as MatterEvent;
}

type Writer = Pick<Database, "auditEvent" | "deskFile">;

/** The writes that note an event of a matter and keep its files; part of a transaction. Answers the event's number. */
export async function writeMatter(db: Writer, event: NewMatterEvent, files: readonly NewDeskFile[]): Promise<bigint> {
  const { kind, by, matter, n, facts } = event;
  const rows = files.map((file) => ({ ...file, bytes: new Uint8Array(file.bytes) }));
  await db.deskFile.createMany({ data: rows, skipDuplicates: true });
  const said = facts as unknown as Prisma.InputJsonObject;
  return (await writeAudit(db, { kind, by, facts: { ...said, matter, n } })).id;
}

/** Notes an event of a matter with its files, in one transaction; "overtaken" when its place is taken. */
export async function noteMatter(
  db: Database,
  event: NewMatterEvent,
  files: readonly NewDeskFile[] = [],
): Promise<"noted" | "overtaken"> {
  try {
    await db.$transaction((tx) => writeMatter(tx, event, files));
  } catch (fault) {
    if (isTaken(fault)) return "overtaken";
    throw fault;
  }
  return "noted";
}

/** Keeps a file that no event names yet; the same bytes are kept once. */
export async function keepDeskFile(db: Database, file: NewDeskFile): Promise<void> {
  await db.deskFile.createMany({ data: [{ ...file, bytes: new Uint8Array(file.bytes) }], skipDuplicates: true });
}

/** A file of the desk by its hash, or null; null also where other bytes lie under it, which whoever owns the database can do. */
export async function findDeskFile(db: Database, sha256: string): Promise<Pick<NewDeskFile, "size" | "mediaType" | "bytes"> | null> {
  const file = await db.deskFile.findUnique({ where: { sha256 }, select: { size: true, mediaType: true, bytes: true } });
  return file && sha256Hex(file.bytes) === sha256 ? file : null;
}

/** Whether anything lies under that hash. */
export async function keepsDeskFile(db: Database, sha256: string): Promise<boolean> {
  return (await db.deskFile.count({ where: { sha256 } })) > 0;
}
