import type { VerifiedListing } from "./verified-listing";

/** Where the listings of a token do not follow one another. */
export type BrokenListings = {
  readonly token: string;
  /** SHA-256 of the recorder's SubjectPublicKeyInfo. */
  readonly recorder: string;
  /** gap: the one before is not there. fork: two follow the same one. second-first: a second one says that it is the first. */
  readonly why: "gap" | "fork" | "second-first";
  /** The listing that shows it. */
  readonly listing: string;
  readonly at: string;
};

/**
 * Where the chain of listings is broken: each names the one before it of the same recorder and token, under the recorder's signature, so
 * that a listing with a finding in it cannot be taken out of the database without a trace here. The newest can, where the worker is
 * started anew after it: the next one then follows the one before, and only the log has a leaf of the one that is gone. In the order
 * of their time.
 */
export function brokenListings(listings: readonly VerifiedListing[]): readonly BrokenListings[] {
  const there = new Map(listings.map((one) => [one.hash, one.listing]));
  const followed = new Set<string>();
  const sorted = [...there].sort(([a, one], [b, other]) => (one.at === other.at ? (a < b ? -1 : 1) : one.at < other.at ? -1 : 1));
  return sorted.flatMap(([listing, { token, recorder, prev, at }]): BrokenListings[] => {
    const chain = `${recorder}/${token}`;
    const link = `${chain}/${prev ?? ""}`;
    const before = prev === null ? undefined : there.get(prev);
    const isThere = prev === null || (before?.recorder === recorder && before.token === token);
    const twice = followed.has(link);
    followed.add(link);
    if (!isThere) return [{ token, recorder, why: "gap", listing, at }];
    return twice ? [{ token, recorder, why: prev === null ? "second-first" : "fork", listing, at }] : [];
  });
}
