import { verify } from "./de/verify";
import { GERMAN_REASONS } from "./german-reasons";
import type { Language } from "./language";

type Pattern = { readonly reads: RegExp; readonly german: string; readonly isOpen: boolean; readonly own: number };

/** What the verifier answers stands in English, as on its own page; which of its questions it answers, does not. */
const FAILED = Object.entries(verify.checks).map(([check, question]) => [`${check}: {0}`, `„${question}“ Nein: „{0}“`] as const);

const PLACE = /\{\d+\}/g;
const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/**
 * What stands around the places, and anything in them. First what begins with a place, and so is about what another says; then
 * whatever has more words of its own.
 */
const PATTERNS: readonly Pattern[] = [...Object.entries(GERMAN_REASONS), ...FAILED]
  .map(([english, german]) => ({
    reads: new RegExp(`^${english.split(PLACE).map(literally).join("(.+?)")}$`, "su"),
    german,
    isOpen: english.startsWith("{"),
    own: english.replaceAll(PLACE, "").length,
  }))
  .sort((one, other) => Number(other.isOpen) - Number(one.isOpen) || other.own - one.own);

/**
 * Why something was not to be had or cannot be read, in the reader's language: what the worker and the readers say as one English
 * text, put together of reasons and values. Null where nobody has put it into that language.
 */
export function reasonIn(text: string, language: Language): string | null {
  if (language === "en") return text;
  for (const { reads, german } of PATTERNS) {
    const found = reads.exec(text);
    if (found) return german.replaceAll(/\{(\d+)\}/g, (_, i: string) => reasonWithin(found[Number(i) + 1] ?? "", language));
  }
  return null;
}

/** A value may be a reason itself. */
const reasonWithin = (value: string, language: Language): string => reasonIn(value, language) ?? value;
