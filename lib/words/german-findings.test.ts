import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { LINT } from "#lib/ceremony/lint-code";
import { sentenceOf, told } from "#lib/ceremony/told";
import { GERMAN_FINDINGS } from "./german-findings";
import { lintText } from "./lint-text";
import { toldInFolder } from "./told-in.under-test";

/** What cannot be hashed, as the canonical form says it of values that YAML can hold. */
const unhashable = [...readFileSync(path.resolve(import.meta.dirname, "../log/canonical.ts"), "utf8").matchAll(/CanonicalFault\((?:path|""), "([^"]+)"\)/g)]
  .map(([, problem]) => problem ?? "")
  .filter((problem) => !/^not (?:JSON|in canonical)/.test(problem));
const said = [...["ceremony", "lint", "script-source", "wiring"].flatMap(toldInFolder), ...unhashable];
const explained = Object.values(LINT).flatMap(({ why, remedy }) => [why, remedy]);

test("everything the linter says stands in German too, and nothing else does", () => {
  expect(new Set(Object.keys(GERMAN_FINDINGS))).toEqual(new Set([...said, ...explained]));
});

test("both languages speak of the same things", () => {
  const places = (text: string) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();
  const differing = Object.entries(GERMAN_FINDINGS).filter(([english, german]) => places(english).join() !== places(german).join());
  expect(differing).toEqual([]);
});

test("a sentence is told with its values, and with those that are words themselves", () => {
  const finding = told`No step before this one condemns ${told`the key ${"old"}`}.`;
  expect(sentenceOf(finding)).toBe("No step before this one condemns the key old.");
  expect(sentenceOf(finding, lintText("de"))).toBe("Kein früherer Schritt bestimmt den Schlüssel old zur Vernichtung.");
  expect(sentenceOf(told`All ${3} of ${"{0}"}.`)).toBe("All 3 of {0}.");
});
