import type { ClauseSource } from "./clause";
import { all, done, doneWith, nothing, ofKind } from "./find-evidence";
import { agreedTo, backupsLookedAt } from "./find-key-evidence";

export const NIST_SP_800_57: ClauseSource = {
  source: "NIST SP 800-57 Part 1, revision 5",
  about: "By subject: its sections are not cited by number here.",
  clauses: [
    {
      id: "generation", asks: "Keys are made inside a cryptographic module.",
      evidence: all(ofKind("recorder-attached"), doneWith("creates")),
    },
    { id: "key states", asks: "When a key came to be is known.", evidence: doneWith("creates") },
    { id: "key states", asks: "When a key was destroyed is known.", evidence: done("destroy-key", "zeroise-token") },
    { id: "cryptoperiods", asks: "How long a key is used is laid down.", evidence: nothing },
    {
      id: "backup", asks: "A key is backed up, and the backup was looked at.",
      evidence: backupsLookedAt,
    },
    { id: "recovery", asks: "A key was restored from its backup.", evidence: done("restore-test") },
    {
      id: "accountability", asks: "Who had a hand in each key, and when.",
      evidence: agreedTo(["creates", "uses", "destroys"]),
    },
    { id: "audit", asks: "What was done can be examined afterwards.", evidence: ofKind("ceremony-closed") },
    { id: "inventory", asks: "The keys of the module are listed.", evidence: done("list-keys") },
  ],
};
