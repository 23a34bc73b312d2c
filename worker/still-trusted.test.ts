import { describe, expect, test } from "vitest";
import { currentStep } from "#lib/ceremony/ceremony";
import { dutiesToAccept, type VerifiedEndorsement } from "#lib/ceremony/endorsement";
import type { Roster } from "#lib/ceremony/roster";
import type { Readiness } from "#lib/ceremony/stated-readiness";
import { endorsementBy, ENDORSED_AT, passkey, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { SmallWorld, worldIn } from "#lib/ceremony/small-world.under-test";
import { noLongerTrusted } from "./still-trusted";

const changed = (change: (person: Roster["people"][number]) => Roster["people"][number] | null): Roster => ({
  ...smallRoster,
  version: 2,
  people: smallRoster.people.flatMap((person) => change(person) ?? []),
});
const only = (name: string, change: Partial<Roster["people"][number]> | null) =>
  changed((person) => (person.person === name ? change && { ...person, ...change } : person));

/** At `make`, to which these have agreed. */
async function agreed(...people: string[]): Promise<SmallWorld> {
  const there = await worldIn("make");
  for (const person of people) await there.sign(person);
  return there;
}
const askedOf = ({ now }: SmallWorld, newest: Roster) => {
  const state = currentStep(now);
  if (!state) throw new Error("no step is open");
  return noLongerTrusted(now, state, newest, new Date(now.head.at));
};

describe("who agrees is judged by the newest roster as well", () => {
  test.each<[string, Roster]>([
    ["taken out", only("carl", null)],
    ["left without the passkey they used", only("carl", { passkeys: [passkey("carl-2")] })],
    ["given another key under the old one's name", only("carl", { passkeys: [{ ...passkey("carl-3"), id: "carl-1" }] })],
    ["made a witness", only("carl", { roles: ["witness"] })],
  ])("[ROSTER-NEWEST] refuses the approval of a custodian who was %s", async (_what, newest) => {
    const there = await agreed("carl", "cleo");
    expect(askedOf(there, newest)).toEqual({ code: "ROSTER-NEWEST", facts: { version: 1, newest: 2, person: "carl" } });
  });
  test("[ROSTER-NEWEST] refuses a quorum without its group, where its members were taken out of that", async () => {
    const script = { ...smallScript, quorum: { ...smallScript.quorum, and: [{ group: "security-officer", approve: 1 }] } };
    const there = await new SmallWorld().openWith(script);
    await there.attach();
    await there.playTo("look");
    await there.openStep();
    await there.start();
    await there.finish();
    await there.openStep();
    for (const person of ["carl", "cora"]) await there.sign(person);
    expect(askedOf(there, smallRoster)).toBeNull();
    expect(askedOf(there, only("cora", { groups: [] }))).toMatchObject({ code: "ROSTER-NEWEST" });
  });
  test("a room whose people are unchanged is not stopped, whoever else came or went", async () => {
    const there = await agreed("carl", "cleo");
    expect(askedOf(there, smallRoster)).toBeNull();
    expect(askedOf(there, only("cora", null))).toBeNull();
    expect(askedOf(there, only("carl", { passkeys: [passkey("carl-9"), passkey("carl-1")] }))).toBeNull();
    const third = await agreed("cora", "cleo", "carl");
    expect(askedOf(third, only("carl", null))).toBeNull();
  });
  test("[DUTIES-ACCEPTED] refuses the approval of a custodian whose acceptance has grown too old, by the clock that is now", async () => {
    const there = await agreed("carl", "cleo");
    const script = { ...smallScript, duties: { days: 365, says: "I keep my passkey to myself." } };
    const duties = endorsementBy("carl", dutiesToAccept(script.duties.says)) as unknown as VerifiedEndorsement;
    const cleos = endorsementBy("cleo", dutiesToAccept(script.duties.says)) as unknown as VerifiedEndorsement;
    const readiness = { duties: [duties, cleos], passkeys: [], lines: [] } as unknown as Readiness;
    const ceremony = { ...there.now, script, readiness };
    const after = (days: number) =>
      noLongerTrusted(ceremony, currentStep(ceremony)!, smallRoster, new Date(Date.parse(ENDORSED_AT) + days * 86_400_000));
    expect(after(365)).toBeNull();
    expect(after(366)).toMatchObject({ code: "DUTIES-ACCEPTED", facts: { person: "carl" } });
  });
  test("nobody is judged before a quorum is reached", async () => {
    expect(askedOf(await agreed("carl"), only("carl", null))).toBeNull();
  });
});
