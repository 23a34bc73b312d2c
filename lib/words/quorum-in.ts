import { listed } from "./list";
import type { Words } from "./words";

type Rule = {
  readonly approve: number;
  readonly of: number;
  readonly and?: readonly { readonly group: string; readonly approve: number }[] | undefined;
};

/** "3 of 5 custodians, among them 1 security officer", in the reader's language; groups are called as the roster calls them. */
export function quorumIn(words: Words, { approve, of, and = [] }: Rule): string {
  const scripts = words.of("scripts");
  if (and.length === 0) return scripts("quorum", { approve, of });
  const groups = and.map(({ group, approve: n }) => scripts("inGroup", { n, group: group.replaceAll("-", " ") }));
  return scripts("quorumAmong", { approve, of, groups: listed(groups, words.language) });
}
