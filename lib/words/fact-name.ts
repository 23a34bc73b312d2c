import type { Words } from "./words";

/** "SHA-256 of the public key" is filed under "sha256OfThePublicKey". */
export const factKey = (name: string): string =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .map((word, i) => (i === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join("");

const said = (text: string, area: "facts" | "attributes", words: Words): string => {
  // Which names there are the operations say: the compiler knows neither them nor, here, the area.
  const say = words.of(area as "facts");
  const key = factKey(text) as "form";
  return say.has(key) ? say(key) : text;
};

/** What a row of an operation is called in the reader's language; by its own name where the catalogues know no such row. */
export const factName = (name: string, words: Words): string => said(name, "facts", words);

/** "can sign": what was read back of a key, in the reader's language; as it was said where the catalogues know no such thing. */
export const attributeIn = (text: string, words: Words): string => said(text, "attributes", words);

type Named = { readonly name: string };

/** Rows as the reader reads them: named in their language, their values as the operation gives them. */
export const factsIn = <F extends Named>(facts: readonly F[], words: Words): readonly F[] =>
  facts.map((fact) => ({ ...fact, name: factName(fact.name, words) }));

/** What is compared aloud, called in the reader's language. */
export const fingerprintIn = <F extends { readonly of: string }>(found: F | null, words: Words): F | null =>
  found && { ...found, of: factName(found.of, words) };
