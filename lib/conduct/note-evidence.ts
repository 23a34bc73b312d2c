import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

/**
 * Something kept outside the transcript is named: what it is called, where it is kept, and its hash where there is one
 * already.
 */
export function noteEvidence(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: { readonly step: string; readonly name: string; readonly kept: string; readonly sha256?: string | undefined },
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (_, { seq }) => {
    const texts = commitTexts(room.world, `evidence-noted/${String(seq)}`, {
      name: { text: form.name, length: "line" },
      kept: { text: form.kept, length: "line" },
    });
    if (!texts.ok) return texts;
    const { commitments, openings } = texts.value;
    return ok({ kind: "evidence-noted", body: { step: form.step, ...commitments, sha256: form.sha256 ?? null }, openings });
  });
}
