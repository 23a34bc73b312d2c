import type { InvariantName } from "#lib/ceremony/refusal";
import { wordsIn, type Words } from "#lib/words/words";

/** What happened, in a plain sentence, and what to do now. */
export type Said = { readonly sentence: string; readonly remedy: string };

/** The sentence for a rule's refusal, and what to do now. Total over the rules: a rule without one does not compile. */
export function refusalSentence(invariant: InvariantName, words: Words = wordsIn("en")): Said {
  const say = words.of("refusals");
  return { sentence: say(`${invariant}.sentence`), remedy: say(`${invariant}.remedy`) };
}
