/** The languages that every text of the screens is kept in. English is the one that holds where nothing else is asked for. */
export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

/** As each language names itself: whoever looks for theirs cannot be expected to read another. */
export const LANGUAGE_NAMES = { en: "English", de: "Deutsch" } as const satisfies Record<Language, string>;

/** How each language writes dates and numbers. */
export const REGION = { en: "en-GB", de: "de-DE" } as const satisfies Record<Language, string>;

/** Where a browser keeps what its person chose; it holds nothing else. */
export const LANGUAGE_COOKIE = "claviger-language";

const known = (name: string | undefined): Language | undefined => LANGUAGES.find((one) => one === name);

/** The language somebody chose, else the best of those their browser asks for (RFC 9110 section 12.5.4), else English. */
export function languageOf(chosen: string | undefined, accepted: string | null): Language {
  const wanted = (accepted ?? "").split(",").flatMap((range) => {
    const [tag = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    const weight = Number(parameters.find((one) => one.startsWith("q="))?.slice(2) ?? 1);
    const language = known(tag.split("-")[0]);
    return language && weight > 0 ? [{ language, weight }] : [];
  });
  return known(chosen) ?? wanted.sort((a, b) => b.weight - a.weight)[0]?.language ?? "en";
}

/** The same, of the headers that a request came with. */
export function languageAsked(headers: { get(name: string): string | null }): Language {
  const cookies = (headers.get("cookie") ?? "").split(";").map((one) => one.trim().split("="));
  const chosen = cookies.find(([name]) => name === LANGUAGE_COOKIE)?.[1];
  return languageOf(chosen, headers.get("accept-language"));
}
