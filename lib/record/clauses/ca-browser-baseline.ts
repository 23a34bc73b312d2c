import type { ClauseSource } from "./clause";
import { all, any, completed, done, doneWith, nothing, ofKind, opening, performedSection } from "./find-evidence";
import { agreedTo, filmed, splitSecrets } from "./find-key-evidence";
import { agreedOff, auditorThere } from "./find-people";

export const CA_BROWSER_BASELINE: ClauseSource = {
  source: "CA/Browser Forum, Baseline Requirements for TLS server certificates",
  clauses: [
    { id: "6.1.1.1", asks: "A key generation script is prepared and followed.", evidence: all(opening(), agreedOff, completed) },
    {
      id: "6.1.1.1", asks: "An auditor witnesses the making of the key, or the whole of it is filmed.",
      evidence: any(auditorThere, filmed),
    },
    { id: "6.1.1.1", asks: "That auditor is a qualified one, as the requirements define it.", evidence: nothing },
    { id: "6.1.1.1", asks: "A qualified auditor reports that the procedure and its controls were followed.", evidence: nothing },
    { id: "6.1.1.1", asks: "The keys are made in a physically secured place.", evidence: performedSection("place") },
    { id: "6.1.1.1", asks: "People in trusted roles make them, several together.", evidence: agreedTo(["creates"], 2) },
    { id: "6.1.1.1", asks: "Knowledge of secrets is split between people.", evidence: splitSecrets },
    {
      id: "6.1.1.1", asks: "They are made within a cryptographic module.",
      evidence: all(ofKind("recorder-attached"), doneWith("creates")),
    },
    { id: "6.1.1.1", asks: "That module has the security that the policy demands.", evidence: nothing },
    { id: "6.1.1.1", asks: "What is done to make them is logged.", evidence: doneWith("creates") },
    {
      id: "6.1.1.1", asks: "Controls give assurance that the script was followed, and departures from it are seen.",
      evidence: all(agreedOff, completed),
    },
    { id: "5.4.1", asks: "Logged: the making of keys.", evidence: doneWith("creates") },
    { id: "5.4.1", asks: "Logged: their backup.", evidence: done("backup-token") },
    { id: "5.4.1", asks: "Logged: their storage.", evidence: performedSection("storage") },
    { id: "5.4.1", asks: "Logged: their recovery.", evidence: done("restore-test") },
    { id: "5.4.1", asks: "Logged: their archival.", evidence: nothing },
    { id: "5.4.1", asks: "Logged: their destruction.", evidence: done("destroy-key", "zeroise-token") },
    {
      id: "5.4.1", asks: "Logged: the life of the cryptographic device.",
      evidence: done("initialise-token", "condemn-token", "zeroise-token"),
    },
    {
      id: "5.4.1", asks: "Each event is logged with its time, with who caused it, and with what it was.",
      evidence: all(opening(), ofKind("ceremony-closed")),
    },
  ],
};
