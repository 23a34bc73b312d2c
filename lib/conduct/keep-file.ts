import { roleOf } from "#lib/ceremony/ceremony";
import { sha256Hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import type { Room } from "./append-entry";
import { mediaTypeOf } from "./media-type";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";

/** A file whose bytes are kept. */
export type HeldFile = { readonly sha256: string; readonly size: number; readonly mediaType: string };

/** Where the bytes of evidence are kept, for each ceremony apart. */
export interface EvidenceShelf {
  /** "exists" when the ceremony has those bytes already. */
  keep(
    file: HeldFile & { readonly ceremony: string; readonly bytes: Uint8Array; readonly by: string },
  ): Promise<"kept" | "exists">;
  held(ceremony: string): Promise<readonly HeldFile[]>;
}

/** A photograph as a phone takes it, with room to spare. */
export const MOST_BYTES_OF_A_FILE = 20 * 1024 * 1024;
/** What one ceremony may take from the database's disk. */
const MOST_BYTES_OF_A_CEREMONY = 500 * 1024 * 1024;

/**
 * Takes a photograph or a document in, so that an act can name it as evidence. By itself it says nothing in the ceremony.
 * Objects where nobody could name it: to who looks on only, and once the ceremony is over.
 */
export async function keepFile(
  room: Pick<Room, "transcripts">,
  shelf: EvidenceShelf,
  actor: Actor,
  ceremony: string,
  bytes: Uint8Array,
): Promise<Result<HeldFile, Objection>> {
  if (!actor.canSign) return object("LOOK-ONLY");
  const transcript = await room.transcripts.read(ceremony);
  if (!transcript) return object("NOT-FOUND");
  const role = roleOf(transcript.ceremony, actor.person);
  if (role === null || role === "auditor") return object("FILE-NOT-YOURS");
  if (["aborted", "closed"].includes(transcript.ceremony.phase)) return object("FILE-TOO-LATE");
  if (bytes.length === 0) return object("FILE-EMPTY");
  if (bytes.length > MOST_BYTES_OF_A_FILE) return object("FILE-LARGE", { most: MOST_BYTES_OF_A_FILE });

  const file = { sha256: sha256Hex(bytes), size: bytes.length, mediaType: mediaTypeOf(bytes) };
  const held = await shelf.held(ceremony);
  if (held.some(({ sha256 }) => sha256 === file.sha256)) return ok(file);
  const taken = held.reduce((sum, { size }) => sum + size, file.size);
  if (taken > MOST_BYTES_OF_A_CEREMONY) return object("FILES-MANY", { most: MOST_BYTES_OF_A_CEREMONY });
  await shelf.keep({ ...file, ceremony, bytes, by: actor.person });
  return ok(file);
}
