import type { Script } from "#lib/ceremony/script";
import { sentenceOf, type Told } from "#lib/ceremony/told";
import { canonical, type Json } from "#lib/log/canonical";
import { ok, type Result } from "#lib/result";
import { lintText } from "#lib/words/lint-text";
import type { Words } from "#lib/words/words";
import type { Administrator } from "./administrator";
import { compareEmergency, ordinaryOf, scriptsIn, type EditionShelf } from "./compare-emergency";
import { object, type Objection } from "./objection";

/** Something wrong with a script's text, at a line, and what to do about it, in English. */
export type SourceFinding = { readonly line: number; readonly said: Told; readonly remedy: string };

/** Reads a script's YAML: the typed script and its hash, or everything that is wrong with it. */
export type ReadScript = (
  yaml: string,
  file: string,
) => Result<{ readonly script: Script; readonly hash: string }, readonly SourceFinding[]>;

/** Where published scripts are kept. */
export interface ScriptShelf extends EditionShelf {
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
 * once. What is wrong with it is told in `words`. An emergency script is held against the ordinary one that it stands in for.
 */
export async function publishScript(
  read: ReadScript,
  shelf: ScriptShelf,
  administrator: Administrator,
  form: { readonly yaml: string; readonly file?: string | undefined },
  words: Words,
): Promise<Result<{ readonly hash: string; readonly script: string; readonly edition: number }, Objection>> {
  const found = read(form.yaml, form.file ?? "script.yaml");
  if (!found.ok) {
    const [say, translate] = [words.of("scripts"), lintText(words.language)];
    return object("SCRIPT-FINDINGS", {
      findings: found.refusal.map(({ line, said, remedy }) =>
        say("findings.inLine", { line: String(line), sentence: sentenceOf(said, translate), remedy: translate(remedy) }),
      ),
    });
  }
  const { script, hash } = found.value;
  const { script: id, edition, title } = script;
  const named = ordinaryOf(script);
  const stricter = compareEmergency(script, named === null ? [] : scriptsIn(await shelf.editions(named)));
  if (!stricter.ok) return stricter;
  const bytes = canonical(script as unknown as Json);
  const kept = await shelf.keep({ hash, script: id, edition, title, yaml: form.yaml, bytes, createdBy: administrator.by });
  return kept === "taken" ? object("SCRIPT-TAKEN", { script: id, edition }) : ok({ hash, script: id, edition });
}
