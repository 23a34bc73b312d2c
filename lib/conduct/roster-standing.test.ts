import { describe, expect, test } from "vitest";
import { rosterToEndorse, type Endorsement } from "#lib/ceremony/endorsement";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { endorsementBy, hashSignatures, placeholder, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { canonical, type Json } from "#lib/log/canonical";
import { usualQuorum } from "./publish-roster";
import { readRosters, rosterInForce } from "./roster-standing";

const row = (roster: Roster, bytes = canonical(roster as unknown as Json)) => {
  const { version, mode, prev } = roster;
  return { hash: rosterHash(roster), version, mode, prev, bytes, openings: [], createdAt: "2026-11-20T09:00:00.000Z" };
};
const after = (before: Roster, version: number): Roster => ({
  ...before,
  version,
  prev: rosterHash(before),
  organisation: placeholder(`version ${String(version)}`),
});
const second = after(smallRoster, 2);
const third = after(smallRoster, 3);
const fourth = after(third, 4);

const given = (roster: Roster, under: Roster, people = ["carl", "cleo"]) =>
  people.map((person) => endorsementBy(person, rosterToEndorse(roster), under));

/** The version in force of those rosters, by those endorsements and what workers say they trust. */
async function inForce(rosters: readonly Roster[], endorsed: readonly Endorsement[] = [], trusted: readonly Roster[] = []) {
  const found = await rosterInForce(readRosters(rosters.map((one) => row(one))), {
    verifier: hashSignatures,
    endorsements: (document) => Promise.resolve(endorsed.filter(({ statement }) => statement.hash === document)),
    trusted: new Set(trusted.map(rosterHash)),
    now: "2026-11-22T10:00:00.000Z",
  });
  return found?.roster.version ?? null;
}

describe("the roster in force", () => {
  test("is the first, until the quorum of it has endorsed another", async () => {
    expect(await inForce([])).toBeNull();
    expect(await inForce([second, smallRoster])).toBe(1);
    expect(await inForce([second, smallRoster], given(second, smallRoster, ["carl"]))).toBe(1);
    expect(await inForce([second, smallRoster], given(second, smallRoster))).toBe(2);
  });

  test("goes on over versions that nobody endorsed, each by the quorum of the one before", async () => {
    const all = [smallRoster, second, third, fourth];
    expect(await inForce(all, [...given(third, smallRoster), ...given(fourth, third)])).toBe(4);
    expect(await inForce(all, [...given(third, smallRoster), ...given(fourth, smallRoster)])).toBe(3);
  });

  test("is the higher of two that the same quorum endorsed, as at the worker", async () => {
    expect(await inForce([smallRoster, second, third], [...given(second, smallRoster), ...given(third, smallRoster)])).toBe(3);
  });

  test("is at least the newest that a worker trusts: in an emergency its console comes first", async () => {
    expect(await inForce([smallRoster, second, third], [], [smallRoster, second])).toBe(2);
    expect(await inForce([smallRoster, second, third], given(third, smallRoster), [smallRoster, second])).toBe(2);
  });

  test("is not hidden by rows that say something else than their hash, or cannot be read", () => {
    const otherBytes = row(second, canonical(third as unknown as Json));
    const planted = [otherBytes, row(third, new TextEncoder().encode("{}")), row({ ...fourth, quorum: { approve: 9 } })];
    expect(readRosters([...planted, row(smallRoster)]).map(({ roster }) => roster.version)).toEqual([1]);
  });
});

test.each([
  [5, null, 3],
  [4, null, 3],
  [3, null, 2],
  [2, null, 2],
  [0, null, 2],
  [5, 4, 4],
  [3, 4, 2],
])("of %i custodians, %s before, %i decide what follows unless somebody says otherwise", (custodians, before, quorum) => {
  const people = Array.from({ length: custodians }, () => ({ roles: ["custodian" as const], disabled: false, passkeys: [{}] }));
  const others = [
    { roles: ["custodian" as const], disabled: true, passkeys: [{}] },
    { roles: ["custodian" as const], disabled: false, passkeys: [] },
    { roles: ["witness" as const], disabled: false, passkeys: [{}] },
  ];
  expect(usualQuorum([...people, ...others], before)).toBe(quorum);
});
