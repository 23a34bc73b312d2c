import { ok, type Result } from "#lib/result";
import type { Administrator } from "./administrator";
import { object, type Objection } from "./objection";
import type { PeoplePorts } from "./people-ports";

/**
 * Takes a passkey out of use for signing in and for the next roster, and ends the sessions it may have begun; `keep` is the
 * session of whoever asks. The rosters that name it stay what they are.
 */
export async function removePasskey(
  { people }: PeoplePorts,
  administrator: Administrator,
  person: string,
  credentialId: string,
  keep: string,
): Promise<Result<{ readonly removed: string }, Objection>> {
  const facts = { person, passkey: credentialId };
  const removed = await people.removePasskey(person, credentialId, keep, {
    kind: "passkey-removed",
    by: administrator.by,
    facts,
  });
  if (removed === "last-administrator") return object("LAST-ADMINISTRATOR");
  return removed === "none" ? object("NOT-FOUND") : ok({ removed: credentialId });
}
