import { expect, test } from "vitest";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import type { Role } from "#lib/ceremony/roles";
import { wordsIn } from "#lib/words/words";
import { count, needsOf, problemsOf, proposeCast, rolesFor } from "./cast";

const person = (id: string, roles: readonly Role[], passkeys = 1) => ({
  person: id,
  name: id,
  title: "",
  roles,
  groups: [],
  passkeys,
});
const people = [
  person("olga", ["operator", "administrator"]),
  person("carl", ["custodian", "witness"]),
  person("cleo", ["custodian"]),
  person("cora", ["custodian"]),
  person("will", ["witness"]),
  person("wang", ["witness", "custodian"]),
  person("axel", ["auditor"], 0),
];
const needs = needsOf(smallScript);

test("asks for exactly the custodians of the rule, at least the witnesses, and one operator", () => {
  expect(needs).toEqual([
    { role: "operator", least: 1, exactly: false },
    { role: "custodian", least: 3, exactly: true },
    { role: "witness", least: 2, exactly: false },
  ]);
});

test("proposes a cast that can perform the script, with each person in one role at most", () => {
  const cast = proposeCast(people, needs, "olga");
  expect(problemsOf(cast, needs, "olga", wordsIn("en").of("opening"))).toEqual([]);
  expect(cast["olga"]).toBe("operator");
  expect(cast["axel"]).toBe("auditor");
});

test("says what is missing, what is too much, and that whoever opens must lead", () => {
  const cast = {
    ...proposeCast(people, needs, "olga"),
    will: null,
    wang: "custodian" as const,
    carl: "custodian" as const,
    cleo: "custodian" as const,
    cora: "custodian" as const,
    olga: null,
  };
  expect(count(cast, "custodian")).toBe(4);
  expect(problemsOf(cast, needs, "olga", wordsIn("en").of("opening"))).toEqual([
    "You open this ceremony, so you must take part as its operator or administrator.",
    "1 operator more is needed.",
    "The script asks for exactly 3 custodians; there are 4.",
    "2 witnesses more are needed.",
  ]);
  expect(problemsOf(cast, needs, "olga", wordsIn("de").of("opening"))).toContain("Es fehlen noch: 2 Zeugen.");
});

test("a person without a passkey can only look on", () => {
  expect(rolesFor(person("nina", ["custodian", "auditor"], 0))).toEqual(["auditor"]);
});
