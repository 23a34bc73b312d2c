import type { SecretAsked } from "#lib/ceremony/operation";
import type { Language } from "#lib/words/language";

/** What a secret is called in the reader's language, in words that follow "the first half of". */
export const secretTitle = ({ title, titleIn }: SecretAsked, language: Language): string =>
  language === "en" ? title : titleIn[language];
