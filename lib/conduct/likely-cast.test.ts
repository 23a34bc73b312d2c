import { expect, test } from "vitest";
import type { Role } from "#lib/ceremony/roles";
import type { Roster } from "#lib/ceremony/roster";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import type { Script } from "#lib/ceremony/script";
import { likelyCast } from "./likely-cast";

const HOUSE: Readonly<Record<string, readonly Role[]>> = {
  olga: ["operator"],
  carl: ["custodian"],
  cleo: ["custodian"],
  cora: ["custodian", "witness"],
  cyan: ["custodian"],
  will: ["witness"],
  wang: ["witness", "operator"],
  wanda: ["witness"],
};
const roster = {
  people: Object.entries(HOUSE).map(([person, roles]) => ({ person, roles, groups: person === "cyan" ? ["finance"] : [], passkeys: [{}] })),
} as unknown as Roster;
const people = Object.entries(HOUSE).map(([person, roles]) => ({ person, roles, disabled: false }));
const cast = (change: Partial<Parameters<typeof likelyCast>[0]> = {}) =>
  likelyCast({ script: smallScript, roster, people, before: [], isReady: () => true, ...change });
const names = (role: Role, of: ReturnType<typeof cast>) => of.filter((one) => one.role === role).map(({ person }) => person);

test("as many people as the script needs are in it, each once and in a role that they have", () => {
  const made = cast();
  expect(names("custodian", made)).toHaveLength(smallScript.quorum.of);
  expect(names("operator", made)).toHaveLength(1);
  expect(names("witness", made)).toHaveLength(smallScript.witnesses.least);
  expect(new Set(made.map(({ person }) => person)).size).toBe(made.length);
  for (const { person, role } of made) expect(HOUSE[person]).toContain(role);
});

test("whoever is ready comes before whoever was there the last time, and they before everybody else", () => {
  const before = (["cleo", "cora", "cyan"] as const).map((person) => ({ person, role: "custodian" as const }));
  expect(names("custodian", cast({ before })).sort()).toEqual(["cleo", "cora", "cyan"]);
  expect(names("custodian", cast({ before, isReady: (person) => person !== "cora" })).sort()).toEqual(["carl", "cleo", "cyan"]);
});

test("whoever left the roster, has no passkey or may not sign in is not in it; there are fewer then", () => {
  const left: Roster = { ...roster, people: roster.people.filter(({ person }) => person !== "carl") };
  expect(names("custodian", cast({ roster: left })).sort()).toEqual(["cleo", "cora", "cyan"]);
  const away = people.map((one) => ({ ...one, disabled: one.person === "cleo" }));
  expect(names("custodian", cast({ roster: left, people: away })).sort()).toEqual(["cora", "cyan"]);
  const bare: Roster = { ...left, people: left.people.map((one) => (one.person === "cyan" ? { ...one, passkeys: [] } : one)) };
  expect(names("custodian", cast({ roster: bare, people: away }))).toEqual(["cora"]);
});

test("a group that the script asks for is among the custodians", () => {
  const script: Script = { ...smallScript, quorum: { ...smallScript.quorum, and: [{ group: "finance", approve: 1 }] } };
  const before = (["carl", "cleo", "cora"] as const).map((person) => ({ person, role: "custodian" as const }));
  expect(names("custodian", cast({ before }))).not.toContain("cyan");
  expect(names("custodian", cast({ script, before }))).toContain("cyan");
});
