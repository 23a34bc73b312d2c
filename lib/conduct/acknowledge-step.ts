import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** A person has heard what was read aloud, or ends a pause. */
export function acknowledgeStep(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly step: string },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, () => ok({ kind: "step-acknowledged", body: { step: form.step }, openings: [] }));
}
