import { canonical, canonicalText, hashOf, parseCanonical, type Json } from "#lib/log/canonical";
import { base64url, fromBase64url, sha256Hex, utf8 } from "#lib/log/digest";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { Difference } from "./compare-token";
import type { SignedExplanation } from "./key-change";
import { inChainOrder, newestOfChains } from "./listing-chain";
import type { Register } from "./registered-key";
import { MOST_DIFFERENCES, SignedListing as SignedSchema, TokenListing as ListingSchema } from "./token-listing.schema";
import type { TokenListing, VerifiedListing } from "./verified-listing";

/** As many differences as a listing names; where there are more, the last one says how many it does not. */
export const nameable = (all: readonly Difference[]): readonly Difference[] =>
  all.length <= MOST_DIFFERENCES
    ? all
    : [...all.slice(0, MOST_DIFFERENCES - 1), { kind: "more", object: String(all.length - MOST_DIFFERENCES + 1), key: null, changes: [] }];

/** Whether whoever reads the listing back will take it for one; no other is signed. */
export const isListing = (listing: TokenListing): boolean => ListingSchema.safeParse(listing).success;

/** The bytes a recorder signs for a listing: a domain, a zero byte, and the canonical listing. */
export const listingBytes = (listing: TokenListing): Uint8Array =>
  new Uint8Array([...utf8("claviger/listing-signature/v1\0"), ...canonical(listing as unknown as Json)]);

/** A listing with its signature, as it is kept. */
export const signedListing = (listing: TokenListing, signature: Uint8Array): Uint8Array =>
  canonical({ listing: listing as unknown as Json, signature: base64url(signature) });

/** A kept listing; null when it is none, or not signed by the recorder of that public key. */
export async function readListing(
  verifier: SignatureVerifier,
  recorderSpki: Uint8Array,
  bytes: Uint8Array,
): Promise<VerifiedListing | null> {
  let listing: TokenListing;
  let signature: Uint8Array;
  try {
    const parsed = SignedSchema.safeParse(parseCanonical(bytes));
    if (!parsed.success) return null;
    listing = parsed.data.listing;
    signature = fromBase64url(parsed.data.signature);
  } catch {
    return null;
  }
  if (listing.recorder !== sha256Hex(recorderSpki)) return null;
  return (await verifier.verify("ES256", recorderSpki, listingBytes(listing), signature)) ? { hash: sha256Hex(bytes), listing } : null;
}

/** A difference, from the listing in which it first stood. */
export type Finding = {
  readonly finding: string;
  readonly token: string;
  readonly difference: Difference;
  /** When it was found, and in which listing. */
  readonly at: string;
  readonly listing: string;
  /** When it was no longer there; null while it is. It is a finding all the same. */
  readonly gone: string | null;
  /** The explanation that closed it; null while it is open. */
  readonly explained: SignedExplanation | null;
};

/**
 * All findings of all tokens, the newest first: a difference that stands in a listing and not in the one before it opens one, and an
 * explanation of that very finding closes it. It is not found again while it stays; once it went and came back it is. Only whoever
 * found it can say that it went: another recorder's listing of the same token stands by itself. Which listing is the one before is what
 * the listing itself says, and not its time: the clock of a worker may have been put back.
 */
export function findingsFrom(listings: readonly VerifiedListing[], explanations: readonly SignedExplanation[]): readonly Finding[] {
  const found: Finding[] = [];
  const standing = new Map<string, Map<string, number>>();
  for (const { hash, listing } of inChainOrder(listings)) {
    const { token, at } = listing;
    const told = `${listing.recorder}/${token}`;
    const before = standing.get(told) ?? new Map<string, number>();
    const now = new Map<string, number>();
    for (const difference of listing.differences) {
      const text = canonicalText(difference);
      const known = before.get(text);
      now.set(text, known ?? found.length);
      if (known !== undefined) continue;
      found.push({ finding: findingId(hash, difference), token, difference, at, listing: hash, gone: null, explained: null });
    }
    for (const [text, place] of before) {
      const one = found[place];
      if (one && !now.has(text)) found[place] = { ...one, gone: at };
    }
    standing.set(told, now);
  }
  const explained = new Map([...explanations].reverse().map((one) => [one.explanation.finding, one]));
  return found.map((one) => ({ ...one, explained: explained.get(one.finding) ?? null })).reverse();
}

/** The same difference in another listing is another finding. */
export const findingId = (listing: string, difference: Difference): string =>
  hashOf({ v: "claviger/finding/v1", listing, difference });

/** Whether two listings say the same of their token, whenever they were made. */
export const sameDifferences = (a: readonly Difference[], b: readonly Difference[]): boolean =>
  canonicalText(a) === canonicalText(b);

/** SHA-256 of the SubjectPublicKeyInfo of the recorder that signed a ceremony's outcomes; null of one that is not known. */
export type RecorderOf = (ceremony: string) => string | null;

/** A token that holds keys of the register and of which no listing tells any more. */
export type SilentToken = {
  readonly token: string;
  /** When it was last listed; null where it never was. */
  readonly listedAt: string | null;
  /** When the next listing should have been there. */
  readonly due: string;
};

/** A listing that says the same is kept once a day, and each worker may miss one comparison. */
const KEPT_HOURS = 24;
const INTERVALS = 2;
/** Of listings that do not say how often their worker compares: what a worker is set to when nobody sets it. */
const USUAL_MINUTES = 60;

/**
 * Tokens on which keys of the register stand and whose last listing is older than a day and two intervals, by the interval that this
 * listing itself says: whoever stops the comparing is seen by that. One that was never listed is reckoned from its first key. Only
 * listings of a recorder that made or found a key there count, by the `recorderOf` its ceremony: no other knows what should be there. The
 * last of a recorder is the end of its chain: one that was signed while its clock was ahead keeps nobody quiet until then.
 */
export function silentTokens({ keys, at }: Register, listings: readonly VerifiedListing[], recorderOf: RecorderOf): readonly SilentToken[] {
  const since = new Map<string, string>();
  const knows = new Set<string>();
  for (const { places, history } of keys) {
    for (const { token, gone, since: by } of places) {
      if (gone !== null) continue;
      if (by.at < (since.get(token) ?? "~")) since.set(token, by.at);
      const seen = history.flatMap((one) => (one.what !== "changed" && one.where === token ? [one.by.ceremony] : []));
      for (const ceremony of [by.ceremony, ...seen]) knows.add(`${recorderOf(ceremony) ?? ""}/${token}`);
    }
  }
  const newest = newestOfChains(listings).map(({ listing }) => listing);
  return [...since].flatMap(([token, first]): SilentToken[] => {
    const last = newest
      .filter((listing) => listing.token === token && knows.has(`${listing.recorder}/${token}`))
      .reduce<TokenListing | null>((a, b) => (a !== null && a.at >= b.at ? a : b), null);
    const allowed = KEPT_HOURS * 60 + INTERVALS * (last?.minutes ?? USUAL_MINUTES);
    const due = new Date(Date.parse(last?.at ?? first) + allowed * 60_000).toISOString();
    return due < at ? [{ token, listedAt: last?.at ?? null, due }] : [];
  });
}
