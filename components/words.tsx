"use client";

import { createContext, useContext, type ReactNode } from "react";
import { languageOf, type Language } from "#lib/words/language";
import { wordsIn, type Area, type AreaWords, type Words } from "#lib/words/words";

const Chosen = createContext<Language>("en");

/** The language of everything inside. */
export function InLanguage({ language, children }: { language: Language; children: ReactNode }) {
  return <Chosen value={language}>{children}</Chosen>;
}

export const useLanguage = (): Language => useContext(Chosen);

/** The texts of an area in the reader's language. */
export const useWords = <A extends Area>(area: A): AreaWords<A> => wordsIn(useLanguage()).of(area);

/** Every text in the reader's language, for what is put together from several areas while a page is drawn. */
export const useAllWords = (): Words => wordsIn(useLanguage());

/**
 * Every text in the language of the page, for what runs in a browser and is no part of a page. Never while a page is drawn: a
 * server has no document to ask.
 */
export const wordsHere = (): Words => wordsIn(languageOf(typeof document === "undefined" ? "en" : document.documentElement.lang, null));
