import type { Outcome, RecheckContext } from "#lib/ceremony/operation";
import { joined, told, type Told } from "#lib/ceremony/told";
import type { OperationRequest } from "#lib/ceremony/script";
import { canonicalText, type Json } from "#lib/log/canonical";
import { hex } from "#lib/log/digest";
import { ATTRIBUTE_NAMES, type ObjectReading } from "#lib/token/attributes";
import { namedObject, objectJson, readObject } from "./object-json";
import { OutcomeReader } from "./outcome-reader";
import { textOf } from "./parameters";
import { otherTokenOf } from "./token-json";

/** What is on the token against what should be: what was there before, and what this ceremony made. */
export interface Inventory {
  /** Private and secret keys on the token now. */
  readonly keys: number;
  /** Of these, how many this ceremony made. */
  readonly made: number;
  readonly before: number;
  /** Objects nobody accounts for, and objects that should be there and are not: each "class label id". */
  readonly unexpected: readonly string[];
  readonly missing: readonly string[];
  /** Objects that read otherwise than they did: each with what was read then and now. */
  readonly changed: readonly string[];
}

/** The objects that are keys of their own: public halves and certificates belong to one of them. */
export const keysAmong = (objects: readonly ObjectReading[]): readonly ObjectReading[] =>
  objects.filter(({ objectClass }) => objectClass === "private-key" || objectClass === "secret-key");

/**
 * One object by what cannot change under it. Public keys by their fingerprint too: another key under the same id is another
 * object.
 */
export const identityOf = ({ objectClass, label, id, spkiSha256 }: ObjectReading): string =>
  [objectClass, label, hex(id), ...(spkiSha256 === null ? [] : [spkiSha256])].join(" ");

/**
 * Compares a listing with the first listing of that token in the ceremony, and with everything its outcomes made on it and
 * destroyed there since: label, id, fingerprint and every attribute. Handles are not compared, because PKCS#11 gives them to a
 * session (2.40, section 2.2) and the same object may have another one in the next. Without a first listing there is no baseline, and
 * whatever the ceremony did not make is unexpected. `on` is the name of another token; null is the ceremony's own.
 */
export function takeInventory(
  objects: readonly ObjectReading[], earlier: RecheckContext["earlier"], on: string | null = null,
): Inventory {
  const first = earlier.findIndex(({ request, outcome }) => "objects" in outcome && otherTokenOf(request) === on);
  const before = first < 0 ? [] : listed(earlier[first]?.outcome["objects"] ?? []);
  const since = earlier.slice(first + 1);
  const madeObjects = since.flatMap(({ request, outcome }) => madeOn(request, outcome, on));

  const gone = new Set(since.flatMap(({ request, outcome }) => destroyedOn(request, outcome, on)).map(identityOf));
  const expected = [...before, ...madeObjects].filter((object) => !gone.has(identityOf(object)));
  const { unexpected, missing, changed } = matched(expected, objects);
  const here = new Set(madeObjects.map(identityOf));
  return {
    keys: keysAmong(objects).length,
    made: keysAmong(objects).filter((object) => here.has(identityOf(object))).length,
    before: keysAmong(before).length,
    unexpected: unexpected.map(identityOf).sort(),
    missing: missing.map(identityOf).sort(),
    changed: changed.sort(),
  };
}

/**
 * Finds each expected object among the present ones: first those that read the same in everything, then those with the same
 * identity, which have changed. Two objects may have one identity, and count as two.
 */
function matched(expected: readonly ObjectReading[], present: readonly ObjectReading[]) {
  const exact = pairUp(expected, present, (object) => canonicalText(objectJson(object)));
  const alike = pairUp(exact.left, exact.right, identityOf);
  return { missing: alike.left, unexpected: alike.right, changed: alike.pairs.map(([then, now]) => changeOf(then, now)) };
}

function pairUp(left: readonly ObjectReading[], right: readonly ObjectReading[], keyOf: (object: ObjectReading) => string) {
  const free = new Map<string, ObjectReading[]>();
  for (const object of right.toReversed()) {
    const key = keyOf(object);
    const alike = free.get(key);
    if (alike) alike.push(object);
    else free.set(key, [object]);
  }
  const pairs: [ObjectReading, ObjectReading][] = [];
  const alone: ObjectReading[] = [];
  for (const object of left) {
    const found = free.get(keyOf(object))?.pop();
    if (found) pairs.push([object, found]);
    else alone.push(object);
  }
  const taken = new Set(pairs.map(([, found]) => found));
  return { pairs, left: alone, right: right.filter((object) => !taken.has(object)) };
}

