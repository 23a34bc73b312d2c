import type { VerifiedListing } from "./verified-listing";

/** The last of these by their own time, of the same time by their hash; null of none. */
const latest = (listings: readonly VerifiedListing[]): VerifiedListing | null =>
  listings.reduce<VerifiedListing | null>((a, b) => (a !== null && order(a) >= order(b) ? a : b), null);
const order = ({ hash, listing }: VerifiedListing): string => `${listing.at} ${hash}`;

/**
 * The newest listing of one recorder and token: the one that none of the others names as the one before it, whatever the clock said when
 * each was signed. After one that is known, the last that follows it, or itself. Of several ends, which only a broken chain has, the latest.
 */
export function newestInChain(listings: readonly VerifiedListing[], known: VerifiedListing | null): VerifiedListing | null {
  if (known === null) {
    const followed = new Set(listings.map(({ listing }) => listing.prev));
    return latest(listings.filter(({ hash }) => !followed.has(hash)));
  }
  let newest = known;
  for (;;) {
    const { hash } = newest;
    const next = latest(listings.filter(({ listing }) => listing.prev === hash));
    if (next === null) return newest;
    newest = next;
  }
}

const chainOf = ({ listing: { recorder, token } }: VerifiedListing): string => `${recorder}/${token}`;

/** The newest listing of each recorder and token, by its chain. */
export function newestOfChains(listings: readonly VerifiedListing[]): readonly VerifiedListing[] {
  const chains = new Map<string, VerifiedListing[]>();
  for (const one of listings) {
    const chain = chains.get(chainOf(one));
    if (chain) chain.push(one);
    else chains.set(chainOf(one), [one]);
  }
  return [...chains.values()].flatMap((chain) => newestInChain(chain, null) ?? []);
}

/**
 * Listings such that each stands after the one that it names as the one before it, whatever the clock said when each was signed; chains of
 * several recorders and tokens beside each other by their times, where a listing counts as no older than those before it.
 */
export function inChainOrder(listings: readonly VerifiedListing[]): readonly VerifiedListing[] {
  const there = new Map(listings.map((one) => [one.hash, one]));
  const before = (one: VerifiedListing): VerifiedListing | null => {
    const named = one.listing.prev === null ? undefined : there.get(one.listing.prev);
    return named && chainOf(named) === chainOf(one) ? named : null;
  };
  const places = new Map<string, { readonly at: string; readonly depth: number }>();
  for (const one of there.values()) {
    // As long as a chain is, and not one call inside another for each of it.
    const unplaced: VerifiedListing[] = [];
    for (let at: VerifiedListing | null = one; at !== null && !places.has(at.hash); at = before(at)) unplaced.push(at);
    for (const next of unplaced.reverse()) {
      const last = places.get(before(next)?.hash ?? "");
      const at = last && last.at > next.listing.at ? last.at : next.listing.at;
      places.set(next.hash, { at, depth: last ? last.depth + 1 : 0 });
    }
  }
  const place = ({ hash }: VerifiedListing) => places.get(hash) ?? { at: "", depth: 0 };
  return [...listings].sort((a, b) => {
    const [one, other] = [place(a), place(b)];
    return compare(one.at, other.at) || one.depth - other.depth || compare(a.hash, b.hash);
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
