"use client";

import { createContext, useContext, type ReactNode } from "react";
import type { Language } from "#lib/words/language";
import { wordsIn, type Area, type AreaWords } from "#lib/words/words";

const Chosen = createContext<Language>("en");

/** The language of everything inside. */
export function InLanguage({ language, children }: { language: Language; children: ReactNode }) {
  return <Chosen value={language}>{children}</Chosen>;
}

export const useLanguage = (): Language => useContext(Chosen);

/** The texts of an area in the reader's language. */
export const useWords = <A extends Area>(area: A): AreaWords<A> => wordsIn(useLanguage()).of(area);
