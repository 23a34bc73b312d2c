import { checkScript } from "#lib/ceremony/check-script";
import { LINT, type LintCode } from "#lib/ceremony/lint-code";
import type { OperationBook } from "#lib/ceremony/operation";
import { scriptHash, type Script } from "#lib/ceremony/script";
import { Script as ScriptSchema } from "#lib/ceremony/script.schema";
import { sentenceOf, told } from "#lib/ceremony/told";
import { hastyEnds } from "#lib/lint/hasty-ends";
import { CanonicalFault } from "#lib/log/canonical";
import { ok, refuse, type Result } from "#lib/result";
import { issueSentence } from "./issue-sentence";
import { MOST_PROBLEMS, readYaml, type Path, type Place, type YamlProblem, type YamlSource } from "./yaml-source";

/** Something wrong in a script's YAML: where an editor can jump to, a sentence, and what to do. Lines and columns count from 1. */
export type SourceFinding = YamlProblem & { readonly file: string; readonly sentence: string; readonly remedy: string };

export type ReadScript = { readonly script: Script; readonly hash: string };

/** A value of the shape of a script, whatever may be wrong with it beyond that, and where each part of it stands. */
export type ParsedScript = ReadScript & { readonly source: YamlSource };

/** Why a text has not even the shape of a script. */
export type ShapeProblem = YamlProblem & { readonly code: "YAML" | "SCHEMA" };

/**
 * A script's YAML to its typed, canonical, hashed value. Refuses with the findings in the order of the file: what
 * `readYaml` refuses, missing, unknown and malformed members, text that is not NFC, everything `checkScript` finds, and
 * what would be destroyed without a cooling-off time: the rule book performs such a script, but nobody publishes it. Nothing is stored and nothing is guessed.
 */
export function readScript(yaml: string, file: string, book: OperationBook): Result<ReadScript, SourceFinding[]> {
  const parsed = parseScript(yaml);
  if (!parsed.ok) return refuse(parsed.refusal.map(({ code, ...problem }) => inEnglish(file, code, problem)));
  const { script, hash, source } = parsed.value;
  const findings = [...checkScript(script, book), ...hastyEnds(script, book)];
  if (findings.length === 0) return ok({ script, hash });
  return refuse(inOrder(findings.map(({ code, path, said }) => inEnglish(file, code, { ...source.placeOf(path), said }))));
}

const inEnglish = (file: string, code: LintCode, { line, column, said }: YamlProblem): SourceFinding => ({
  ...{ file, line, column, said },
  sentence: sentenceOf(said),
  remedy: LINT[code].remedy,
});

/** A script's YAML to a value of its shape. Refuses as `readScript` does, but for unsoundness. */
export function parseScript(yaml: string): Result<ParsedScript, ShapeProblem[]> {
  const read = readYaml(yaml);
  if (!read.ok) return refuse(read.refusal.map((problem) => ({ ...problem, code: "YAML" })));
  const source = read.value;
  const parsed = ScriptSchema.safeParse(source.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => problemsOf(source, issue));
    return refuse(inOrder(problems.map((problem) => ({ ...problem, code: "SCHEMA" }))));
  }
  const script: Script = parsed.data;
  try {
    return ok({ script, hash: scriptHash(script), source });
  } catch (fault) {
    if (!(fault instanceof CanonicalFault)) throw fault;
    const path = fault.path.split("/").slice(1).map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    return refuse([{ ...source.placeOf(path), code: "YAML", said: told`This cannot be hashed: ${{ text: fault.problem, values: [] }}.` }]);
  }
}

function problemsOf(source: YamlSource, issue: Parameters<typeof issueSentence>[0] & { keys?: unknown }): YamlProblem[] {
  const path = issue.path.map((key) => (typeof key === "symbol" ? "" : key));
  if (issue.code === "unrecognized_keys" && Array.isArray(issue.keys)) {
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => ({ ...source.placeOfKey([...path, String(key)]), said: told`There is no ${String(key)} here.` }));
  }
  return [{ ...source.placeOf(path), said: issueSentence(issue, valueAt(source.value, path) === undefined) }];
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? (at as { [member: string]: unknown })[key] : undefined), value);

/** In the order of the file. */
export const inOrder = <P extends Place>(problems: P[]): P[] =>
  problems.sort((a, b) => a.line - b.line || a.column - b.column);
