import { describe, expect, it } from "vitest";
import { BODIES } from "#lib/ceremony/entry.schema";
import { LANGUAGES } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { filterInWords } from "./filter-words";
import { kindChoices, kindInWords } from "./kind-words";
import { MATTER_KINDS } from "./matter";

describe.each(LANGUAGES)("kinds of the log in %s", (language) => {
  const words = wordsIn(language);
  const { entry, event } = kindChoices(words);

  it("are said, every entry's and every matter's, and a kind that nobody knows is not", () => {
    const kinds = [...Object.keys(BODIES), ...Object.values(MATTER_KINDS).flat(), "signed-in", "trusted-at-console"];
    expect(kinds.filter((kind) => (kindInWords(kind, words) ?? kind) === kind)).toEqual([]);
    for (const kind of ["", "step-eaten", "toString", "__proto__", "signed-in "]) expect(kindInWords(kind, words)).toBeNull();
  });
  it("can be chosen, each once, and no two in the same words", () => {
    expect(entry.map(({ kind }) => kind).sort()).toEqual(Object.keys(BODIES).sort());
    const all = [...entry, ...event];
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(all.length);
    expect(new Set(all.map(({ said }) => said)).size).toBe(all.length);
    expect(all.every(({ kind, said }) => kindInWords(kind, words) === said)).toBe(true);
  });
  it("stand in the order of its alphabet", () => {
    for (const said of [entry, event].map((list) => list.map((one) => one.said))) {
      expect(said).toEqual([...said].sort((a, b) => a.localeCompare(b, language)));
    }
  });
});

it("a filter is read in words, and what this edition does not know as it stands", () => {
  const words = wordsIn("en");
  const read = (filter: Parameters<typeof filterInWords>[0]) => filterInWords(filter, words, new Map([["p1", "Axel"]]));
  expect(read({})).toBeNull();
  expect(read({ kind: "signed-in", person: "p1", verdict: "aborted" })).toBe("Kind: Signed in (signed-in); Person: Axel; Verdict: Aborted");
  expect(read({ kind: "rehearsal", person: "p2", verdict: "lost" })).toBe("Kind: Rehearsal; Person: p2; Verdict: lost");
  expect(read({ kind: "step-eaten", key: "root" })).toBe("Kind: step-eaten; Key: root");
});
