import type { Script } from "#lib/ceremony/script";
import { sentenceOf } from "#lib/ceremony/told";
import { book } from "#lib/operations/book";
import { lintSource, type SourceLint } from "#lib/script-source/lint-source";
import type { Language } from "#lib/words/language";
import { lintText } from "#lib/words/lint-text";
import { wordsIn } from "#lib/words/words";
import { PROFILES, type ProfileId } from "#lib/token/profile";

/** The editions there are already: an edition is published once. */
export type Published = { readonly script: string; readonly edition: number; readonly hash: string };

export const EDITION_TAKEN = "EDITION-TAKEN";
/** A finding of the linter, or that the library has this edition already. */
export type TextFinding = Omit<SourceLint, "code" | "said"> & { readonly code: SourceLint["code"] | typeof EDITION_TAKEN };

/** What a text is worth: the script and its hash as soon as its shape holds, and everything that is wrong with it. */
export type Examined = {
  readonly script: Script | null;
  readonly hash: string | null;
  readonly findings: readonly TextFinding[];
};

/**
 * Reads and lints a text in the browser, as the server will read it when it is published, but for what only the server's
 * typefaces
 * know. `profile`: the kind of HSM to judge by; null for the one that the script names.
 */
export function examineText(
  yaml: string,
  published: readonly Published[],
  profile: ProfileId | null,
  language: Language,
): Examined {
  const { script, hash, findings } = lintSource(yaml, { book, profiles: PROFILES, profile: profile ?? undefined });
  const taken = script && takenFinding(yaml, script, hash, published, language);
  const said = findings.map((finding) => inLanguage(finding, lintText(language)));
  return { script, hash, findings: taken ? [...said, taken] : said };
}

const inLanguage = ({ said, why, remedy, ...finding }: SourceLint, translate: (english: string) => string): TextFinding => ({
  ...finding,
  sentence: sentenceOf(said, translate),
  why: translate(why),
  remedy: translate(remedy),
});

/** Nothing that is found keeps this text from being published. */
export const isPublishable = ({ hash, findings }: Examined): boolean =>
  hash !== null && findings.every(({ severity }) => severity !== "error");

/** The next edition of a script that nobody has published yet. */
export const nextEdition = (script: string, published: readonly Published[]): number =>
  1 + Math.max(0, ...published.filter((one) => one.script === script).map(({ edition }) => edition));

/** The text with another edition number: the line that names it, and nothing else. */
export const withEdition = (yaml: string, edition: number): string =>
  yaml.replace(/^edition:.*$/m, `edition: ${String(edition)}`);

function takenFinding(
  yaml: string,
  { script, edition }: Script,
  hash: string | null,
  published: readonly Published[],
  language: Language,
): TextFinding | null {
  const words = wordsIn(language).of("scripts");
  const same = published.find((one) => one.script === script && one.edition === edition);
  if (!same) return null;
  const line = yaml.split("\n").findIndex((text) => text.startsWith("edition:")) + 1;
  return {
    line: Math.max(1, line),
    column: 1,
    severity: "error",
    code: EDITION_TAKEN,
    sentence: words(same.hash === hash ? "findings.takenAlike" : "findings.taken", { edition }),
    why: words("findings.takenWhy"),
    remedy: words("findings.takenRemedy", { next: nextEdition(script, published) }),
  };
}
