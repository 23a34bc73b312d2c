import { GERMAN_FINDINGS } from "./german-findings";
import type { Language } from "./language";

/** What a check of the linter says, in the reader's language; what it has no words for (a parser's own message) stays as it is. */
export const lintText = (language: Language) => (english: string): string =>
  language === "en" ? english : (GERMAN_FINDINGS[english] ?? english);
