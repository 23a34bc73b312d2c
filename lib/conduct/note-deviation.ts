import type { Body } from "#lib/ceremony/entry";
import { ok, type Result } from "#lib/result";
import { appendEntry, type Appended, type Room } from "./append-entry";
import { commitTexts } from "./commit-text";
import { object, type Objection } from "./objection";
import type { Actor } from "./ports";

export type NoteDeviation = {
  readonly class: Body<"deviation-noted">["class"];
  readonly step?: string | undefined;
  /** The open exception sheet that whoever wrote this had before them, by its number. */
  readonly sheet?: number | undefined;
  readonly expected: string;
  readonly happened: string;
  readonly decided: string;
  /** Who decided it, where that is said. */
  readonly decidedBy?: readonly string[] | undefined;
};

/**
 * Anything not as scripted, written down when noticed: what was expected, what happened, what was decided. At a step whose sheet a
 * difference has opened it completes that sheet. Objects SHEET-COMPLETED when somebody else did so meanwhile, and SHEET-OPEN where
 * only one of step and number says that it completes the sheet: what is about something else must not become its completion.
 */
export function noteDeviation(
  room: Room,
  actor: Actor,
  ceremony: string,
  form: NoteDeviation,
): Promise<Result<Appended, Objection>> {
  return appendEntry(room, actor, ceremony, ({ ceremony: { openSheet } }, { seq }) => {
    if (form.sheet !== undefined && form.sheet !== openSheet?.number) return object("SHEET-COMPLETED");
    const completes = form.sheet !== undefined;
    if (openSheet && completes !== (openSheet.step === form.step)) return object("SHEET-OPEN", { sheet: openSheet.number, step: openSheet.step });
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
