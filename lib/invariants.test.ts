import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { INVARIANTS } from "#lib/ceremony/refusal";
import { refusalSentence } from "#lib/conduct/refusal-sentence";
import { ASSUMPTIONS } from "#lib/record/assumptions";

// Each rule has one name in four places: its refusal, its page, a test that accepts and a test that refuses. Whatever is in
// one place and not in the others is found here, and so is a threat that nothing answers.

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const textsIn = (folder: string, wanted: (name: string) => boolean) =>
  readdirSync(path.join(root, folder)).filter(wanted).map((name) => ({ name, text: read(`${folder}/${name}`) }));

type Verb = "accepts" | "refuses";
type Titled = { readonly invariant: string; readonly verb: Verb };

/**
 * The invariants that the tests of a file name in their titles: `test("[NAME] refuses …")`, and `test.each(table)("[%s]
 * refuses …")`
 * with every name that stands in the table, or in a constant of the file that the table is made from. Only what runs counts:
 * `test.skip` and `test.todo` do not.
 */
function titlesIn(text: string): Titled[] {
  const file = ts.createSourceFile("a.test.ts", text, ts.ScriptTarget.ES2023, true);
  const constants = new Map<string, ts.Expression>();
  const found: Titled[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer)
      constants.set(node.name.text, node.initializer);
    const title = ts.isCallExpression(node) ? node.arguments[0] : undefined;
    if (ts.isCallExpression(node) && title && ts.isStringLiteralLike(title)) {
      const [, name = "", verb] = /^\[([A-Z-]+|%s)\] (accepts|refuses)\b/.exec(title.text) ?? [];
      const table = tableOf(node.expression);
      const names = name === "%s" ? (table ? namesIn(table, constants) : []) : isTest(node.expression) || table ? [name] : [];
      found.push(...names.filter((one) => one !== "").map((invariant) => ({ invariant, verb: verb as Verb })));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const isTest = (callee: ts.Expression): boolean => ts.isIdentifier(callee) && callee.text === "test";

/** The table of `test.each(table)`. */
function tableOf(callee: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(callee) || !ts.isPropertyAccessExpression(callee.expression)) return undefined;
  const { expression, name } = callee.expression;
  return isTest(expression) && name.text === "each" ? callee.arguments[0] : undefined;
}

function namesIn(table: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string[] {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && (INVARIANTS as readonly string[]).includes(node.text)) names.add(node.text);
    const constant = ts.isIdentifier(node) ? constants.get(node.text) : undefined;
    if (constant) visit(constant);
    ts.forEachChild(node, visit);
  };
  visit(table);
  return [...names];
}

/** One sentence for each rule that has no page or lacks a test, and for each page and title of no rule. */
function mismatches(names: readonly string[], pages: readonly string[], titles: readonly Titled[]): string[] {
  const tested = (invariant: string, verb: Verb) => titles.some((title) => title.invariant === invariant && title.verb === verb);
  return [
    ...names.filter((name) => !pages.includes(name)).map((name) => `${name} has no page docs/invariants/${name}.md`),
    ...pages.filter((page) => !names.includes(page)).map((page) => `docs/invariants/${page}.md is about no rule`),
    ...names.filter((name) => !tested(name, "accepts")).map((name) => `no test says [${name}] accepts …`),
    ...names.filter((name) => !tested(name, "refuses")).map((name) => `no test says [${name}] refuses …`),
    ...[...new Set(titles.map(({ invariant }) => invariant))]
      .filter((name) => !names.includes(name))
      .map((name) => `a test names ${name}, which is no rule`),
  ];
}

/** A page says in its own words: what the rule is, why, who runs it where, and what a person sees and does. */
function pageProblems(name: string, text: string): string[] {
  const lines = text.trim().split("\n");
  const said = (heading: string) => new RegExp(String.raw`^\*\*${heading}\.\*\* \S`, "m").test(text);
  return [
    ...(lines[0] === `# ${name}` ? [] : [`${name}: the first line is not its name`]),
    ...["Why", "Where", "What you see"].filter((heading) => !said(heading)).map((heading) => `${name}: nothing under ${heading}`),
    ...(lines.length >= 6 && lines.length <= 14 ? [] : [`${name}: ${String(lines.length)} lines`]),
  ];
}

