import { verify as german } from "#lib/words/de/verify";
import { verify as english } from "#lib/words/en/verify";
import type { Language } from "#lib/words/language";

/** A text by its key, with what its placeholders stand for; a text of a group is at `group.name`. */
export type Say = (key: string, values?: Readonly<Record<string, string>>) => string;

type Texts = { readonly [key: string]: string | { readonly [key: string]: string } };
const TEXTS: Readonly<Record<Language, Texts>> = { en: english, de: german };

/** The texts of this page in one language. A key without a text is said as it is: a check that came after these words. */
export const sayIn =
  (language: Language): Say =>
  (key, values = {}) => {
    const [group = "", name] = key.split(".");
    const found = TEXTS[language][group];
    const text = typeof found === "string" ? found : name === undefined ? undefined : found?.[name];
    return (text ?? name ?? key).replace(/\{(\w+)\}/g, (whole, placeholder: string) => values[placeholder] ?? whole);
  };
