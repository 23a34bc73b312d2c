import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** A stopped ceremony goes on, naming the deviation that was noted since. */
export function resumeCeremony(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly deviation: number },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, () =>
    ok({ kind: "ceremony-resumed", body: { deviation: form.deviation }, openings: [] }),
  );
}
