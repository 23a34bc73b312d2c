import type { Script } from "#lib/ceremony/script";
import { canonical, type Json } from "#lib/log/canonical";
import { ok, type Result } from "#lib/result";
import type { Administrator } from "./administrator";
import { object, type Objection } from "./objection";

/** Something wrong with a script's text, at a line, and what to do about it. */
export type SourceFinding = { readonly line: number; readonly sentence: string; readonly remedy: string };

/** Reads a script's YAML: the typed script and its hash, or everything that is wrong with it. */
export type ReadScript = (
  yaml: string,
  file: string,
) => Result<{ readonly script: Script; readonly hash: string }, readonly SourceFinding[]>;

/** Where published scripts are kept. */
export interface ScriptShelf {
  keep(script: {
    readonly hash: string;
    readonly script: string;
    readonly edition: number;
    readonly title: string;
    readonly yaml: string;
    readonly bytes: Uint8Array;
    readonly createdBy: string;
  }): Promise<"kept" | "same" | "taken">;
}

/**
 * Publishes an edition of a script: read, linted, canonicalised, hashed, and from then on never changed. Twice the same is
 * once.
 */
export async function publishScript(
  read: ReadScript,
  shelf: ScriptShelf,
  administrator: Administrator,
  form: { readonly yaml: string; readonly file?: string | undefined },
): Promise<Result<{ readonly hash: string; readonly script: string; readonly edition: number }, Objection>> {
  const found = read(form.yaml, form.file ?? "script.yaml");
  if (!found.ok)
    return object("SCRIPT-FINDINGS", {
      findings: found.refusal.map(({ line, sentence, remedy }) => `line ${String(line)}: ${sentence} ${remedy}`),
    });
  const { script, hash } = found.value;
  const { script: id, edition, title } = script;
  const bytes = canonical(script as unknown as Json);
  const kept = await shelf.keep({ hash, script: id, edition, title, yaml: form.yaml, bytes, createdBy: administrator.by });
  return kept === "taken" ? object("SCRIPT-TAKEN", { script: id, edition }) : ok({ hash, script: id, edition });
}