/** The functions a page names as the place of its rule: each has to be in a file of that name still. */
const placesIn = (text: string) =>
  [...text.matchAll(/`(\w+)` in `([\w./-]+\.tsx?)`/g)].map(([, symbol = "", file = ""]) => ({ symbol, file }));

type Row = { readonly threat: string; readonly answer: string };

/** The rows of every table whose header says threat and answer. */
function threatRows(text: string): Row[] {
  let inTable = false;
  return text.split("\n").flatMap((line): Row[] => {
    const cells = line.split("|").slice(1, -1).map((cell) => cell.trim());
    if (/threat/i.test(cells[0] ?? "") && /answer/i.test(cells[1] ?? "")) inTable = true;
    else if (!line.startsWith("|")) inTable = false;
    else if (inTable && !/^-+$/.test(cells[0] ?? "")) return [{ threat: cells[0] ?? "", answer: cells[1] ?? "" }];
    return [];
  });
}

/** What is wrong with an answer: it names no rule and accepts nothing, or it names a rule that does not exist. */
function answerProblems({ threat, answer }: Row, rules: readonly string[]): string[] {
  const named = [...answer.matchAll(/`([A-Z]+(?:-[A-Z]+)+)`/g)].map(([, name = ""]) => name);
  const accepted = /Accepted, because \S/.test(answer);
  return [
    ...(named.length > 0 || accepted ? [] : [`nothing answers: ${threat}`]),
    ...named.filter((name) => !rules.includes(name)).map((name) => `no rule is called ${name}: ${threat}`),
  ];
}

