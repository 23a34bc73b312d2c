import type { Performed } from "#lib/ceremony/ceremony";
import type { OperationRequest } from "#lib/ceremony/script";
import { wordsIn, type Words } from "#lib/words/words";
import type { RoomBook } from "./room";

/** The names that stand in a request, as words want them. */
type Named = {
  readonly label: string;
  readonly algorithm: string;
  /** The other token the request names, or "the token". */
  readonly token: string;
  readonly to: string;
  readonly backup: string;
  readonly issuer: string;
};

/** What the worker is doing at the token, in words that follow "the worker is at the token:". */
export function workOf(request: OperationRequest, words: Words = wordsIn("en")): string {
  const say = words.of("work");
  const named = namedIn(request, say("theToken"));
  // What an operation names follows from the script, and which operations there are from the book: the compiler knows neither.
  const key = `doing.${request.operation}` as "doing.generate-key-pair";
  return say.has(key) ? say(key, named) : `${request.operation} ${named.label}`.trim();
}

/** What came of one operation, short enough for the folded line of its step; its facts, where they are what people want to see. */
export function workDone({ request, outcome }: Performed, book: RoomBook, words: Words = wordsIn("en")): string {
  const say = words.of("work");
  const key = `done.${request.operation}` as "done.generate-key-pair";
  if (say.has(key)) return say(key, namedIn(request, say("theToken")));
  const facts = book.find(request.operation)?.tell(request, outcome).facts ?? [];
  return facts.map(({ name, value }) => `${name}: ${value}`).join(", ");
}

function namedIn(request: OperationRequest, theToken: string): Named {
  const text = (name: string) => (typeof request[name] === "string" ? request[name] : "");
  const [label, algorithm, to, backup, issuer] = ["label", "algorithm", "to", "backup", "issuer"].map(text) as [string, string, string, string, string];
  return { label, algorithm, to, backup, issuer, token: text("token") || theToken };
}
