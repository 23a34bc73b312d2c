import { createTranslator } from "use-intl/core";
import { english, type English } from "./english";
import { german } from "./german";
import { LANGUAGES, REGION, type Language } from "./language";

export type Area = keyof English;

/** The texts of one area in one language: called with a key and what its placeholders stand for, both checked by type. */
export type AreaWords<A extends Area> = ReturnType<typeof createTranslator<English[A]>>;

/** Every text in one language. What is drawn for people takes it as an argument, also where nothing else comes from outside. */
export type Words = {
  readonly language: Language;
  of<A extends Area>(area: A): AreaWords<A>;
};

const catalogues = { en: english, de: german } as const;

function read(language: Language): Words {
  const made = new Map<Area, unknown>();
  return {
    language,
    of: <A extends Area>(area: A): AreaWords<A> => {
      // English stands for the type: a translation has the same keys (translation.ts), and the same placeholders (words.test.ts).
      const messages = catalogues[language][area] as English[A];
      const words = (made.get(area) as AreaWords<A> | undefined) ?? createTranslator<English[A]>({ locale: REGION[language], messages });
      made.set(area, words);
      return words;
    },
  };
}

const all = Object.fromEntries(LANGUAGES.map((language) => [language, read(language)])) as Record<Language, Words>;

/** Every text in that language. */
export const wordsIn = (language: Language): Words => all[language];
