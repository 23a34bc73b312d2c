import type { KeyOperation } from "#lib/accounts/grant";
import type { GrantFact } from "#lib/accounts/grant-facts";
import type { Fact } from "#lib/ceremony/operation";
import type { AreaWords } from "#lib/words/words";

/** What a list of a grant says in people's words; names of claims, keys and algorithms as they are. */
export function grantValues({ what, values }: Pick<GrantFact, "what" | "values">, words: AreaWords<"accounts">): readonly string[] {
  if (what === "random") return [words("allowed")];
  if (values.length === 0) return [words(what === "clients" ? "nobody" : "empty")];
  if (what === "operations") return values.map((one) => words(`operation.${one as KeyOperation}`));
  if (what === "until") return values.map((at) => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`);
  return what === "minutes" ? values.map((n) => words("minutes", { n: Number(n) })) : values;
}

/** What a grant says in one respect, in rows: every key of its own row, so that none hides in a list. */
export function grantFactRows(fact: GrantFact, words: AreaWords<"accounts">): readonly Fact[] {
  const name = grantFactName(fact, words);
  const said = grantValues(fact, words);
  const isHash = (fact.what === "keys" || fact.what === "clients") && fact.values.length > 0;
  return isHash ? said.map((value) => ({ name, value, measured: true })) : [{ name, value: said.join(", ") }];
}

export const grantFactName = ({ what, alias }: Pick<GrantFact, "what" | "alias">, words: AreaWords<"accounts">): string =>
  words(`fact.${what}`, { alias: alias ?? "" });
