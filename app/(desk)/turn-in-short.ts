import type { MyAct } from "#lib/conduct/my-act";
import type { AreaWords } from "#lib/words/words";

/** What is asked of a person, short enough for a list. */
export function turnInShort(turn: MyAct, words: AreaWords<"desk">): string {
  switch (turn.act) {
    case "open-step":
      return words("turn.openStep", { title: turn.title });
    case "acknowledge":
      return words(turn.kind === "pause" ? "turn.endPause" : "turn.heard");
    case "check-identity":
      return words("turn.checkIdentity");
    case "enter-value":
      return words("turn.enterValue", { value: turn.value });
    case "note-evidence":
      return words("turn.noteEvidence");
    case "approve":
      return words("turn.approve");
    case "enter-part":
      return words("turn.enterPart");
    case "sign-off":
      return words("turn.signOff");
    case "approve-resume":
      return words("turn.approveResume");
    case "resume":
      return words("turn.resume");
    case "note-deviation":
      return words("turn.noteDeviation");
    case "read-out":
      return words("turn.readOut");
    case "initial-deviations":
      return words("turn.initials");
    case "begin-break":
      return words("turn.beginBreak");
    case "end-break":
      return words("turn.endBreak");
    case "paper":
      return words("turn.paper");
    // Never asked of one person alone, or too seldom for a sentence of its own: the room says it.
    default:
      return words("turn.other");
  }
}
