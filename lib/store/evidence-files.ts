import type { Database } from "./database";
import { isTaken } from "./store-fault";

export type HeldFile = { readonly sha256: string; readonly size: number; readonly mediaType: string };
export type NewEvidenceFile = HeldFile & { readonly ceremony: string; readonly bytes: Uint8Array; readonly by: string };

/** Keeps the bytes of a file under their hash, once for each ceremony. "exists" when they are there already. */
export async function keepEvidenceFile(db: Database, file: NewEvidenceFile): Promise<"kept" | "exists"> {
  try {
    await db.evidenceFile.create({ data: { ...file, bytes: new Uint8Array(file.bytes) }, select: { sha256: true } });
  } catch (fault) {
    if (isTaken(fault)) return "exists";
    throw fault;
  }
  return "kept";
}

/** What is kept for a ceremony, without the bytes. */
export async function heldFiles(db: Database, ceremony: string): Promise<HeldFile[]> {
  return db.evidenceFile.findMany({ where: { ceremony }, select: { sha256: true, size: true, mediaType: true } });
}

/** The file of that hash, or null when it is not kept for that ceremony. */
export async function findEvidenceFile(
  db: Database,
  ceremony: string,
  sha256: string,
): Promise<(HeldFile & { readonly bytes: Uint8Array }) | null> {
  const select = { sha256: true, size: true, mediaType: true, bytes: true };
  return db.evidenceFile.findUnique({ where: { ceremony_sha256: { ceremony, sha256 } }, select });
}
