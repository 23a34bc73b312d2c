import { GERMAN_FINDINGS } from "./german-findings";
import { GERMAN_PARSER } from "./german-parser";
import type { Language } from "./language";

/** What a check of the linter says, in the reader's language; what a parser puts together itself stays as it is. */
export const lintText = (language: Language) => (english: string): string =>
  language === "en" ? english : (GERMAN_FINDINGS[english] ?? GERMAN_PARSER[english] ?? english);
