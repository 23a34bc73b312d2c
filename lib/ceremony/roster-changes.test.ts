import { expect, test } from "vitest";
import type { Roster, RosterPerson } from "./roster";
import { rosterChanges, type RosterChange } from "./roster-changes";

const passkey = (id: string) => ({
  id,
  algorithm: "ES256" as const,
  spki: `spki-${id}`,
  aaguid: "00000000-0000-0000-0000-000000000000",
  synced: false,
});
const person = (id: string, change: Partial<RosterPerson> = {}): RosterPerson => ({
  person: id,
  name: { committed: `/${id}` },
  title: { committed: "/Officer" },
  roles: ["custodian"],
  groups: [],
  passkeys: [passkey(`first-of-${id}`)],
  ...change,
});
const roster = (people: RosterPerson[], change: Partial<Roster> = {}): Roster => ({
  v: "claviger/roster/v1",
  version: 1,
  prev: null,
  mode: "production",
  organisation: { committed: "/Nordhafen" },
  rp: { id: "keys.example", origins: ["https://keys.example"] },
  quorum: { approve: 2 },
  people,
  ...change,
});
/** Texts stand open here: what is committed to is the text itself, after its salt. */
const said = (text: string, salt = "") => ({ committed: `${salt}/${text}` });
const changes = (before: Roster, after: Roster) =>
  rosterChanges(before, after, ({ committed }) => (committed.endsWith("/?") ? null : committed.replace(/^.*\//, "")));

const ANOTHER: RosterChange[] = [
  { change: "passkey-new", name: "ada", passkey: "first-of-ada" },
  { change: "passkey-gone", name: "ada", passkey: "first-of-ada" },
];

test("nothing is said of what stayed, though names have new salts and the order changed", () => {
  const before = roster([person("ada", { roles: ["custodian", "witness"] }), person("ben")]);
  const after = roster([
    person("ben", { name: said("ben", "another salt") }),
    person("ada", { roles: ["witness", "custodian"] }),
  ]);
  expect(changes(before, after)).toEqual([]);
});

test.each<[string, Roster, RosterChange[]]>([
  [
    "a passkey added to somebody known",
    roster([person("ada", { passkeys: [passkey("first-of-ada"), passkey("second")] })]),
    [{ change: "passkey-new", name: "ada", passkey: "second" }],
  ],
  [
    "a key behind a known id",
    roster([person("ada", { passkeys: [{ ...passkey("first-of-ada"), spki: "other" }] })]),
    ANOTHER,
  ],
  [
    "a synced passkey said to be none",
    roster([person("ada", { passkeys: [{ ...passkey("first-of-ada"), synced: true }] })]),
    ANOTHER,
  ],
  ["another name", roster([person("ada", { name: said("Eve") })]), [{ change: "name", name: "Eve", is: "Eve", was: "ada" }]],
  ["another title", roster([person("ada", { title: said("Chair") })]), [{ change: "title", name: "ada", is: "Chair", was: "Officer" }]],
  ["a name that is kept hidden", roster([person("ada", { name: said("?") })]), [{ change: "name", name: "ada", is: null, was: "ada" }]],
  [
    "another organisation",
    roster([person("ada")], { organisation: said("Südhafen") }),
    [{ change: "organisation", is: "Südhafen", was: "Nordhafen" }],
  ],
  ["a person added", roster([person("ada"), person("eve")]), [{ change: "person-new", name: "eve", roles: ["custodian"], passkeys: 1 }]],
  [
    "another quorum",
    roster([person("ada")], { quorum: { approve: 3 } }),
    [{ change: "quorum", is: 3, was: 2 }],
  ],
  ["a person taken out", roster([]), [{ change: "person-gone", name: "ada" }]],
  [
    "a role",
    roster([person("ada", { roles: ["custodian", "operator"] })]),
    [{ change: "roles", name: "ada", is: ["custodian", "operator"], was: ["custodian"] }],
  ],
  [
    "a group",
    roster([person("ada", { groups: ["security-officer"] })]),
    [{ change: "groups", name: "ada", is: ["security-officer"], was: [] }],
  ],
  [
    "an origin",
    roster([person("ada")], { rp: { id: "keys.example", origins: ["https://keys.example", "https://evil.example"] } }),
    [
      {
        change: "places",
        is: { id: "keys.example", origins: ["https://keys.example", "https://evil.example"] },
        was: { id: "keys.example", origins: ["https://keys.example"] },
      },
    ],
  ],
])("%s is said", (_, after, lines) => expect(changes(roster([person("ada")]), after)).toEqual(lines));