/** "private-key jwt 0a1b: EXTRACTABLE was false, is true". */
function changeOf(then: ObjectReading, now: ObjectReading): string {
  const told = (name: string, was: unknown, is: unknown) => (was === is ? [] : [`${name} was ${String(was)}, is ${String(is)}`]);
  const changes = [
    ...told("key type", then.keyType, now.keyType),
    ...told("algorithm", then.algorithm, now.algorithm),
    ...told("size", then.modulusBits, now.modulusBits),
    ...told("mechanism of its making", then.keyGenMechanism, now.keyGenMechanism),
    ...ATTRIBUTE_NAMES.flatMap((name) => told(name, then.attributes[name], now.attributes[name])),
  ];
  return `${identityOf(now)}: ${changes.join(", ")}`;
}

const CHANGED_NAMES: Readonly<Record<string, Told>> = {
  "key type": told`key type`,
  algorithm: told`algorithm`,
  size: told`size`,
  "mechanism of its making": told`mechanism of its making`,
};

const CHANGE = /^(.*?): ((?:key type|algorithm|size|mechanism of its making|[A-Z_]+) was .+)$/s;

/** What `changeOf` wrote, for a reader of any language; as it stands where it cannot be taken apart. */
export function changeInWords(change: string): Told {
  const [, object = "", rest = ""] = CHANGE.exec(change) ?? [];
  if (rest === "") return told`${change}`;
  const changes = rest.split(/, (?=[A-Za-z_ ]+ was )/).map((one) => {
    const [, name = "", was = "", is = ""] = /^(.+?) was (.*), is (.*)$/s.exec(one) ?? [];
    return name === "" ? told`${one}` : told`${CHANGED_NAMES[name] ?? name} was ${was}, is ${is}`;
  });
  return told`${namedObject(object)}: ${joined(changes, ", ")}`;
}

/** Objects of each kind that a deviation names; the outcome has them all. */
const NAMED = 20;

/**
 * The facts of the deviation that an inventory of that token gives rise to: how many objects appeared, vanished or changed without
 * an outcome, and their names. Null when none did. The first look at a token is the baseline: what it finds has not appeared, unless
 * the ceremony itself has initialised the token before.
 */
export function differenceOf(
  { unexpected, missing, changed }: Inventory, earlier: RecheckContext["earlier"], on: string | null,
): { readonly [fact: string]: string | number } | null {
  const known = earlier.some(
    ({ request, outcome }) => otherTokenOf(request) === on && ("objects" in outcome || "lost" in outcome),
  );
  const appeared = known ? unexpected : [];
  if (appeared.length + missing.length + changed.length === 0) return null;
  return {
    ...(on === null ? {} : { token: on }),
    unexpected: appeared.length,
    missing: missing.length,
    changed: changed.length,
    ...(appeared.length > 0 ? { appeared: someOf(appeared) } : {}),
    ...(missing.length > 0 ? { vanished: someOf(missing) } : {}),
    ...(changed.length > 0 ? { altered: someOf(changed) } : {}),
  };
}

/** What `someOf` put together, each object by its class in the reader's language, with what changed of it. */
export const objectsTold = (names: string): Told =>
  joined(
    names.split("; ").map((one) => {
      const more = /^and (\d+) more$/.exec(one)?.[1];
      return more === undefined ? objectTold(one) : told`and ${more} more`;
    }),
    "; ",
  );

const objectTold = (one: string): Told => (CHANGE.test(one) ? changeInWords(one) : namedObject(one));

const someOf = (names: readonly string[]): string =>
  [...names.slice(0, NAMED), ...(names.length > NAMED ? [`and ${String(names.length - NAMED)} more`] : [])].join("; ");

/** The objects an outcome says it put on that token: a key made there, or the copy of one. */
function madeOn(request: OperationRequest, outcome: Outcome, on: string | null): ObjectReading[] {
  const copy = textOf(request, "to") === on ? outcome["clone"] : undefined;
  const made = otherTokenOf(request) === on ? [outcome["privateKey"], outcome["publicKey"], outcome["secretKey"]] : [];
  return [...made, ...(Array.isArray(copy) ? (copy as Json[]) : [])].flatMap((object) => (object === undefined ? [] : [readObject(new OutcomeReader(object))]));
}

/** The objects an outcome says it took off that token. */
function destroyedOn(request: OperationRequest, outcome: Outcome, on: string | null): ObjectReading[] {
  if (otherTokenOf(request) !== on) return [];
  return listed(outcome["lost"] ?? ("left" in outcome ? (outcome["was"] ?? []) : []));
}

function listed(objects: Json): ObjectReading[] {
  return Array.isArray(objects) ? objects.map((object: Json) => readObject(new OutcomeReader(object))) : [];
}
