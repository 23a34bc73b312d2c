import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** The end without the goal, said by the administrator or the operator. The record is made all the same. */
export function abortCeremony(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly reason: string },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (_, { seq }) => {
    const texts = commitTexts(room.world, `ceremony-aborted/${String(seq)}`, {
      reason: { text: form.reason, length: "passage" },
    });
    if (!texts.ok) return texts;
    const { commitments, openings } = texts.value;
    return ok({ kind: "ceremony-aborted", body: commitments, openings });
  });
}
