import { checkEndorsement, dutiesToAccept, passkeyToTest, verifyEndorsement } from "./endorsement";
import type { Endorsable, Endorsement, EndorsementStatement } from "./endorsement";
import { passkeyOf, type Roster } from "./roster";
import type { SignatureVerifier } from "./signature-verifier";

/** Of what a store keeps, the newest acceptance of these duties that counts, one of each custodian of the roster. */
export const soundDuties = (verifier: SignatureVerifier, says: string, roster: Roster, kept: readonly Endorsement[], until: string) =>
  newest(verifier, roster, kept, until, ({ person }) => person, () => dutiesToAccept(says));

/** Of what a store keeps, the newest test that counts, one of each passkey of a custodian of the roster. */
export const soundTests = (verifier: SignatureVerifier, roster: Roster, kept: readonly Endorsement[], until: string) =>
  newest(
    verifier,
    roster,
    kept,
    until,
    (_statement, credentialId) => credentialId,
    (statement, credentialId) => {
      const found = passkeyOf(roster, credentialId);
      return found && statement.what === "passkey" ? passkeyToTest(found.passkey, statement.nonce) : null;
    },
  );

/**
 * What does not count is left out, as in `soundEndorsements`: a row that somebody planted keeps no true one from being found.
 * Sorted by whose they are, so that the same rows always come to the same list.
 */
async function newest(
  verifier: SignatureVerifier,
  roster: Roster,
  kept: readonly Endorsement[],
  until: string,
  keyOf: (statement: EndorsementStatement, credentialId: string) => string,
  documentOf: (statement: EndorsementStatement, credentialId: string) => Endorsable | null,
): Promise<Endorsement[]> {
  const found = new Map<string, Endorsement>();
  const newestFirst = [...kept].sort((a, b) => (a.statement.at < b.statement.at ? 1 : -1));
  for (const one of newestFirst) {
    const { statement, assertion } = one;
    const key = keyOf(statement, assertion.credentialId);
    const document = found.has(key) ? null : documentOf(statement, assertion.credentialId);
    if (!document) continue;
    const signed = await verifyEndorsement(verifier, roster, one);
    if (signed.ok && checkEndorsement(document, roster, signed.value, until).ok) found.set(key, one);
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}
