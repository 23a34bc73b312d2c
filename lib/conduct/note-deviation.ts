import type { Body } from "#lib/ceremony/entry";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import type { Objection } from "./objection";
import type { Actor } from "./ports";

export type NoteDeviation = {
  readonly class: Body<"deviation-noted">["class"];
  readonly step?: string | undefined;
  readonly expected: string;
  readonly happened: string;
  readonly decided: string;
  /** Who decided it, where that is said. */
  readonly decidedBy?: readonly string[] | undefined;
};

/** Anything not as scripted, written down when noticed: what was expected, what happened, what was decided. */
export function noteDeviation(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: NoteDeviation,
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, (_, { seq }) => {
    const texts = commitTexts(room.world, `deviation-noted/${String(seq)}`, {
      expected: { text: form.expected, length: "passage" },
      happened: { text: form.happened, length: "passage" },
      decided: { text: form.decided, length: "passage" },
    });
    if (!texts.ok) return texts;
    const { commitments, openings } = texts.value;
    const decidedBy = form.decidedBy ? { decidedBy: [...form.decidedBy] } : {};
    const body = { class: form.class, step: form.step ?? null, ...commitments, ...decidedBy };
    return ok({ kind: "deviation-noted", body, openings });
  });
}
