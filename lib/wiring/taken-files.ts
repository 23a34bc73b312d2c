import { sharedReader } from "#lib/conduct/shared-reader";
import { sha256Hex } from "#lib/log/digest";
import { writeAudit } from "#lib/store/audit-events";
import { database } from "./database";

/** What is taken along that has no event of its own: records, files of the desk, registers and uses have. */
export type TakenFile = {
  readonly what: "evidence" | "trust-anchor" | "script" | "calendar";
  /** What it is of, by id or hash. */
  readonly of: { readonly ceremony: string } | { readonly script: string } | { readonly plan: string };
  readonly bytes: Uint8Array;
};

/**
 * Notes that somebody takes a file along, with its hash, before its first byte is sent. On a shared browser it is nobody, and the event names the
 * ceremony. Throws when it cannot be noted.
 */
export async function noteTaken(person: string, { what, of, bytes }: TakenFile): Promise<void> {
  const by = "ceremony" in of && person === sharedReader(of.ceremony) ? null : person;
  await writeAudit(database(), { kind: "file-downloaded", by, facts: { what, ...of, sha256: sha256Hex(bytes) } });
}
