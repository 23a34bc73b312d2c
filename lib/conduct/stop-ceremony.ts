import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** Anybody in the room stops it, at once. What is under way at the token is finished and told; nothing new begins. */
export function stopCeremony(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly reason: string },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (_, { seq }) => {
    const texts = commitTexts(room.world, `ceremony-stopped/${String(seq)}`, {
      reason: { text: form.reason, length: "passage" },
    });
    if (!texts.ok) return texts;
    const { commitments, openings } = texts.value;
    return ok({ kind: "ceremony-stopped", body: commitments, openings });
  });
}