const pages = textsIn("docs/invariants", (name) => /^[A-Z-]+\.md$/.test(name)).map(({ name, text }) => ({
  name: name.slice(0, -3),
  text,
}));
const workerRules = [...read("docs/invariants/worker.md").matchAll(/^## ([A-Z]+(?:-[A-Z]+)+)$/gm)].map(([, name = ""]) => name);
const threatModel = read("docs/threat-model.md");

describe("the rules", () => {
  const titles = ["lib/ceremony", "lib/register", "lib/accounts"].flatMap((folder) =>
    textsIn(folder, (name) => name.endsWith(".test.ts")).flatMap(({ text }) => titlesIn(text)),
  );

  test("in the code, in the pages and in the titles of the tests are the same", () => {
    expect(mismatches(INVARIANTS, pages.map(({ name }) => name), titles)).toEqual([]);
  });

  test("each have a page that says why, where, and what people see", () => {
    expect(pages.flatMap(({ name, text }) => pageProblems(name, text))).toEqual([]);
  });

  test("are told by their pages in the words of the app", () => {
    const untold = INVARIANTS.filter((name) => {
      const text = pages.find((page) => page.name === name)?.text ?? "";
      return !text.replace(/\s+/g, " ").includes(`“${refusalSentence(name).sentence}”`);
    });
    expect(untold.map((name) => `${name}: ${refusalSentence(name).sentence}`)).toEqual([]);
  });

  test("are enforced where their pages say", () => {
    const places = pages.flatMap(({ name, text }) => placesIn(text).map((place) => ({ name, ...place })));
    expect(pages.filter(({ name }) => !places.some((place) => place.name === name)).map(({ name }) => name)).toEqual([]);
    const gone = places.filter(({ symbol, file }) => !new RegExp(String.raw`\b${symbol}\b`).test(read(file)));
    expect(gone.map(({ name, symbol, file }) => `${name}: ${file} has no ${symbol}`)).toEqual([]);
  });

  test("of the worker's own are those that its page explains", () => {
    const source = read("worker/followed-ceremony.ts");
    const list = /WORKER_BLOCKS = \[([^\]]*)\]/.exec(source)?.[1] ?? "";
    const named = [...list.matchAll(/"([A-Z-]+)"/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    expect([...workerRules].sort()).toEqual([...named].sort());
  });
});

describe("the threat model", () => {
  const rows = threatRows(threatModel);

  test("answers every threat with rules that exist, or says why it is accepted", () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.flatMap((row) => answerProblems(row, [...INVARIANTS, ...workerRules]))).toEqual([]);
  });

  test("leaves no rule without a threat it answers", () => {
    const answers = rows.map(({ answer }) => answer).join("\n");
    expect([...INVARIANTS, ...workerRules].filter((name) => !answers.includes(`\`${name}\``))).toEqual([]);
  });

  test("assumes what the record says it assumes", () => {
    const listed = [...threatModel.matchAll(/^- \*\*(A\d+)\.\*\* (.+)$/gm)].map(([, id, sentence]) => ({ id, sentence }));
    expect(listed).toEqual(ASSUMPTIONS);
    const named = [...threatModel.matchAll(/\b(A\d+)\b/g)].map(([, id]) => id);
    expect(named.filter((id) => !ASSUMPTIONS.some((one) => one.id === id))).toEqual([]);
  });
});

describe("the checks above do fail", () => {
  const both: Titled[] = [{ invariant: "CHAIN-SEQ", verb: "accepts" }, { invariant: "CHAIN-SEQ", verb: "refuses" }];

  test("on a rule without a page, a page without a rule, a missing test, a title of no rule", () => {
    expect(mismatches(["CHAIN-SEQ"], ["CHAIN-SEQ"], both)).toEqual([]);
    expect(mismatches(["CHAIN-SEQ"], [], both)).toEqual(["CHAIN-SEQ has no page docs/invariants/CHAIN-SEQ.md"]);
    expect(mismatches([], ["CHAIN-SEQ"], [])).toEqual(["docs/invariants/CHAIN-SEQ.md is about no rule"]);
    expect(mismatches(["CHAIN-SEQ"], ["CHAIN-SEQ"], both.slice(1))).toEqual(["no test says [CHAIN-SEQ] accepts …"]);
    expect(mismatches(["CHAIN-SEQ"], ["CHAIN-SEQ"], both.slice(0, 1))).toEqual(["no test says [CHAIN-SEQ] refuses …"]);
    expect(mismatches([], [], both)).toEqual(["a test names CHAIN-SEQ, which is no rule"]);
  });

  test("titles are found in plain tests and tables, and not in tests that do not run", () => {
    const text = `
      const rows: [string, string][] = [["CHAIN-SEQ", "x"], ["TIME-ORDER", "y"]];
      test("[ROLE-MAY] accepts it", () => {});
      test.each([1])("[ROLE-ONE] refuses %s", () => {});
      test.each<[string, string]>([["STEP-OPEN", "a"]])("[%s] refuses %s", () => {});
      test.each([...new Set(rows.map(([name]) => name))])("[%s] accepts it", () => {});
      test.skip("[ACT-ONCE] refuses it", () => {});
      test.todo("[ACT-ONCE] accepts it");
      say("[NONCE-ONCE] refuses it");`;
    expect(titlesIn(text).map(({ invariant, verb }) => `${invariant} ${verb}`)).toEqual(
      ["ROLE-MAY accepts", "ROLE-ONE refuses", "STEP-OPEN refuses", "CHAIN-SEQ accepts", "TIME-ORDER accepts"],
    );
  });

  test("on a page without a why or a where", () => {
    const page = "# CHAIN-SEQ\n\nNumbers follow.\n\n**Why.** x\n\n**Where.** y\n\n**What you see.** z\n";
    expect(pageProblems("CHAIN-SEQ", page)).toEqual([]);
    expect(pageProblems("CHAIN-PREV", page)).toEqual(["CHAIN-PREV: the first line is not its name"]);
    expect(pageProblems("CHAIN-SEQ", page.replace("**Why.** x", "Because."))).toEqual(["CHAIN-SEQ: nothing under Why"]);
  });

  test("on a threat that nothing answers, and on an answer that names no rule there is", () => {
    const rows = threatRows(
      "| threat | answer |\n|---|---|\n| theft | `CHAIN-SEQ` |\n| fire | we hope |\n| flood | Accepted, because it is dry |\n| frost | `NO-FROST` |\n\n| a | b |\n|---|---|\n| c | d |\n",
    );
    expect(rows.map(({ threat }) => threat)).toEqual(["theft", "fire", "flood", "frost"]);
    expect(rows.flatMap((row) => answerProblems(row, ["CHAIN-SEQ"]))).toEqual([
      "nothing answers: fire",
      "no rule is called NO-FROST: frost",
    ]);
  });
});
