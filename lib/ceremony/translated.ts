import type { Step } from "./script";

/** Texts of a script in another language than its own, and the tag of that language (BCP 47). */
export type Translated<T> = T & { readonly language: string };

/**
 * A part of a script in each other language that it carries, in the order of the tags; none when it carries none. They are part of
 * the script and of its hash, and stand under its own text, which is the one that counts.
 */
export const translationsOf = <T extends object>(texts: { readonly [language: string]: T } | undefined): readonly Translated<T>[] =>
  Object.entries(texts ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([language, said]) => ({ ...said, language }));

/** A step's texts; `asked`: what the value of a check, or a piece of evidence, is called. */
export type TranslatedStep = Translated<{ readonly title: string; readonly say: string; readonly asked: string | null }>;

/** A step in each other language that the script carries. */
export const stepTranslations = (step: Step): readonly TranslatedStep[] =>
  translationsOf<{ title: string; say: string; value?: string; what?: string }>(step.in).map(
    ({ language, title, say, value, what }) => ({ language, title, say, asked: value ?? what ?? null }),
  );
