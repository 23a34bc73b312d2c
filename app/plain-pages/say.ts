import type { Language } from "#lib/words/language";

/** A text by its key, with what its placeholders stand for; a text of a group is at `group.name`. */
export type Say<Key extends string = string> = (key: Key, values?: Readonly<Record<string, string>>) => string;

export type Texts = { readonly [key: string]: string | { readonly [key: string]: string } };

/**
 * The texts of a page in one language. No message format is needed, and so none is in the page: placeholders are put in. A key
 * without a text is said as it is: what a record calls something that came after these words.
 */
export const sayFrom =
  <Key extends string>(texts: Readonly<Record<Language, Texts>>, language: Language): Say<Key> =>
  (key, values = {}) => {
    const [group = "", name] = key.split(".");
    const found = texts[language][group];
    const text = typeof found === "string" ? found : name === undefined ? undefined : found?.[name];
    return (text ?? name ?? key).replace(/\{(\w+)\}/g, (whole, placeholder: string) => values[placeholder] ?? whole);
  };
