import type { Endorsement } from "#lib/ceremony/endorsement";
import { followRoster, type FollowedRoster } from "#lib/ceremony/roster-chain";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";

declare const chained: unique symbol;

/** A roster, and from when on it counted: null for the one that was trusted by itself. Only `chainRosters` makes one. */
export type ChainedRoster = {
  readonly [chained]: true;
  readonly roster: Roster;
  readonly from: string | null;
  readonly until: string | null;
};

/**
 * The rosters that follow from a trusted one, oldest first, each by the quorum of the one before, with when that was reached. Of
 * several that follow the same one, the highest version counts, as at the worker. `at` is the end of what is looked at.
 */
export async function chainRosters(
  verifier: SignatureVerifier,
  trusted: Roster,
  published: readonly Roster[],
  endorsements: (document: string) => Promise<readonly Endorsement[]>,
  at: string,
): Promise<readonly ChainedRoster[]> {
  const chain: { roster: Roster; from: string | null; until: string | null }[] = [{ roster: trusted, from: null, until: null }];
  for (let last = chain.at(-1); last; ) {
    const before = last.roster;
    const following: FollowedRoster[] = [];
    for (const next of published) {
      if (next.prev !== rosterHash(before)) continue;
      const followed = await followRoster(verifier, before, next, await endorsements(rosterHash(next)), at);
      if (followed.ok) following.push(followed.value);
    }
    const next = following.sort((a, b) => b.roster.version - a.roster.version)[0];
    if (!next) break;
    const from = reachedAt(next.endorsed.endorsements.map(({ statement }) => statement.at), before.quorum.approve);
    last.until = from;
    last = { roster: next.roster, from, until: null };
    chain.push(last);
  }
  return chain as unknown as readonly ChainedRoster[];
}

/** When so many people had signed: the time of the last one needed. */
export const reachedAt = (times: readonly string[], needed: number): string => [...times].sort()[needed - 1] ?? "";
