import { LINT, type LintCode, type Severity } from "#lib/ceremony/lint-code";
import { sentenceOf } from "#lib/ceremony/told";
import { lintScript, type LintedBy } from "#lib/lint/lint-script";
import type { Script } from "#lib/ceremony/script";
import { inOrder, parseScript, type ParsedScript } from "./read-script";
import type { YamlProblem } from "./yaml-source";

/** A finding as an editor or a terminal shows it: where, what, why it matters and what to do. Lines and columns count from 1. */
export type SourceLint = YamlProblem & {
  /** What is said, in English. */
  readonly sentence: string;
  readonly code: LintCode;
  readonly severity: Severity;
  readonly why: string;
  readonly remedy: string;
};

/** `script` and `hash` are null until the text has the shape of a script; the hash is what such a script would be known by. */
export type LintedSource = {
  readonly script: Script | null;
  readonly hash: string | null;
  readonly findings: readonly SourceLint[];
};

/** A script's YAML to everything that can be said about it, in the order of the file. Total: whatever is sent, it answers. */
export function lintSource(yaml: string, by: LintedBy): LintedSource {
  const parsed = parseScript(yaml);
  if (!parsed.ok) {
    return { script: null, hash: null, findings: parsed.refusal.map(({ code, ...problem }) => explained(problem, code)) };
  }
  const { script, hash } = parsed.value;
  return { script, hash, findings: inOrder(findingsIn(parsed.value, by)) };
}

const findingsIn = ({ script, source }: ParsedScript, by: LintedBy): SourceLint[] =>
  lintScript(script, by).map(({ code, path, said }) => explained({ ...source.placeOf(path), said }, code));

const explained = (problem: YamlProblem, code: LintCode): SourceLint => ({
  ...problem,
  code,
  sentence: sentenceOf(problem.said),
  ...LINT[code],
});
