import { wordsHere } from "#components/words";
import type { MyAct, RoomView, StepView } from "#lib/conduct/room";

export const stepsIn = (view: RoomView): readonly StepView[] => view.acts.flatMap(({ steps }) => steps);
export const currentIn = (view: RoomView): StepView | null => stepsIn(view).find(({ current }) => current) ?? null;
export const stepNumbered = (view: RoomView, step: string | null): StepView | null =>
  stepsIn(view).find((one) => one.step === step) ?? null;

/** The heading of a step as a target for keyboard and links. */
export const stepAnchor = (step: string): string => `step-${step}`;

/** What is asked of me, in one sentence. */
export function turnSentence(turn: MyAct, view: RoomView): string {
  const step = currentIn(view);
  const title = step ? `step ${String(step.number)}, ${step.title}` : "";
  switch (turn.act) {
    case "open-step":
      return turn.deviation === null ? `Open ${title}.` : `Open ${title}, again.`;
    case "acknowledge":
      return turn.kind === "pause" ? "End the pause when the room is complete again." : "Confirm that you heard this.";
    case "check-identity":
      return "Compare each person with their document.";
    case "enter-value":
      return turn.physical
        ? `Read the ${turn.value.toLowerCase()} off the device yourself, and type it.`
        : `Enter the ${turn.value.toLowerCase()}.`;
    case "note-evidence":
      return `Note: ${turn.what.charAt(0).toLowerCase()}${turn.what.slice(1)}.`;
    case "approve":
      return `Read what will happen at ${title}, and approve or refuse it.`;
    case "enter-part":
      return `Enter one half of ${turn.title}. Another custodian enters the other.`;
    case "sign-off":
      return "Sign for what you saw.";
    case "resume":
      return "The deviation is written down. Resume the ceremony, or abort it.";
    case "note-deviation":
      return turn.why ?? "Note what departed from the script.";
    case "read-out":
      return "Read every exception sheet aloud, then say so.";
    case "paper":
      return `Sign for what was done on paper at ${title}, if that is how it was.`;
    case "begin-break":
      return wordsHere().of("presence")("turnBegin");
    case "end-break":
      return wordsHere().of("presence")("turnEnd");
    case "note-presence":
    case "replace-person":
    case "initial-deviation":
    case "initial-step":
    case "attest":
    case "refuse":
    case "stop":
    case "abort":
      return "";
  }
}
