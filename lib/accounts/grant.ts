import type { z } from "zod";
import type { Endorsement, Voted } from "#lib/ceremony/endorsement";
import type { Refusal } from "#lib/ceremony/refusal";
import type { Mode } from "#lib/ceremony/roles";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { canonical, hashOf, parseCanonical } from "#lib/log/canonical";
import { base64url, sha256 } from "#lib/log/digest";
import type { ChainedRoster } from "#lib/register/chained-rosters";
import { reachUnderChain, type ReachedUnderChain } from "#lib/register/reach-under-chain";
import { ok, type Result } from "#lib/result";
import {
  Grant as GrantSchema,
  type CIPHER_ALGORITHMS,
  type ClientKey as ClientKeySchema,
  type GrantedKeys as GrantedKeysSchema,
  type KEY_OPERATIONS,
} from "./grant.schema";

/** What an application (a service account) may do with which keys: endorsed by a quorum, never a row that the app could write. */
export type Grant = z.infer<typeof GrantSchema>;
export type GrantedKeys = z.infer<typeof GrantedKeysSchema>;
export type ClientKey = z.infer<typeof ClientKeySchema>;
export type KeyOperation = (typeof KEY_OPERATIONS)[number];
export type CipherAlgorithm = (typeof CIPHER_ALGORITHMS)[number];
export type UseAlgorithm = GrantedKeys["algorithms"][number];

/** The document in kept bytes, or null when they are none. */
export function readGrant(bytes: Uint8Array): Grant | null {
  try {
    const parsed = GrantSchema.safeParse(parseCanonical(bytes));
    return parsed.success && isSound(parsed.data) ? parsed.data : null;
  } catch {
    return null;
  }
}

/** An alias means one set of keys, and so does a key. */
const isSound = ({ keys }: Grant): boolean => {
  const names = keys.flatMap(({ alias, keys: ids }) => [alias, ...ids]);
  return new Set(names).size === names.length;
};

export const grantToEndorse = (grant: Grant): Voted => {
  const { account, edition, until } = grant;
  return { what: "grant", hash: hashOf(grant), account, edition, until };
};

/** RFC 7638: SHA-256 of the canonical members, base64url. A client names its key by it. */
export const thumbprint = (key: ClientKey): string => base64url(sha256(canonical(key)));

declare const endorsed: unique symbol;

/** A grant that the quorum of the roster in force agrees to. Only `reachGrant` makes one. */
export type EndorsedGrant = ReachedUnderChain & { readonly [endorsed]: true; readonly grant: Grant };

/** The proof that a quorum agrees to a grant, under one roster of the chain. Refuses GRANT-ENDORSED. */
export async function reachGrant(
  verifier: SignatureVerifier,
  grant: Grant,
  chain: readonly ChainedRoster[],
  kept: readonly Endorsement[],
  until: string,
): Promise<Result<EndorsedGrant, Refusal>> {
  const reached = await reachUnderChain(verifier, { document: grantToEndorse(grant), written: grant.at }, chain, kept, until, "GRANT-ENDORSED");
  return reached.ok ? ok({ ...reached.value, grant } as EndorsedGrant) : reached;
}

/**
 * What each account may do at that moment, by its name: the newest edition that was agreed to by then, whether its time is over or
 * not, so that no older one comes back. Of two with one number the first agreed to counts.
 */
export function grantsAt(grants: readonly EndorsedGrant[], mode: Mode, at: string): ReadonlyMap<string, EndorsedGrant> {
  const newest = new Map<string, EndorsedGrant>();
  for (const one of grants.filter(({ grant, at: reached }) => grant.mode === mode && reached <= at)) {
    const before = newest.get(one.grant.account);
    if (!before || isLater(one, before)) newest.set(one.grant.account, one);
  }
  return newest;
}

function isLater(one: EndorsedGrant, before: EndorsedGrant): boolean {
  if (one.grant.edition !== before.grant.edition) return one.grant.edition > before.grant.edition;
  return one.at === before.at ? one.hash < before.hash : one.at < before.at;
}
