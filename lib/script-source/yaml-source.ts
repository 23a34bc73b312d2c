import { Lexer, LineCounter, isAlias, isMap, isNode, isScalar, parseDocument, visit, type Document } from "yaml";
import { deceptiveIn, deceptiveSentence } from "#lib/ceremony/deceptive";
import { told, type Told } from "#lib/ceremony/told";
import { ok, refuse, type Result } from "#lib/result";
import { parserSentence } from "./parser-sentence";

/** Lines and columns count from 1, as editors do. */
export type Place = { readonly line: number; readonly column: number };
export type YamlProblem = Place & { readonly said: Told };
export type Path = readonly (string | number)[];

/** A value read from YAML that knows where each part of it stands. */
export type YamlSource = {
  readonly value: unknown;
  /** Where the value at that path stands, else the nearest thing above it. */
  placeOf(path: Path): Place;
  /** Where the last member of the path is named: the key itself, not its value. */
  placeOfKey(path: Path): Place;
};

/** Longer than any script that people could review. */
export const MOST_BYTES = 256 * 1024;
/** Blanks, open brackets and dashes before anything on a line; a reader of YAML calls itself once for each level. */
const MOST_DEPTH = 64;
/** Who sent more mistakes than this sees the first ones. */
export const MOST_PROBLEMS = 50;

/**
 * YAML 1.2 as far as a text needs it that people review: maps with distinct names, lists, text, whole numbers, yes and no.
 * Refuses everything by which a file could mean something other than what it looks like, or never be read to its end:
 * size, depth, invisible characters, directives, tags, anchors and aliases, doubled and odd keys, several documents.
 */
export function readYaml(yaml: string): Result<YamlSource, YamlProblem[]> {
  if (yaml.length > MOST_BYTES) {
    return refuse([{ line: 1, column: 1, said: told`A script has at most ${MOST_BYTES / 1024} KiB; this file is larger.` }]);
  }
  const lines = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const early = deceptionOf(yaml) ?? depthOf(yaml);
  if (early) return refuse([early]);

  // uniqueKeys compares every key with every other; with many keys that takes minutes. `problemsOf` uses a set.
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: false, strict: true, version: "1.2", prettyErrors: false, logLevel: "error" });
  const syntax = document.errors.map((error) => ({
    ...place(error.pos[0]),
    said:
      error.code === "MULTIPLE_DOCS"
        ? told`A file holds one script; another document begins here.`
        : told`Not well-formed YAML: ${parserSentence(error.message)}.`,
  }));
  const problems = syntax.length > 0 ? syntax : problemsOf(document, place);
  const directive = /^%/m.exec(yaml);
  if (directive) problems.unshift({ ...place(directive.index), said: told`Directives (%) are not used in scripts.` });
  if (problems.length > 0) return refuse(problems.slice(0, MOST_PROBLEMS));

  const nodeAt = (path: Path): unknown => (path.length === 0 ? document.contents : document.getIn(path, true));
  const placeOf = (path: Path): Place => {
    const node = nodeAt(path);
    if (isNode(node) && node.range) return place(node.range[0]);
    return path.length === 0 ? { line: 1, column: 1 } : placeOf(path.slice(0, -1));
  };
  const placeOfKey = (path: Path): Place => {
    const map = nodeAt(path.slice(0, -1));
    const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
    return isScalar(pair?.key) && pair.key.range ? place(pair.key.range[0]) : placeOf(path);
  };
  return ok({ value: document.toJS() as unknown, placeOf, placeOfKey });
}

function problemsOf(document: Document.Parsed, place: (offset: number) => Place): YamlProblem[] {
  const problems: YamlProblem[] = [];
  const say = (node: unknown, said: Told) => {
    problems.push({ ...(isNode(node) && node.range ? place(node.range[0]) : { line: 1, column: 1 }), said });
  };
  visit(document, {
    Node: (_key, node) => {
      const { tag, anchor } = node as { tag?: string; anchor?: string };
      if (isAlias(node)) say(node, told`Aliases (*name) are not used in scripts: write the text where it is read.`);
      if (tag !== undefined) say(node, told`Tags (!name) are not used in scripts.`);
      if (anchor !== undefined) say(node, told`Anchors (&name) are not used in scripts.`);
    },
    Map: (_key, map) => {
      const names = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : undefined;
        if (typeof name !== "string" || name === "__proto__") say(key ?? map, told`A name here is a plain word.`);
        else if (names.has(name)) say(key, told`${name} is given twice.`);
        names.add(name);
      }
    },
  });
  return problems;
}

/** Comments count too: what is reviewed is the file. A carriage return is fine before a line feed and nowhere else. */
function deceptionOf(yaml: string): YamlProblem | null {
  const text = yaml.replaceAll("\r\n", "\n");
  const found = deceptiveIn(text);
  if (!found) return null;
  const before = text.slice(0, found.index).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, said: deceptiveSentence(found.name) };
}

/** Counts levels without making any: by the lexer, which knows brackets from text and never calls itself. */
function depthOf(yaml: string): YamlProblem | null {
  let line = 1;
  let flow = 0;
  let block = 0;
  for (const lexeme of new Lexer().lex(yaml)) {
    if (/^ +$/.test(lexeme) || /^[-?:]$/.test(lexeme)) block += lexeme.length;
    if (lexeme === "[" || lexeme === "{") flow++;
    if (lexeme === "]" || lexeme === "}") flow--;
    if (flow + block > MOST_DEPTH) return { line, column: 1, said: told`This is nested deeper than any script is.` };
    if (lexeme.includes("\n")) {
      block = 0;
      line += lexeme.split("\n").length - 1;
    }
  }
  return null;
}
