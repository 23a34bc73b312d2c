import { CAST, passkey, placeholder, smallRoster } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { SmallWorld } from "./small-world.under-test";
import type { Body } from "./entry";
import type { Roster, RosterPerson } from "./roster";
import type { Role } from "./roles";
import type { Script } from "./script";

const standIn = (person: string, roles: Role[], groups: string[] = []): RosterPerson => ({
  person,
  name: placeholder(person),
  title: placeholder("stand-in"),
  roles,
  groups,
  passkeys: [passkey(`${person}-1`), passkey(`${person}-2`)],
});

/** The small roster with stand-ins: Cass for a custodian or the operator, Sara of the security officers, Wim for a witness, Anna without a passkey. */
export const rosterWithStandIns: Roster = {
  ...smallRoster,
  people: [
    ...smallRoster.people,
    standIn("cass", ["custodian", "operator"]),
    standIn("sara", ["custodian"], ["security-officer"]),
    standIn("wim", ["witness"]),
    { ...standIn("anna", ["custodian"]), passkeys: [] },
  ],
};

/** A world of that roster, played up to the step and with it open, if one is named. */
export async function worldWithStandIns(step: string | null = null, script: Script = smallScript): Promise<SmallWorld> {
  const there = new SmallWorld();
  await there.openFor(script, rosterWithStandIns);
  await there.playTo(step ?? "hear");
  if (step !== null) await there.openStep();
  return there;
}

/** Carl's place goes to Cass, unless said otherwise, with a deviation of its own. */
export async function replace(there: SmallWorld, change: Partial<Body<"person-replaced">> = {}, by = "olga") {
  const deviation = change.deviation ?? (await there.deviate(undefined, by === "olga" ? by : "will"));
  return there.act("person-replaced", by, { leaves: "carl", arrives: "cass", role: "custodian", deviation, ...change });
}

/** A witness compares somebody who came later with their document. */
export const checkLater = (there: SmallWorld, person: string, by = "will") =>
  there.act("identity-checked", by, { step: null, person, document: placeholder("passport") });

export const EVERYBODY = CAST.map(([person]) => person);
