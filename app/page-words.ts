import { headers } from "next/headers";
import { languageAsked, type Language } from "#lib/words/language";
import { wordsIn, type Area, type AreaWords } from "#lib/words/words";

/** The language of whoever asked for the page that is being rendered. */
export const pageLanguage = async (): Promise<Language> => languageAsked(await headers());

/** The texts of an area in that language, for the parts of a page that the server renders. */
export const pageWords = async <A extends Area>(area: A): Promise<AreaWords<A>> => wordsIn(await pageLanguage()).of(area);
