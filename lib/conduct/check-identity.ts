import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/** A witness has compared a person with a document, and says what kind of document it was; without a step, somebody who came later. */
export function checkIdentity(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly step?: string | undefined; readonly person: string; readonly document: string },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (_, { seq }) => {
    const texts = commitTexts(room.world, `identity-checked/${String(seq)}`, {
      document: { text: form.document, length: "line" },
    });
    if (!texts.ok) return texts;
    const { commitments, openings } = texts.value;
    return ok({ kind: "identity-checked", body: { step: form.step ?? null, person: form.person, ...commitments }, openings });
  });
}
