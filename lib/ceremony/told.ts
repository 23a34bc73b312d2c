/**
 * A sentence and what it is about: `text` is English with {0}, {1} … where a value goes, and is what a translation stands under
 * (lib/words/german-findings). A value may be such a sentence's part itself.
 */
export type Told = { readonly text: string; readonly values: readonly (string | Told)[] };

/** told`All ${3} custodians have to agree.` */
export const told = (texts: TemplateStringsArray, ...values: readonly (string | number | Told)[]): Told => ({
  text: texts.reduce((text, next, i) => `${text}{${String(i - 1)}}${next}`),
  values: values.map((value) => (typeof value === "number" ? String(value) : value)),
});

/** Parts one after the other, in any language. */
export const joined = (parts: readonly (string | Told)[], by: string): Told => ({
  text: parts.map((_, i) => `{${String(i)}}`).join(by),
  values: parts,
});

/** The sentence, its texts taken from `translate`; English where it is left out. */
export const sentenceOf = ({ text, values }: Told, translate: (text: string) => string = (same) => same): string =>
  translate(text).replaceAll(/\{(\d+)\}/g, (place, i: string) => {
    const value = values[Number(i)];
    return value === undefined ? place : typeof value === "string" ? value : sentenceOf(value, translate);
  });
