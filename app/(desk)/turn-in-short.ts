import type { MyAct } from "#lib/conduct/room";

/** What is asked of a person, short enough for a list. */
export function turnInShort(turn: MyAct): string {
  switch (turn.act) {
    case "open-step":
      return `Open the step “${turn.title}”.`;
    case "acknowledge":
      return turn.kind === "pause" ? "End the pause." : "Confirm that you heard the statement.";
    case "check-identity":
      return "Check who is here.";
    case "enter-value":
      return `Enter the ${turn.value.toLowerCase()}.`;
    case "note-evidence":
      return "Note the evidence.";
    case "approve":
      return "Approve or refuse what will be done.";
    case "enter-part":
      return "Enter your half of a secret.";
    case "sign-off":
      return "Sign for what you saw.";
    case "resume":
      return "Resume the ceremony, or abort it.";
    case "note-deviation":
      return "Note what departed from the script.";
    case "read-out":
      return "Read the exception sheets aloud.";
    case "paper":
      return "Sign for a step that was done on paper.";
    case "initial-deviation":
    case "initial-step":
    case "attest":
    case "refuse":
    case "stop":
    case "abort":
      return "";
  }
}
