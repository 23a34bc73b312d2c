import type { Words } from "./words";

/**
 * What a stable name means that the worker, a rule or PKCS#11 has for why work came to a halt, in a sentence of the reader's
 * language; null for a name that nobody has put into words. What stands behind a blank is the name's own business.
 */
export function haltMeaning(name: string, words: Words): string | null {
  const [code = ""] = name.split(" ");
  const halt = code as "KEY-NOT-FOUND";
  if (words.of("halts").has(halt)) return words.of("halts")(halt);
  const rule = `${code}.sentence` as "ENTRY-SHAPE.sentence";
  return words.of("refusals").has(rule) ? words.of("refusals")(rule) : null;
}
