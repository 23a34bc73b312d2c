import { object } from "#lib/conduct/objection";
import { proposeEndorsement } from "#lib/conduct/propose-endorsement";
import { endorsementPorts } from "#lib/wiring/rosters";
import { forPeople } from "../../../interface";

/**
 * What this person would sign under a roster, a script, their duties, or for a test of a passkey, with all its bytes. The browser
 * looks at them itself.
 */
export const GET = forPeople(async ({ params }, actor) => {
  const { what, hash = "" } = params;
  return what === "roster" || what === "script" || what === "duties" || what === "passkey"
    ? proposeEndorsement(endorsementPorts(), actor, { what, hash })
    : object("NOT-FOUND");
});
