import { classNames } from "./class-names";

type TranslationsProps = { of: readonly { readonly language: string; readonly text: string }[]; className?: string };

/** What a script says in other languages, under its own text and smaller; each is read aloud by the rules of its language. */
export function Translations({ of, className }: TranslationsProps) {
  return of.map(({ language, text }) => (
    <p key={language} lang={language} className={classNames("text-quiet", className)}>
      {text}
    </p>
  ));
}

/** One of a step's texts in those languages; none where there is no such text. */
export const textsIn = <K extends "title" | "say" | "asked" | "purpose">(
  translations: readonly ({ readonly language: string } & { readonly [key in K]?: string | null })[],
  what: K,
): TranslationsProps["of"] =>
  translations.flatMap((one) => {
    const text: string | null | undefined = one[what];
    return text ? [{ language: one.language, text }] : [];
  });
