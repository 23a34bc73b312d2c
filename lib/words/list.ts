import { REGION, type Language } from "./language";

/** "Ada, Bert and Cleo", "Ada, Bert or Cleo", as the language lists things. */
export function listed(names: readonly string[], language: Language, word: "and" | "or" = "and"): string {
  return new Intl.ListFormat(REGION[language], { type: word === "and" ? "conjunction" : "disjunction" }).format(names);
}
