import type { Script } from "#lib/ceremony/script";
import { Script as ScriptSchema } from "#lib/ceremony/script.schema";
import { book } from "#lib/operations/book";
import { readScript } from "#lib/script-source/read-script";
import { readYaml } from "#lib/script-source/yaml-source";

/** A finding as the editor shows it: where, what, and, where the linter says so, why it matters and what to do. */
export type TextFinding = {
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly sentence: string;
  readonly code?: string;
  readonly why?: string;
  readonly remedy?: string;
};

/** What a text is worth: the script as soon as its shape holds, its hash when it is sound, and everything that is wrong with it. */
export type Examined = { readonly script: Script | null; readonly hash: string | null; readonly findings: readonly TextFinding[] };

/** The editions there are already: an edition is published once. */
export type Published = { readonly script: string; readonly edition: number; readonly hash: string };

/** Reads a text in the browser as the server will when it is published, except for what only the server's typefaces know. */
export function examineText(yaml: string, published: readonly Published[]): Examined {
  const read = readScript(yaml, "script.yaml", book);
  const script = read.ok ? read.value.script : shapeOf(yaml);
  const found: TextFinding[] = read.ok ? [] : read.refusal.map((finding) => ({ ...finding, severity: "error" }));
  const hash = read.ok ? read.value.hash : null;
  const taken = script && takenFinding(yaml, script, hash, published);
  return { script, hash, findings: taken ? [...found, taken] : found };
}

/** The next edition of a script that nobody has published yet. */
export const nextEdition = (script: string, published: readonly Published[]): number =>
  1 + Math.max(0, ...published.filter((one) => one.script === script).map(({ edition }) => edition));

/** The text with another edition number: the line that names it, and nothing else. */
export const withEdition = (yaml: string, edition: number): string => yaml.replace(/^edition:.*$/m, `edition: ${String(edition)}`);

export const EDITION_TAKEN = "EDITION-TAKEN";

function shapeOf(yaml: string): Script | null {
  const read = readYaml(yaml);
  return read.ok ? (ScriptSchema.safeParse(read.value.value).data ?? null) : null;
}

function takenFinding(yaml: string, { script, edition }: Script, hash: string | null, published: readonly Published[]): TextFinding | null {
  const same = published.find((one) => one.script === script && one.edition === edition);
  if (!same) return null;
  const line = yaml.split("\n").findIndex((text) => text.startsWith("edition:")) + 1;
  const at = { line: Math.max(1, line), column: 1, severity: "error" as const, code: EDITION_TAKEN };
  if (same.hash === hash) return { ...at, sentence: `Edition ${String(edition)} is published with exactly this content: there is nothing to publish yet.` };
  return { ...at, sentence: `Edition ${String(edition)} is published already and never changes; the next is ${String(nextEdition(script, published))}.` };
}
