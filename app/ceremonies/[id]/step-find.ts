import type { MyAct } from "#lib/conduct/my-act";
import type { RoomView } from "#lib/conduct/room";
import type { OpenSheetView } from "#lib/conduct/sheet-view";
import type { StepView } from "#lib/conduct/step-view";
import type { Words } from "#lib/words/words";

export const stepsIn = (view: RoomView): readonly StepView[] => view.acts.flatMap(({ steps }) => steps);
export const currentIn = (view: RoomView): StepView | null => stepsIn(view).find(({ current }) => current) ?? null;
export const stepNumbered = (view: RoomView, step: string | null): StepView | null =>
  stepsIn(view).find((one) => one.step === step) ?? null;

/** The exception sheet that stands open at that step, or null. */
export const openSheetAt = ({ openSheet }: RoomView, step: string | null): OpenSheetView | null =>
  openSheet && openSheet.step === step ? openSheet : null;

/** The heading of a step as a target for keyboard and links. */
export const stepAnchor = (step: string): string => `step-${step}`;

/** Whether nobody has said yet what became of the printed sheets, where nothing was noted that has to be read with them. */
export const isToClose = (view: RoomView): boolean =>
  view.readOut === null && view.deviations.length === 0 && view.mine.some(({ act }) => act === "read-out");

/** What is asked of me, in one sentence. */
export function turnSentence(turn: MyAct, view: RoomView, all: Words): string {
  const at = currentIn(view);
  const words = all.of("turn");
  const step = at ? words("step", { number: at.number, title: at.title }) : "";
  switch (turn.act) {
    case "open-step": {
      const opens = words(turn.deviation === null ? "sentence.open" : "sentence.openAgain", { step });
      return isToClose(view) ? `${opens} ${all.of("sheets")("closeFirst")}` : opens;
    }
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
