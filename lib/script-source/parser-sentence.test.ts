import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { sentenceOf } from "#lib/ceremony/told";
import { lintText } from "#lib/words/lint-text";
import { parserSentence } from "./parser-sentence";
import { parseScript } from "./read-script";

const dist = path.dirname(createRequire(import.meta.url).resolve("yaml"));

/** Every sentence that the parser of YAML can say of a text, with a word put in where it puts something in. */
function parserSays(): string[] {
  const files = [...readdirSync(path.join(dist, "compose")).map((file) => `compose/${file}`), "parse/parser.js", "doc/directives.js"];
  const said = files.filter((file) => file.endsWith(".js")).flatMap((file) => {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) found.push(node.text);
      if (ts.isTemplateExpression(node)) found.push(node.head.text + node.templateSpans.map(({ literal }) => `flow map${literal.text}`).join(""));
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, readFileSync(path.join(dist, file), "utf8"), ts.ScriptTarget.ES2023, true));
    return found;
  });
  // Names, parts of sentences, what it writes when it makes YAML, and what it says to programmers.
  return said.filter((text) => /^(?:%|\p{Lu}|flow map [um])\S* .*\p{L}{2}/u.test(text) && !NOT_OF_A_TEXT.test(text));
}
const NOT_OF_A_TEXT = /^%(?:YAML|TAG) flow map|^Tried to pop|^flow map:/;

test("every sentence of the parser is one that we have words for", () => {
  const sentences = parserSays();
  expect(sentences.length).toBeGreaterThan(50);
  expect(sentences.filter((text) => sentenceOf(parserSentence(text)).startsWith("“"))).toEqual([]);
});

test("a sentence that it never said before is quoted", () => {
  expect(sentenceOf(parserSentence("Something new"))).toBe("“Something new”");
});

const germanOf = (yaml: string): string[] => {
  const parsed = parseScript(yaml);
  return parsed.ok ? [] : parsed.refusal.map(({ said }) => sentenceOf(said, lintText("de")));
};

test.each([
  ["a: [1, 2", "Kein wohlgeformtes YAML: das schließende ] fehlt oder ist nicht weit genug eingerückt."],
  ["a: [1, , 2]", "zwischen eckigen Klammern ist ein"],
  ["a: {b: 1,, c: 2}", "Kein wohlgeformtes YAML: zwischen geschweiften Klammern ist ein Komma zu viel."],
  ["a: 'x", "Kein wohlgeformtes YAML: das schließende Anführungszeichen (') fehlt."],
  ['a: "\\q"', "Kein wohlgeformtes YAML: eine Escape-Folge \\q gibt es nicht."],
  ["a: b: c", "in derselben Zeile steht ein zweiter Name"],
  ["a: @x", "Kein wohlgeformtes YAML: Text, der mit @ beginnt, braucht Anführungszeichen."],
  ["a:\n\t- x", "eingerückt wird mit Leerzeichen"],
  ["a: x\n- b", "Kein wohlgeformtes YAML"],
])("a parser's finding is said in German: %s", (yaml, says) => {
  expect(germanOf(yaml).join(" ")).toContain(says);
});
