import { LineCounter, isAlias, isNode, parseDocument, visit, type Document } from "yaml";
import { checkScript, type Finding } from "#lib/ceremony/check-script";
import type { OperationBook } from "#lib/ceremony/operation";
import { scriptHash, type Script } from "#lib/ceremony/script";
import { Script as ScriptSchema } from "#lib/ceremony/script.schema";
import { CanonicalFault } from "#lib/log/canonical";
import { ok, refuse, type Result } from "#lib/result";

/** Something wrong in a script's YAML: where an editor can jump to, and a sentence. Lines and columns count from 1. */
export type SourceFinding = { readonly file: string; readonly line: number; readonly column: number; readonly sentence: string };

export type ReadScript = { readonly script: Script; readonly hash: string };

const MOST_BYTES = 256 * 1024;
const MOST_DEPTH = 24;
/** What prints like something else or turns the reading direction has no place in a text that people sign. */
const DECEPTIVE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

/**
 * A script's YAML 1.2 to its typed, canonical, hashed value. Refuses with every finding, in the order of the file:
 * syntax, doubled and unknown keys, aliases, control and direction characters, text that is not NFC, and everything
 * `checkScript` finds. Nothing is stored and nothing is guessed.
 */
export function readScript(yaml: string, file: string, book: OperationBook): Result<ReadScript, SourceFinding[]> {
  const at = (line: number, column: number, sentence: string): SourceFinding => ({ file, line, column, sentence });
  if (yaml.length > MOST_BYTES) return refuse([at(1, 1, `A script has at most ${String(MOST_BYTES / 1024)} KiB; this file is larger.`)]);
  const deceptive = DECEPTIVE.exec(yaml);
  if (deceptive) {
    const before = yaml.slice(0, deceptive.index).split("\n");
    const code = (deceptive[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return refuse([at(before.length, (before.at(-1)?.length ?? 0) + 1, `The invisible character U+${code} may not stand in a script.`)]);
  }
  if (depthOf(yaml) > MOST_DEPTH) return refuse([at(1, 1, "The file is nested deeper than any script is.")]);

  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true, strict: true, version: "1.2", prettyErrors: false });
  const place = (offset: number) => lines.linePos(offset);
  const errors = document.errors.map((error) => {
    const { line, col } = place(error.pos[0]);
    return at(line, col, `Not well-formed YAML: ${error.message}.`);
  });
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node)) return;
      const { line, col } = place(node.range?.[0] ?? 0);
      errors.push(at(line, col, "Aliases (*name) are not used in scripts: write the text where it is read."));
    },
  });
  if (errors.length > 0) return refuse(errors);

  const found = (findings: readonly Finding[]) => refuse(inOrder(findings.map((finding) => locate(document, lines, file, finding))));
  const parsed = ScriptSchema.safeParse(document.toJS());
  if (!parsed.success) {
    return found(parsed.error.issues.map((issue) => ({ path: issue.path.map((key) => (typeof key === "symbol" ? "" : key)), sentence: sentenceFor(issue) })));
  }
  const script = parsed.data as Script;
  let hash: string;
  try {
    hash = scriptHash(script);
  } catch (fault) {
    if (!(fault instanceof CanonicalFault)) throw fault;
    return found([{ path: fault.path.split("/").slice(1), sentence: `This cannot be hashed: ${fault.problem}.` }]);
  }
  const findings = checkScript(script, book);
  return findings.length > 0 ? found(findings) : ok({ script, hash });
}

/** Zod's issue as one sentence; unknown keys are named, because they are what people mistype. */
function sentenceFor(issue: { code?: string | undefined; message: string; keys?: unknown }): string {
  if (issue.code === "unrecognized_keys" && Array.isArray(issue.keys)) return `There is no key called ${issue.keys.join(" or ")} here.`;
  return `${issue.message}.`;
}

/** Where a path of the value stands in the file: its node, else the nearest one above it. */
function locate(document: Document, lines: LineCounter, file: string, finding: Finding): SourceFinding {
  for (let length = finding.path.length; length >= 0; length--) {
    const path = finding.path.slice(0, length).map((key) => (typeof key === "string" && /^\d+$/.test(key) ? Number(key) : key));
    const node: unknown = length === 0 ? document.contents : document.getIn(path, true);
    if (!isNode(node) || !node.range) continue;
    const { line, col } = lines.linePos(node.range[0]);
    return { file, line, column: col, sentence: finding.sentence };
  }
  return { file, line: 1, column: 1, sentence: finding.sentence };
}

const inOrder = (findings: SourceFinding[]): SourceFinding[] => findings.sort((a, b) => a.line - b.line || a.column - b.column);

/** Deepest nesting a reader could meet: brackets open at once, plus the deepest indentation in steps of one blank. */
function depthOf(yaml: string): number {
  let open = 0;
  let deepest = 0;
  for (const char of yaml) {
    if (char === "[" || char === "{") deepest = Math.max(deepest, ++open);
    if (char === "]" || char === "}") open = Math.max(0, open - 1);
  }
  const indents = yaml.match(/^ */gm)?.map((blank) => blank.length / 2) ?? [0];
  return Math.max(deepest, ...indents.slice(0, 20_000));
}
