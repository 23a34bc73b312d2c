import { GERMAN_FINDINGS } from "./german-findings";
import { GERMAN_OPERATIONS } from "./german-operations";
import type { Language } from "./language";
import { reasonIn } from "./reason-in";

/** What a check of the linter or an operation says, in the reader's language; so is a reason that it hands on in one piece. */
export const lintText = (language: Language) => (english: string): string =>
  language === "en" ? english : (GERMAN_FINDINGS[english] ?? GERMAN_OPERATIONS[english] ?? reasonIn(english, language) ?? english);
