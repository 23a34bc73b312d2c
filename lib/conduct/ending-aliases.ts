import { useOf } from "#lib/accounts/decide-use";
import type { EndorsedGrant, GrantedKeys } from "#lib/accounts/grant";
import { daysAfter, DAY_MS } from "#lib/ceremony/days";
import { isMadeFor, isProtecting } from "#lib/register/may-use";
import type { RegisteredKey } from "#lib/register/registered-key";
import { WARNED_DAYS } from "./register-view";

type Keys = readonly RegisteredKey[];

/** A name by which an application protects something: behind it are keys, and each of them ends. */
export type NamedAlias = { readonly account: string; readonly alias: string };

/** One behind which no key is left that could go on. */
export type EndingAlias = NamedAlias & {
  /** The keys behind it, as the grant lists them. */
  readonly keys: readonly string[];
  /** Whole days until the last of them protects nothing any more; null where none does now. */
  readonly daysLeft: number | null;
};

/** One that a key stands behind, and whether another stands there that goes on after that key. */
export type FollowedAlias = NamedAlias & { readonly followed: boolean };

/**
 * The aliases that come to their end: of every application that is somebody and whose time is not over, each name by which it signs,
 * encrypts, wraps or makes MACs, behind which every key that can do so ends within a week and none waits to be activated or is good for
 * longer. A rotation makes a key and moves no name: an edition with the successor in front does, and until there is one the
 * application stops when its last key does. A suspended key counts by its own end, because it may come back; one without an end goes on.
 */
export function aliasesEnding(grants: Iterable<EndorsedGrant>, keys: Keys, at: string): readonly EndingAlias[] {
  const soon = daysAfter(at, WARNED_DAYS);
  return named(grants, at).flatMap(({ account, granted }): EndingAlias[] => {
    const able = ableIn(granted, keys);
    if (!keys.some((key) => granted.keys.includes(key.key) && protectsWith(granted, key))) return [];
    if (able.some((key) => goesOnAfter(key, soon))) return [];
    const last = able.reduce((latest, { endsAt }) => (endsAt !== null && endsAt > latest ? endsAt : latest), at);
    const daysLeft = last > at ? Math.floor((Date.parse(last) - Date.parse(at)) / DAY_MS) : null;
    return [{ account, alias: granted.alias, keys: granted.keys, daysLeft }];
  });
}

/** The applications that need a successor of that key: each name by which one protects something with it. */
export function aliasesOf(of: RegisteredKey, grants: Iterable<EndorsedGrant>, keys: Keys, at: string): readonly FollowedAlias[] {
  return named(grants, at).flatMap(({ account, granted }): FollowedAlias[] => {
    const able = ableIn(granted, keys);
    if (!granted.keys.includes(of.key) || !protectsWith(granted, of)) return [];
    const followed = able.some((key) => key.key !== of.key && goesOnAfter(key, of.endsAt ?? at));
    return [{ account, alias: granted.alias, followed }];
  });
}

/** Every name by which an application may do anything now, in a fixed order. */
const named = (grants: Iterable<EndorsedGrant>, at: string) =>
  [...grants]
    .filter(({ grant: { clients, until } }) => clients.length > 0 && until > at)
    .flatMap(({ grant: { account, keys } }) => keys.map((granted) => ({ account, granted })))
    .sort((a, b) => (`${a.account} ${a.granted.alias}` < `${b.account} ${b.granted.alias}` ? -1 : 1));

/** Whether a key of that kind and purpose protects anything by what is granted, whatever its state. */
const protectsWith = ({ operations }: GrantedKeys, key: RegisteredKey): boolean =>
  operations.some((operation) => {
    const use = operation === "public-key" ? null : useOf(key, operation);
    return use !== null && isProtecting(use) && isMadeFor(key, use);
  });

/** The keys behind an alias that protect, will, or can again. */
const ableIn = (granted: GrantedKeys, keys: Keys): Keys =>
  keys.filter((key) => granted.keys.includes(key.key) && LIVING.includes(key.state) && protectsWith(granted, key));
const LIVING: readonly RegisteredKey["state"][] = ["pre-activation", "active", "suspended"];

const goesOnAfter = ({ state, endsAt }: RegisteredKey, time: string): boolean => state === "pre-activation" || endsAt === null || endsAt > time;
