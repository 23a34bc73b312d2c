import { grantsAt, type EndorsedGrant, type Grant } from "#lib/accounts/grant";
import type { Mode } from "#lib/ceremony/roles";
import type { Opening } from "#lib/log/commitment";

/** A grant that was written down, with what has become of it. */
export type KeptGrant = {
  readonly hash: string;
  readonly grant: Grant;
  readonly openings: readonly Opening[];
  /** Null as long as no quorum has signed it. */
  readonly reached: EndorsedGrant | null;
  /** Who took the proposal back, and when: nobody is asked to sign it since. A quorum that signed nevertheless counts. */
  readonly withdrawn: { readonly by: string; readonly at: string } | null;
};

/** Every grant of a mode that was written down, at a moment. */
export type KeptGrants = { readonly at: string; readonly mode: Mode; readonly all: readonly KeptGrant[] };

/** What each account may do now, whether its time is over or not. */
export const grantsNow = ({ all, mode, at }: KeptGrants): ReadonlyMap<string, EndorsedGrant> =>
  grantsAt(all.flatMap(({ reached }) => reached ?? []), mode, at);

/** So far a paper that nobody signed may push the numbers of editions on: else one with the last number would end all editions. */
const LONGEST_STEP = 1_000;

/** The number of the next edition: above every one that was ever written down, so that none that was left behind can overtake it. */
export function nextEdition(grants: KeptGrants, account: string): number {
  const last = (grantsNow(grants).get(account)?.grant.edition ?? 0) + LONGEST_STEP;
  const written = grants.all.filter(({ grant }) => grant.account === account).map(({ grant }) => grant.edition);
  return 1 + Math.max(0, ...written.filter((edition) => edition <= last));
}

/**
 * in-force: the newest that a quorum signed. superseded: one before it. awaited: it can still come about. overtaken: a later one
 * counts already. ended: its time was over before enough had signed.
 */
export type GrantStanding = "in-force" | "superseded" | "awaited" | "withdrawn" | "overtaken" | "ended";

/** What a grant that was written down is worth now. */
export function grantStanding(grants: KeptGrants, { hash, grant, reached, withdrawn }: KeptGrant): GrantStanding {
  const current = grantsNow(grants).get(grant.account);
  if (reached) return current?.hash === hash ? "in-force" : "superseded";
  if (withdrawn) return "withdrawn";
  if (current && current.grant.edition >= grant.edition) return "overtaken";
  return grant.until <= grants.at ? "ended" : "awaited";
}

/** Whether custodians are asked to sign the grant of that hash. */
export function isAwaitedGrant(grants: KeptGrants, hash: string): boolean {
  const kept = grants.all.find((one) => one.hash === hash);
  return kept !== undefined && grantStanding(grants, kept) === "awaited";
}
