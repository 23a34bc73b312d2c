import type { MyAct, RoomView, StepView } from "#lib/conduct/room";
import type { Words } from "#lib/words/words";

export const stepsIn = (view: RoomView): readonly StepView[] => view.acts.flatMap(({ steps }) => steps);
export const currentIn = (view: RoomView): StepView | null => stepsIn(view).find(({ current }) => current) ?? null;
export const stepNumbered = (view: RoomView, step: string | null): StepView | null =>
  stepsIn(view).find((one) => one.step === step) ?? null;

/** The heading of a step as a target for keyboard and links. */
export const stepAnchor = (step: string): string => `step-${step}`;

/** What is asked of me, in one sentence. */
export function turnSentence(turn: MyAct, view: RoomView, all: Words): string {
  const at = currentIn(view);
  const words = all.of("turn");
  const step = at ? words("step", { number: at.number, title: at.title }) : "";
  switch (turn.act) {
    case "open-step":
      return words(turn.deviation === null ? "sentence.open" : "sentence.openAgain", { step });
    case "acknowledge":
      return words(turn.kind === "pause" ? "sentence.endPause" : "sentence.acknowledge");
    case "check-identity":
      return words("sentence.checkIdentity");
    case "enter-value":
      return words(turn.physical ? "sentence.readValue" : "sentence.enterValue", { value: turn.value });
    case "note-evidence":
      return words("sentence.evidence", { what: turn.what });
    case "approve":
      return words("sentence.approve", { step });
    case "enter-part":
      return words("sentence.enterPart", { title: turn.title });
    case "sign-off":
      return words("sentence.signOff");
    case "approve-resume":
      return words("sentence.approveResume", { sheet: view.stopped?.goingOn?.sheet ?? 0 });
    case "resume":
      return words("sentence.resume");
    case "note-deviation":
      return turn.why ?? words("sentence.noteDeviation");
    case "read-out":
      return all.of("sheets")("turnReading");
    case "initial-deviations":
      return all.of("sheets")("turnInitials", { count: turn.deviations.length });
    case "paper":
      return all.of("sheets")("turnPaper", { step });
    case "begin-break":
      return all.of("presence")("turnBegin");
    case "end-break":
      return all.of("presence")("turnEnd");
    case "note-presence":
    case "replace-person":
    case "withhold-initials":
    case "initial-step":
    case "attest":
    case "refuse":
    case "stop":
    case "abort":
      return "";
  }
}
