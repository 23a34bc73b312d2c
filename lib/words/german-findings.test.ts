import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { LINT } from "#lib/ceremony/lint-code";
import { sentenceOf, told } from "#lib/ceremony/told";
import { GERMAN_FINDINGS } from "./german-findings";
import { GERMAN_PARSER } from "./german-parser";
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

const said = ["ceremony", "lint", "script-source", "wiring"].flatMap((folder) =>
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

test("what a parser says of its own accord is said in German where it always says the same, and is passed on where not", () => {
  expect(lintText("de")("Tabs are not allowed as indentation")).toBe("Eingerückt wird mit Leerzeichen, nicht mit Tabulatoren");
  expect(lintText("de")("Unexpected scalar at node end")).toBe("Unexpected scalar at node end");
});

test("there is German for no sentence that the parser does not say", () => {
  const folder = path.join(path.dirname(createRequire(import.meta.url).resolve("yaml")), "compose");
  const files = readdirSync(folder).filter((file) => file.endsWith(".js"));
  const parser = files.map((file) => readFileSync(path.join(folder, file), "utf8")).join("\n");
  const literals = (text: string) => [`'${text}'`, `"${text}"`, `\`${text}\``];
  expect(Object.keys(GERMAN_PARSER).filter((text) => !literals(text).some((one) => parser.includes(one)))).toEqual([]);
});
