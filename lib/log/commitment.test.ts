import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOf, type Json } from "./canonical";
import { commit, commitmentsIn, openingOf, valuesOf, type Opening } from "./commitment";

const name: Opening = { path: "roster/p-1/name", salt: "0f".repeat(16), value: "Юлия Ковалёва" };

describe("commit", () => {
  test("is the hash of domain, path, salt and value in canonical form", () =>
    expect(commit(name)).toEqual({ committed: hashOf({ domain: "claviger/commitment/v1", path: name.path, salt: name.salt, value: name.value }) }));

  test.each<[string, Partial<Opening>]>([
    ["value", { value: "Юлия Ковалева" }],
    ["salt", { salt: "0e".repeat(16) }],
    ["path", { path: "roster/p-2/name" }],
  ])("is another for another %s", (_member, change) => expect(commit({ ...name, ...change })).not.toEqual(commit(name)));

  test("no two openings share a commitment, wherever the border between their members runs", () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string(), fc.string()), fc.tuple(fc.string(), fc.string(), fc.string()), (a, b) => {
        const made = ([path, salt, value]: [string, string, string]) => commit({ path, salt, value }).committed;
        fc.pre([...a, ...b].every((member) => member.normalize("NFC") === member));
        expect(made(a) === made(b)).toBe(a.join("\0") === b.join("\0") && a.every((member, i) => member === b[i]));
      }),
    );
  });
});

describe("openingOf", () => {
  test("finds the opening that was committed to", () => expect(openingOf(commit(name), [{ ...name, value: "Anna" }, name])).toEqual(name));
  test("refuses an opening moved to another path: a title never passes for a name", () =>
    expect(openingOf(commit(name), [{ ...name, path: "roster/p-1/title" }])).toBeNull());
  test("refuses another value, and answers null where it was taken out", () => {
    expect(openingOf(commit(name), [{ ...name, value: "Anna" }])).toBeNull();
    expect(openingOf(commit(name), [])).toBeNull();
  });
});

describe("valuesOf", () => {
  test("answers as openingOf does, for many", () => {
    const title = { ...name, path: "roster/p-1/title", value: "CISO" };
    const value = valuesOf([name, title]);
    expect([value(commit(name)), value(commit(title)), value(commit({ ...name, value: "Anna" }))]).toEqual([name.value, "CISO", null]);
  });
});

describe("taking a name out", () => {
  const entry = { kind: "ceremony-opened", body: { place: commit({ ...name, path: "ceremony/c-1/place", value: "Room 1" }), people: [{ name: commit(name) }] } };

  test("keeps the hash of the entry: only the opening goes", () => {
    const openings: Opening[] = [name];
    const before = hashOf(entry);
    openings.pop();
    expect(openingOf(entry.body.people[0]!.name, openings)).toBeNull();
    expect(hashOf(entry)).toBe(before);
  });

  test("commitmentsIn finds every one, with its place", () =>
    expect(commitmentsIn(entry as Json).map(({ path }) => path)).toEqual(["/body/place", "/body/people/0/name"]));
  test("commitmentsIn takes nothing else for one", () =>
    expect(commitmentsIn({ a: { committed: 1 }, b: { committed: "x", more: 1 }, c: ["committed"], d: null })).toEqual([]));

  test("without the salt a short value cannot be tried: the same name at the same place, salted anew, is another commitment", () =>
    expect(commit({ ...name, salt: "aa".repeat(16) })).not.toEqual(commit({ ...name, salt: "bb".repeat(16) })));
});
