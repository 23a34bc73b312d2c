import { daysAfter } from "#lib/ceremony/days";
import { ok, refuse, type Result } from "#lib/result";
import type { KnownKeys } from "./decide-use";
import { doesBy } from "./does-by";
import type { Grant } from "./grant";
import { mixedKey } from "./mixed-key";

/** Why a grant is not worth signing, with what in it. */
export type GrantFlaw = {
  readonly code: "GRANT-TIME" | "GRANT-LONG" | "GRANT-NAMES" | "GRANT-TOKENS" | "GRANT-MIXED" | "KEY-RECORDED" | "KEY-PURPOSE";
  readonly facts: { readonly [fact: string]: string };
};

/** A leap year and another: nobody remembers for longer what was once signed. */
const LONGEST_DAYS = 731;

/**
 * Whether custodians may be asked to sign a grant: whether it would let its account do what it says. What is refused here would be
 * refused at every use as well. `others`: what is in force of other accounts. Refuses GRANT-TIME for an end that is no time to come,
 * GRANT-LONG for one that is further off than two years, GRANT-NAMES where an alias or a key stands twice, GRANT-MIXED where whoever
 * signs raw bytes could write the tokens that somebody issues, GRANT-TOKENS where tokens are issued or verified of which nothing is said, or said of which none are, KEY-RECORDED for a
 * key that no ceremony made, KEY-PURPOSE for one that was not made for an operation or does it by none of the algorithms. One that
 * takes everything back is not asked what else it names.
 */
export function checkGrant(
  grant: Grant,
  { keys, others, at }: { readonly keys: KnownKeys; readonly others: readonly Grant[]; readonly at: string },
): Result<Grant, GrantFlaw> {
  const { account, until } = grant;
  if (until <= at) return flaw("GRANT-TIME", { account, until });
  if (until > daysAfter(at, LONGEST_DAYS)) return flaw("GRANT-LONG", { account, until });
  const names = grant.keys.flatMap(({ alias, keys: ids }) => [alias, ...ids]);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) return flaw("GRANT-NAMES", { name: twice });
  if (grant.clients.length === 0) return ok(grant);
  const mixed = mixedKey([grant, ...others.filter((other) => other.until > at)]);
  if (mixed !== null) return flaw("GRANT-MIXED", { key: mixed });
  for (const granted of grant.keys) {
    const { alias, tokens, operations, algorithms } = granted;
    const speaks = operations.some((one) => one === "issue-token" || one === "verify-token");
    if (speaks !== (tokens !== null)) return flaw("GRANT-TOKENS", { alias });
    for (const id of granted.keys) {
      const key = keys.get(id);
      if (!key) return flaw("KEY-RECORDED", { key: id, alias });
      const cannot = operations.find((operation) => !doesBy(key, operation).some((one) => algorithms.includes(one)));
      if (cannot !== undefined) return flaw("KEY-PURPOSE", { key: id, alias, operation: cannot, of: key.algorithm });
    }
  }
  return ok(grant);
}

const flaw = (code: GrantFlaw["code"], facts: GrantFlaw["facts"]): Result<never, GrantFlaw> => refuse({ code, facts });
