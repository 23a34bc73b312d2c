import type { TokenSerials } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import type { Operation } from "#lib/operations/operation";
import type { Language } from "#lib/words/language";

/**
 * What an operation's sentence says in the reader's language, made of the same parameters; null where that is the language it is
 * approved and signed in, and for an operation that this program does not know.
 */
export const translatedSentence = (
  operation: Partial<Pick<Operation, "sentenceIn">> | null,
  request: OperationRequest,
  token: TokenSerials,
  language: Language,
): string | null => (language === "en" ? null : (operation?.sentenceIn?.[language](request, token) ?? null));
