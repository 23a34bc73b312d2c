import type { ClauseSource } from "./clause";
import { done, nothing, ofKind, opening } from "./find-evidence";
import { agreedTo } from "./find-key-evidence";
import { everybodyIdentified } from "./find-people";

/** Each of the cast has a passkey, and nobody has somebody else's. */
const OF_THEIR_OWN = opening(({ roster, participants }) => {
  const those = roster.people.filter(({ person }) => participants.some((one) => one.person === person));
  const credentials = those.flatMap(({ passkeys }) => passkeys.map(({ id }) => id));
  return those.every(({ passkeys }) => passkeys.length > 0) && new Set(credentials).size === credentials.length;
});

export const HIPAA: ClauseSource = {
  source: "HIPAA Security Rule, 45 CFR 164.312",
  clauses: [
    {
      id: "164.312(a)", asks: "Access control: only those may act who were given the right.",
      evidence: agreedTo(["creates", "uses", "destroys"]),
    },
    {
      id: "164.312(a)", asks: "Each person is known by something of their own.",
      evidence: OF_THEIR_OWN,
    },
    { id: "164.312(a)", asks: "There is a means to encrypt and decrypt.", evidence: done("test-encryption", "test-decryption") },
    {
      id: "164.312(b)", asks: "Audit controls: what is done is recorded and can be examined.",
      evidence: ofKind("ceremony-closed"),
    },
    {
      id: "164.312(c)", asks: "Integrity: what was altered or destroyed without right is noticed.",
      evidence: ofKind("ceremony-closed"),
    },
    { id: "164.312(d)", asks: "Whoever acts is shown to be who they say.", evidence: everybodyIdentified },
    { id: "164.312(e)", asks: "Security of transmission.", evidence: nothing },
  ],
};
