import type { ClauseSource } from "./clause";
import { any, doneWith, nothing, opening } from "./find-evidence";
import { agreedTo, onEachKey } from "./find-key-evidence";
import { departuresReadOut, everybodyIdentified } from "./find-people";

export const SOC_2: ClauseSource = {
  source: "SOC 2, trust services criteria",
  clauses: [
    {
      id: "CC6", asks: "Logical access to protected assets goes by role, and by means that tell people apart.",
      evidence: agreedTo(["creates", "uses", "destroys"]),
    },
    {
      id: "CC6", asks: "Duties are kept apart: nobody has two roles at once.",
      evidence: opening(({ participants }) => new Set(participants.map(({ person }) => person)).size === participants.length &&
        new Set(participants.map(({ role }) => role)).size > 1),
    },
    { id: "CC6", asks: "Physical access: those who were in the room were identified.", evidence: everybodyIdentified },
    { id: "CC7", asks: "The system is watched for what does not belong there.", evidence: nothing },
    {
      id: "CC7", asks: "What departs from the procedure is noted and dealt with.",
      evidence: departuresReadOut,
    },
    {
      id: "CC8", asks: "A change is authorised before it is made.",
      evidence: opening(({ mode, endorsements }) => mode === "production" && endorsements.length > 0),
    },
    {
      id: "CC8", asks: "A change is tested.",
      evidence: onEachKey("test-signature", "test-encryption", "test-mac", "test-decryption"),
    },
    { id: "CC8", asks: "What was changed is on record.", evidence: any(doneWith("creates"), doneWith("destroys")) },
  ],
};
