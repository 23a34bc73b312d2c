import { algorithmsGranted, useOf } from "#lib/accounts/decide-use";
import type { EndorsedGrant, GrantedKeys, KeyOperation } from "#lib/accounts/grant";
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
 * encrypts, wraps or makes MACs, and one of these that every key which can do it by a granted algorithm ends within a week, where none
 * waits to be activated or is good for longer. A rotation makes a key and moves no name: an edition with the successor in front does, and
 * until there is one the application stops when its last key does. A successor of another algorithm than the grant names is none. A
 * suspended key counts by its own end, because it may come back; one without an end goes on.
 */
export function aliasesEnding(grants: Iterable<EndorsedGrant>, keys: Keys, at: string): readonly EndingAlias[] {
  const soon = daysAfter(at, WARNED_DAYS);
  return named(grants, at).flatMap(({ account, granted }): EndingAlias[] => {
    const behind = keys.filter((key) => granted.keys.includes(key.key));
    const lasts = granted.operations.flatMap((operation): string[] => {
      const doing = behind.filter((key) => protectsBy(granted, key, operation));
      const able = doing.filter(isLiving);
      if (doing.length === 0 || able.some((key) => goesOnAfter(key, soon))) return [];
      return [able.reduce((latest, { endsAt }) => (endsAt !== null && endsAt > latest ? endsAt : latest), at)];
    });
    const first = lasts.sort()[0];
    if (first === undefined) return [];
    const daysLeft = first > at ? Math.floor((Date.parse(first) - Date.parse(at)) / DAY_MS) : null;
    return [{ account, alias: granted.alias, keys: granted.keys, daysLeft }];
  });
}

/** The applications that need a successor of that key: each name by which one protects something with it, and whether all of that goes on. */
export function aliasesOf(of: RegisteredKey, grants: Iterable<EndorsedGrant>, keys: Keys, at: string): readonly FollowedAlias[] {
  const end = of.endsAt !== null && of.endsAt > at ? of.endsAt : at;
  return named(grants, at).flatMap(({ account, granted }): FollowedAlias[] => {
    const done = granted.keys.includes(of.key) ? granted.operations.filter((operation) => protectsBy(granted, of, operation)) : [];
    if (done.length === 0) return [];
    const others = keys.filter((key) => granted.keys.includes(key.key) && key.key !== of.key && isLiving(key) && goesOnAfter(key, end));
    const followed = done.every((operation) => others.some((key) => protectsBy(granted, key, operation)));
    return [{ account, alias: granted.alias, followed }];
  });
}

/** Every name by which an application may do anything now, in a fixed order. */
const named = (grants: Iterable<EndorsedGrant>, at: string) =>
  [...grants]
    .filter(({ grant: { clients, until } }) => clients.length > 0 && until > at)
    .flatMap(({ grant: { account, keys } }) => keys.map((granted) => ({ account, granted })))
    .sort((a, b) => (`${a.account} ${a.granted.alias}` < `${b.account} ${b.granted.alias}` ? -1 : 1));

/** Whether a key of that kind, purpose and algorithm protects anything by that operation as it is granted, whatever the key's state. */
function protectsBy(granted: GrantedKeys, key: RegisteredKey, operation: KeyOperation): boolean {
  const use = operation === "public-key" ? null : useOf(key, operation);
  return use !== null && isProtecting(use) && isMadeFor(key, use) && algorithmsGranted(granted, key, operation).length > 0;
}

/** Whether it protects, will, or can again. */
const isLiving = ({ state }: RegisteredKey): boolean => LIVING.includes(state);
const LIVING: readonly RegisteredKey["state"][] = ["pre-activation", "active", "suspended"];

const goesOnAfter = ({ state, endsAt }: RegisteredKey, time: string): boolean => state === "pre-activation" || endsAt === null || endsAt > time;
