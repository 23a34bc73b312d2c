import { sha256Hex } from "#lib/log/digest";
import { ok, type Result } from "#lib/result";
import { asAtDesk } from "./at-desk";
import type { DeskPorts, NewDeskFile } from "./desk-ports";
import { mediaTypeOf } from "./media-type";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";

/** What an administrator can hand over in one file. */
export const MOST_BYTES_HANDED_OVER = 20 * 1024 * 1024;

/** The bytes of a file as they are kept: named by their hash, and of the type that their first bytes say. */
export const deskFile = (bytes: Uint8Array, by: string): NewDeskFile => ({
  sha256: sha256Hex(bytes),
  size: bytes.length,
  mediaType: mediaTypeOf(bytes),
  bytes,
  by,
});

/** Takes in a file with which an administrator will answer. By itself it answers nothing. Objects FILE-EMPTY or FILE-LARGE. */
export async function keepDeskFile(
  ports: DeskPorts,
  actor: Actor,
  bytes: Uint8Array,
): Promise<Result<Omit<NewDeskFile, "bytes" | "by">, Objection>> {
  const administrator = await asAtDesk(ports.people, actor, "administrator");
  if (!administrator.ok) return administrator;
  if (bytes.length === 0) return object("FILE-EMPTY");
  if (bytes.length > MOST_BYTES_HANDED_OVER) return object("FILE-LARGE", { most: MOST_BYTES_HANDED_OVER });
  const file = deskFile(bytes, administrator.value.by);
  await ports.matters.keep(file);
  const { sha256, size, mediaType } = file;
  return ok({ sha256, size, mediaType });
}
