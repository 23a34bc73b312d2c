import { expect, test } from "vitest";
import type { Roster, RosterPerson } from "./roster";
import { rosterChanges } from "./roster-changes";

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

test("nothing is said of what stayed, though names have new salts and the order changed", () => {
  const before = roster([person("ada", { roles: ["custodian", "witness"] }), person("ben")]);
  const after = roster([
    person("ben", { name: said("ben", "another salt") }),
    person("ada", { roles: ["witness", "custodian"] }),
  ]);
  expect(changes(before, after)).toEqual([]);
});

test.each<[string, Roster, string[]]>([
  [
    "a passkey added to somebody known",
    roster([person("ada", { passkeys: [passkey("first-of-ada"), passkey("second")] })]),
    ["ada: a NEW PASSKEY, second…"],
  ],
  [
    "a key behind a known id",
    roster([person("ada", { passkeys: [{ ...passkey("first-of-ada"), spki: "other" }] })]),
    ["ada: a NEW PASSKEY, first-of-ada…", "ada: the passkey first-of-ada… was taken out"],
  ],
  [
    "a synced passkey said to be none",
    roster([person("ada", { passkeys: [{ ...passkey("first-of-ada"), synced: true }] })]),
    ["ada: a NEW PASSKEY, first-of-ada…", "ada: the passkey first-of-ada… was taken out"],
  ],
  ["another name", roster([person("ada", { name: said("Eve") })]), ["Eve: is called Eve; before, ada"]],
  ["another title", roster([person("ada", { title: said("Chair") })]), ["ada: title Chair; before, Officer"]],
  ["a name that is kept hidden", roster([person("ada", { name: said("?") })]), ["ada: is called not shown; before, ada"]],
  [
    "another organisation",
    roster([person("ada")], { organisation: said("Südhafen") }),
    ["The organisation is called Südhafen; before, Nordhafen"],
  ],
  ["a person added", roster([person("ada"), person("eve")]), ["eve is new: custodian; 1 passkey"]],
  [
    "another quorum",
    roster([person("ada")], { quorum: { approve: 3 } }),
    ["3 custodians must endorse what comes after it; before, 2"],
  ],
  ["a person taken out", roster([]), ["ada is no longer on it"]],
  [
    "a role",
    roster([person("ada", { roles: ["custodian", "operator"] })]),
    ["ada: roles custodian, operator; before, custodian"],
  ],
  ["a group", roster([person("ada", { groups: ["security-officer"] })]), ["ada: groups security-officer; before, none"]],
  [
    "an origin",
    roster([person("ada")], { rp: { id: "keys.example", origins: ["https://keys.example", "https://evil.example"] } }),
    [
      "Passkeys now count for keys.example at https://keys.example, https://evil.example; before, for keys.example at https://keys.example",
    ],
  ],
])("%s is said", (_, after, lines) => expect(changes(roster([person("ada")]), after)).toEqual(lines));
