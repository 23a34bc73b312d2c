import type { Fact, TokenSerials } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import { facts as german } from "#lib/words/de/facts";
import { factKey, toldIn, type OwnRows } from "#lib/words/fact-name";
import type { Language } from "#lib/words/language";

/** What an operation says in the reader's language: its sentence where that is not the approved one, and its rows. */
export type OperationIn = { readonly translation: string | null; readonly facts: readonly Fact[] };

/**
 * The operation of a statement in that language, made of the same parameters as the approved English. The page carries the words of
 * rows and no other catalogue.
 */
export function operationIn(language: Language, request: object, token: TokenSerials, facts: readonly Fact[]): OperationIn {
  if (language === "en") return { translation: null, facts };
  const asked = request as OperationRequest;
  const rules = book.find(asked.operation);
  return {
    translation: rules?.sentenceIn[language](asked, token) ?? null,
    facts: facts.map(({ name, value, said, called, ...fact }) => ({
      ...fact,
      name: called ? toldIn(called, language, rules?.rowsIn) : nameIn(name, language, rules?.rowsIn),
      value: said ? toldIn(said, language, rules?.rowsIn) : value,
    })),
  };
}

function nameIn(name: string, language: Exclude<Language, "en">, own: OwnRows | undefined): string {
  const rows = own?.[language] ?? {};
  if (Object.hasOwn(rows, name)) return rows[name] ?? name;
  const key = factKey(name);
  return Object.hasOwn(german, key) ? german[key as keyof typeof german] : name;
}
