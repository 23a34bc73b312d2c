import { readFileSync } from "node:fs";
import path from "node:path";
import { LINT, type LintCode } from "#lib/ceremony/lint-code";

/** A text that no script is: what somebody sent, and the code of what is found in it. */
export type BadInput = readonly [what: string, yaml: string, code: LintCode];

const shipped = path.join(import.meta.dirname, "..", "ceremony", "scripts", "production-key-generation.yaml");
export const goodScript = readFileSync(shipped, "utf8");

/** The good script with one text in the place of another, which has to be there: or the test would test nothing. */
function edited(from: string, to: string): string {
  if (!goodScript.includes(from)) throw new Error(`the shipped script has no ${from}`);
  return goodScript.replaceAll(from, to);
}

const names = "abcdefghij".split("");
const laughs = names.map((name, i) => `${name}: &${name} [${(i === 0 ? "x," : `*${names[i - 1] ?? ""},`).repeat(9)}]`).join("\n");

/** What must come to a finding with a remedy, in under a second, and leave nothing behind, wherever it is handed in. */
export const BAD_INPUT: readonly BadInput[] = [
  ["a YAML bomb", laughs, "YAML"],
  ["ten megabytes", goodScript + "# x\n".repeat(2_600_000), "YAML"],
  ["ten megabytes of signs that take three bytes each", `a: ${"鍵".repeat(3_500_000)}`, "YAML"],
  ["deep nesting", `a: ${"[".repeat(100_000)}${"]".repeat(100_000)}`, "YAML"],
  ["tabs", edited("  - act: opening", "\t- act: opening"), "YAML"],
  ["a key given twice", edited("edition: 1", "edition: 1\nedition: 2"), "YAML"],
  ["a direction override", edited("title: Master key\n    in:", "title: Master \u202eyek\n    in:"), "YAML"],
  ["a direction override written as an escape", edited("title: Master key\n    in:", 'title: "Master \\u202eyek"\n    in:'), "TEXT-DECEPTIVE"],
  ["a label with letters that only look Latin", edited("jwt-signing-2026-11", "jwt-signin\u0261-2026-11"), "OPERATION-PARAMETERS"],
  ["nothing", "", "SCHEMA"],
];

/** What is to be done about such a finding. */
export const remedyOf = (code: LintCode): string => LINT[code].remedy;
