import type { SecretAsked } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import type { Words } from "#lib/words/words";

/**
 * What a secret is called in the reader's language, in words that follow "the first half of"; as its operation calls it where the
 * catalogues know no such secret. `all` are the secrets of the same step: beside a new PIN, the other is the one that holds until then.
 */
export function secretTitle(
  { name, title, pinOf }: SecretAsked,
  all: readonly SecretAsked[],
  requests: readonly OperationRequest[],
  words: Words,
): string {
  const say = words.of("halves");
  const isReplaced = all.some((other) => other.name === `new-${name}` && other.pinOf === pinOf);
  const key = `secret.${isReplaced ? "old-" : ""}${name}` as "secret.user-pin";
  const backup = requests.map((request) => request["backup"]).find((one) => typeof one === "string");
  const values = { token: pinOf ?? "", backup: backup ?? "" };
  return say.has(key) ? say(key, values) : title;
}
