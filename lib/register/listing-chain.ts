import type { VerifiedListing } from "./findings";

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
