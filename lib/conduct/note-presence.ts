import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** Somebody is not in the room, late or gone, or is there again. */
export function notePresence(
  room: Room,
  actor: Actor,
  ceremony: string,
  { person, present }: { readonly person: string; readonly present: boolean },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, () => ok({ kind: "presence-noted", body: { person, present }, openings: [] }));
}
