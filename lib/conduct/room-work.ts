import type { Performed } from "#lib/ceremony/ceremony";
import type { OperationRequest } from "#lib/ceremony/script";
import { factsIn } from "#lib/words/fact-name";
import { wordsIn, type Words } from "#lib/words/words";
import type { RoomBook } from "./room";

/** What the worker is doing at the token, in words that follow "the worker is at the token:". */
export function workOf(request: OperationRequest, book: RoomBook, words: Words = wordsIn("en")): string {
  const doing = book.find(request.operation)?.work?.[words.language].doing ?? `${request.operation} {label}`;
  return filled(doing, request, words).trim();
}

/** What came of one operation, short enough for the folded line of its step; its facts, where they are what people want to see. */
export function workDone({ request, outcome }: Performed, book: RoomBook, words: Words = wordsIn("en")): string {
  const operation = book.find(request.operation);
  const done = operation?.work?.[words.language].done;
  if (done !== undefined) return filled(done, request, words);
  const facts = factsIn(operation?.tell(request, outcome).facts ?? [], words, operation?.rowsIn);
  return facts.map(({ name, value }) => `${name}: ${value}`).join(", ");
}

/** The text with the request's own in place of `{label}` and the like; a token that it does not name is the ceremony's own. */
function filled(text: string, request: OperationRequest, words: Words): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = request[name];
    if (typeof value === "string" && value !== "") return value;
    return name === "token" ? words.of("work")("theToken") : "";
  });
}
