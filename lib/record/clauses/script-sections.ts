import type { ClauseSource } from "./clause";
import { section } from "./find-evidence";

export const SCRIPT_SECTIONS: ClauseSource = {
  source: "Sections of a key generation script, in the manner of WebTrust for CAs, criterion 4.1",
  about: "Where the script itself says that a section is answered: by steps that were performed, or in its header.",
  clauses: [
    { id: "roles", asks: "Roles and responsibilities of those who take part.", evidence: section("roles") },
    { id: "approval", asks: "The approval to conduct the ceremony.", evidence: section("approval") },
    { id: "hardware", asks: "The hardware, or the cloud HSM, and the activation materials.", evidence: section("hardware") },
    { id: "steps", asks: "The specific steps.", evidence: section("steps") },
    { id: "place", asks: "The physical security of the place.", evidence: section("place") },
    { id: "storage", asks: "The storage of hardware and materials afterwards.", evidence: section("storage") },
    { id: "sign-off", asks: "The sign-off by participants and witnesses.", evidence: section("sign-off") },
    { id: "deviations", asks: "How departures from the script are noted.", evidence: section("deviations") },
  ],
};
