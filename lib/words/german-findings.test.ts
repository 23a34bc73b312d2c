import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { LINT } from "#lib/ceremony/lint-code";
import { sentenceOf, told } from "#lib/ceremony/told";
import { GERMAN_FINDINGS } from "./german-findings";
import { lintText } from "./lint-text";

const lib = path.resolve(import.meta.dirname, "..");

/** Every text that a check tells, with its places numbered. */
function toldIn(text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "told") {
      const { template } = node;
      found.push(
        ts.isNoSubstitutionTemplateLiteral(template)
          ? template.text
          : template.head.text + template.templateSpans.map(({ literal }, i) => `{${String(i)}}${literal.text}`).join(""),
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("checks.ts", text, ts.ScriptTarget.ES2023, true));
  return found;
}

const said = ["ceremony", "lint", "script-source"].flatMap((folder) =>
  readdirSync(path.join(lib, folder))
    .filter((file) => file.endsWith(".ts") && !/\.(?:test|under-test)\./.test(file))
    .flatMap((file) => toldIn(readFileSync(path.join(lib, folder, file), "utf8"))),
);
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

test("what a parser says of its own accord is passed on as it says it", () => {
  expect(lintText("de")("Missing closing quote")).toBe("Missing closing quote");
});
