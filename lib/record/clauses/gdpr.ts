import type { ClauseSource } from "./clause";
import { all, completed, done, nothing, opening } from "./find-evidence";
import { onEachKey } from "./find-key-evidence";
import { agreedOff } from "./find-people";

export const GDPR: ClauseSource = {
  source: "GDPR, Regulation (EU) 2016/679",
  clauses: [
    {
      id: "Article 5(1)(c)",
      asks: "No more personal data than needed: names stand in the transcript as commitments, and can be withheld.",
      evidence: opening(),
    },
    {
      id: "Article 5(2)", asks: "Accountability: what was done can be demonstrated.",
      evidence: all(agreedOff, completed),
    },
    {
      id: "Article 32(1)(a)", asks: "Personal data are encrypted or pseudonymised where the keys are used.",
      evidence: nothing,
    },
    {
      id: "Article 32(1)(b)", asks: "Confidentiality and integrity are lasting: keys that cannot leave the HSM.",
      evidence: onEachKey("prove-not-exportable"),
    },
    { id: "Article 32(1)(c)", asks: "Access can be restored after an incident.", evidence: done("restore-test") },
    {
      id: "Article 32(1)(d)", asks: "Measures are tested.",
      evidence: onEachKey("test-signature", "test-encryption", "test-mac", "test-decryption"),
    },
    { id: "Article 32(1)(d)", asks: "They are tested again and again.", evidence: nothing },
  ],
};
