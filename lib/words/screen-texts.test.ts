import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

/** Texts that are the same in every language, or of no language. */
const OF_NO_LANGUAGE = /^(?:(?:· )?Claviger|UTC|HSM|PIN|SHA-256|CKA_ID|YAML|JSON|PDF|npm run worker|npx claviger .*)$/;

/** Attributes that people read or hear. */
const SAID = new Set(["aria-label", "aria-description", "aria-roledescription", "alt", "placeholder", "title", "label", "hint", "word"]);

const root = path.resolve(import.meta.dirname, "../..");
const pages = ["app", "components"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".tsx") && !file.includes(".test."))
    .map((file) => `${folder}/${file.replaceAll(path.sep, "/")}`),
);

const isText = (text: string) => /\p{L}{2}/u.test(text) && !OF_NO_LANGUAGE.test(text.trim());

/** What a page says in words of its own, not of the catalogues: texts between tags, and attributes that are read out. */
function spokenIn(file: string, text: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TSX);
  const literals = (node: ts.Node): string[] => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
    if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
    if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
    if (ts.isParenthesizedExpression(node) || ts.isJsxExpression(node)) return node.expression ? literals(node.expression) : [];
    if (ts.isBinaryExpression(node)) return [...literals(node.left), ...literals(node.right)];
    return [];
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) found.push(node.text.replaceAll(/\s+/g, " ").trim());
    const inTag = ts.isJsxElement(node.parent) || ts.isJsxFragment(node.parent);
    if (ts.isJsxExpression(node) && inTag) found.push(...literals(node));
    if (ts.isJsxAttribute(node) && SAID.has(node.name.getText()) && node.initializer) found.push(...literals(node.initializer));
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found.filter((one) => isText(one.replaceAll(/&\w+;/g, "")));
}

/** A sentence of English: a capital, and words after it. */
const SENTENCE = /^\p{Lu}[\p{L}'’]+[ ,:].*\p{L}{2}/u;

/** Sentences that stand in the middle of code, wherever they are shown later. */
function sentencesIn(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) found.push([node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join("…"));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TSX));
  return found.filter((one) => SENTENCE.test(one) && isText(one));
}

/** What runs beside the pages; the interface answers in words of lib/conduct, and machines. */
const besides = ["app", "components"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll(path.sep, "/")}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|under-test)\.|^app\/(?:api|log)\//.test(file)),
);

it("no sentence stands in the code of the pages, or of what runs in a browser beside them", () => {
  const found = besides.flatMap((file) =>
    sentencesIn(file, readFileSync(path.join(root, file), "utf8")).map((text) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});

it("finds a sentence in the middle of code", () => {
  expect(sentencesIn("a.ts", 'const why = ok ? "" : "The server does not answer.";')).toEqual(["The server does not answer."]);
  expect(sentencesIn("a.ts", "const why = `Step ${n}, open`;")).toEqual(["Step …, open"]);
  expect(sentencesIn("a.ts", 'const look = "border-halt text-sm"; const act = "open-step"; const keys = ["Enter", "SHA-256"];')).toEqual([]);
});

it("pages and their parts say nothing but what stands in the catalogues", () => {
  const speaking = pages.flatMap((file) =>
    spokenIn(file, readFileSync(path.join(root, file), "utf8")).map((text) => `${file}: ${text}`),
  );
  expect(speaking).toEqual([]);
});

it("finds what is said outside of the catalogues", () => {
  const said = (text: string) => spokenIn("page.tsx", `const Page = () => ${text};`);
  expect(said("<p>Hello {name}</p>")).toEqual(["Hello"]);
  expect(said('<p>{done ? "Done" : words("open")}</p>')).toEqual(["Done"]);
  expect(said('<img alt="A seal" className="big" />')).toEqual(["A seal"]);
  expect(said("<p title={`Step ${n}`}>{words(\"step\")}</p>")).toEqual(["Step "]);
  expect(said('<p className="text-quiet">{words("step")} · UTC</p>')).toEqual(["· UTC"].filter(isText));
});
