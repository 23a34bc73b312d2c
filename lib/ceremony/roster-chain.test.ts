import { describe, expect, test } from "vitest";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { rosterToEndorse, scriptToEndorse, type Endorsement } from "./endorsement";
import { followRoster } from "./roster-chain";
import { endorsersOf, rosterHash, soundRoster, type Roster, type RosterPerson } from "./roster";
import { endorsementBy, hashSignatures, passkey, placeholder, smallRoster } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";

const LATER = "2026-11-22T10:00:00.000Z";
const newcomer: RosterPerson = {
  person: "nina",
  name: placeholder("Nina"),
  title: placeholder("New"),
  roles: ["custodian"],
  groups: [],
  passkeys: [passkey("nina-1")],
};
const next: Roster = { ...smallRoster, version: 2, prev: rosterHash(smallRoster), people: [...smallRoster.people, newcomer] };
const by = (people: readonly string[], roster = next, change: Parameters<typeof endorsementBy>[3] = {}) =>
  people.map((person) => endorsementBy(person, rosterToEndorse(roster), smallRoster, change));
const follow = (roster: Roster, kept: readonly Endorsement[], until = LATER) =>
  followRoster(hashSignatures, smallRoster, roster, kept, until);

describe("the next roster", () => {
  test("[ROSTER-ENDORSED] accepts the quorum of the version before, whoever is new in it", async () => {
    const followed = await follow(next, by(["cleo", "cora"]));
    expect(followed.ok && followed.value.endorsed.endorsements.map(({ statement }) => statement.person)).toEqual([
      "cleo",
      "cora",
    ]);
  });
  test.each<[string, readonly Endorsement[]]>([
    ["one endorsement too few", by(["carl"])],
    [
      "the second by somebody who is only in the new version",
      [...by(["carl"]), endorsementBy("nina", rosterToEndorse(next), smallRoster)],
    ],
    [
      "both under the new version's own hash",
      ["carl", "cleo"].map((person) => endorsementBy(person, rosterToEndorse(next), next)),
    ],
    ["one person with two passkeys", [...by(["carl"]), ...by(["carl"], next, { passkey: "carl-2" })]],
    ["people who are no custodians", by(["olga", "will"])],
    ["endorsements of another hash", by(["carl", "cleo"], { ...next, organisation: placeholder("Other") })],
    ["endorsements for rehearsals", by(["carl", "cleo"], next, { statement: { mode: "rehearsal" } })],
    [
      "endorsements of a script with the roster's hash",
      ["carl", "cleo"].map((person) => endorsementBy(person, { ...scriptToEndorse(smallScript), hash: rosterHash(next) })),
    ],
    ["nothing at all", []],
  ])("[ROSTER-ENDORSED] refuses %s", (_what, kept) => expectRefused(follow(next, kept), "ROSTER-ENDORSED"));

  test("[ROSTER-FOLLOWS] accepts a version over one that nobody endorsed", () => {
    const third = { ...next, version: 3 };
    return expectAccepted(follow(third, by(["carl", "cleo"], third)));
  });
  test.each<[string, Partial<Roster>]>([
    ["another version before it", { prev: "11".repeat(32) }],
    ["none before it", { prev: null }],
    ["the same version", { version: 1 }],
    ["the other mode", { mode: "rehearsal" }],
  ])("[ROSTER-FOLLOWS] refuses %s", (_what, change) => {
    const other = { ...next, ...change };
    return expectRefused(follow(other, by(["carl", "cleo"], other)), "ROSTER-FOLLOWS");
  });
  test("[ROSTER-FOLLOWS] refuses the way back to an older version, with every signature it once had", async () => {
    const first: Roster = { ...smallRoster, organisation: placeholder("First") };
    const second: Roster = { ...smallRoster, version: 2, prev: rosterHash(first) };
    const kept = ["carl", "cleo"].map((person) => endorsementBy(person, rosterToEndorse(second), first));
    await expectAccepted(followRoster(hashSignatures, first, second, kept, LATER));
    await expectRefused(
      followRoster(hashSignatures, { ...second, version: 3, prev: rosterHash(second) }, second, kept, LATER),
      "ROSTER-FOLLOWS",
    );
  });

  test("[ROSTER-QUORUM] accepts from two to as many custodians as have a passkey", async () => {
    for (const approve of [2, 3]) await expectAccepted(soundRoster({ ...smallRoster, quorum: { approve } }));
  });
  test("[ROSTER-QUORUM] refuses one, and more than there are custodians with a passkey", async () => {
    for (const approve of [1, 4]) await expectRefused(soundRoster({ ...smallRoster, quorum: { approve } }), "ROSTER-QUORUM");
    const bare = smallRoster.people.map((one) =>
      one.roles.includes("custodian") && one.person !== "carl" ? { ...one, passkeys: [] } : one,
    );
    expect(endorsersOf({ ...smallRoster, people: bare }).map(({ person }) => person)).toEqual(["carl"]);
    await expectRefused(soundRoster({ ...smallRoster, people: bare }), "ROSTER-QUORUM");
    const nextBare = { ...next, quorum: { approve: 9 } };
    await expectRefused(follow(nextBare, by(["carl", "cleo"], nextBare)), "ROSTER-QUORUM");
  });
});
