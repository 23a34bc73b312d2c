import { sentenceOf, type Told } from "#lib/ceremony/told";
import { english } from "./english";
import { GERMAN_OPERATIONS } from "./german-operations";
import type { Language } from "./language";
import { reasonIn } from "./reason-in";
import type { Words } from "./words";

/** What one operation alone calls its rows and says in them, in every language but English, by the English. */
export type OwnRows = { readonly [language in Exclude<Language, "en">]: { readonly [row: string]: string } };

/** "SHA-256 of the public key" is filed under "sha256OfThePublicKey". */
export const factKey = (name: string): string =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .map((word, i) => (i === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join("");

const said = (text: string, area: "facts" | "attributes", words: Words, own?: OwnRows): string => {
  const rows = words.language === "en" ? undefined : own?.[words.language];
  if (rows && Object.hasOwn(rows, text)) return rows[text] ?? text;
  // Which names there are the operations say: the compiler knows neither them nor, here, the area.
  const say = words.of(area as "facts");
  const key = factKey(text) as "token";
  return Object.hasOwn(english[area], key) ? say(key) : text;
};

/**
 * What a row of an operation is called in the reader's language: as the operation itself says or, for rows that several have, the
 * catalogues; by its own name where neither knows it.
 */
export const factName = (name: string, words: Words, own?: OwnRows): string => said(name, "facts", words, own);

/** "can sign": what was read back of a key, in the reader's language; as it was said where the catalogues know no such thing. */
export const attributeIn = (text: string, words: Words, own?: OwnRows): string => said(text, "attributes", words, own);

/** A value that is words, in the reader's language. */
export const valueIn = (said: Told, { language }: Pick<Words, "language">, own?: OwnRows): string => toldIn(said, language, own);

/** What is told, in that language: by the operation's own words first. */
export function toldIn(said: Told, language: Language, own?: OwnRows): string {
  if (language === "en") return sentenceOf(said);
  const rows = { ...GERMAN_OPERATIONS, ...own?.[language] };
  return sentenceOf(said, (english) => (Object.hasOwn(rows, english) ? (rows[english] ?? english) : (reasonIn(english, language) ?? english)));
}

type Row = { readonly name: string; readonly value: string; readonly called?: Told; readonly said?: Told };

/** Rows as the reader reads them: named in their language, and so are values that are words; measured ones are as they are. */
export const factsIn = <F extends Row>(facts: readonly F[], words: Words, own?: OwnRows): readonly Omit<F, "called" | "said">[] =>
  facts.map(({ called, said, ...fact }) => ({
    ...fact,
    name: called ? valueIn(called, words, own) : factName(fact.name, words, own),
    value: said ? valueIn(said, words, own) : fact.value,
  }));

/** What is compared aloud, called in the reader's language. */
export const fingerprintIn = <F extends { readonly of: string }>(found: F | null, words: Words, own?: OwnRows): F | null =>
  found && { ...found, of: factName(found.of, words, own) };
