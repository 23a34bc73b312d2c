import type { Endorsable } from "#lib/ceremony/endorsement";
import { object } from "#lib/conduct/objection";
import { proposeEndorsement } from "#lib/conduct/propose-endorsement";
import { endorsementPorts } from "#lib/wiring/endorsing";
import { forPeople } from "../../../interface";

const KINDS: readonly string[] = ["roster", "script", "duties", "passkey", "key-state", "finding", "grant"] satisfies Endorsable["what"][];
const isKind = (what: string | undefined): what is Endorsable["what"] => what !== undefined && KINDS.includes(what);

/**
 * What this person would sign under a roster, a script, a change of a key, a grant, their duties, an explanation, or for a
 * test of a passkey, with all its bytes. The browser looks at them itself.
 */
export const GET = forPeople(async ({ params }, actor) => {
  const { what, hash = "" } = params;
  return isKind(what) ? proposeEndorsement(endorsementPorts(), actor, { what, hash }) : object("NOT-FOUND");
});
