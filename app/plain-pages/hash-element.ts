import { fromHex } from "#lib/log/digest";
import { hashWords } from "#lib/log/words";
import { element } from "./element";

/** A hash as numbered pairs of words; so many of them, all by default. */
export function hashElement(hash: string, pairs = 16): HTMLOListElement {
  const words = hashWords(fromHex(hash));
  const list = Array.from({ length: Math.min(pairs, words.length / 2) }, (_, i) => words.slice(2 * i, 2 * i + 2).join(" "));
  return element("ol", { class: "words" }, ...list.map((pair) => element("li", {}, pair)));
}

/** The same in digits, in fours. */
export const hexElement = (hash: string): HTMLParagraphElement =>
  element("p", { class: "measured" }, hash.match(/.{4}/g)?.join(" ") ?? "");
