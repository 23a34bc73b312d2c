import { secondScreen as german } from "#lib/words/de/second-screen";
import { secondScreen as english } from "#lib/words/en/second-screen";
import type { Language } from "#lib/words/language";

export type TextKey = keyof typeof english;
/** A text by its key, with what its placeholders stand for. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string>>) => string;

const TEXTS = { en: english, de: german } as const;

/** The texts of this page in one language. No message format is needed, and so none is in the page: placeholders are put in. */
export const sayIn =
  (language: Language): Say =>
  (key, values = {}) =>
    TEXTS[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
