import type { z } from "zod";
import { canonicalText } from "#lib/log/canonical";
import { hex } from "#lib/log/digest";
import { identityOf } from "#lib/operations/inventory";
import { objectJson } from "#lib/operations/object-json";
import { ATTRIBUTE_NAMES, type ObjectReading } from "#lib/token/attributes";
import type { KeyPlace, Register } from "./registered-key";
import type { Difference as DifferenceSchema } from "./token-listing.schema";

export type Difference = z.infer<typeof DifferenceSchema>;

/** A key of the worker itself: no ceremony made it, and it is known by its id and public key. */
export type OwnKey = { readonly id: Uint8Array; readonly spkiSha256: string };

type Expected = { readonly key: string; readonly object: ObjectReading };

/**
 * What a token holds against what the register says that it holds: objects that no outcome accounts for, objects that are not
 * there, attributes and labels that read otherwise than they did, keys that are there though they were destroyed, and active keys
 * whose time is over. `checkValues`, by CKA_ID in hex, are what it says of secret keys by now: another value is another key under the
 * same name. Of a private half nothing can be had but its attributes; its public half is known by its fingerprint. Sorted, so that
 * the same token gives the same differences.
 */
export function compareToken(
  objects: readonly ObjectReading[],
  register: Register,
  token: string,
  own: readonly OwnKey[],
  checkValues: ReadonlyMap<string, string> = new Map(),
): readonly Difference[] {
  const here = register.keys.flatMap(({ key, places }) =>
    places.filter(standsOn(token)).flatMap((place) => place.objects.map((object) => ({ key, object }))),
  );
  const destroyed = new Set(register.keys.flatMap(({ key, state }) => (state === "destroyed" ? [key] : [])));
  const steps: ((object: ObjectReading) => string)[] = [whole, identityOf, byId, byLabel];
  let [expected, present]: [readonly Expected[], readonly ObjectReading[]] = [here, withoutOwn(objects, own)];
  const differences: Difference[] = [];
  for (const step of steps) {
    const found = pairUp(expected, present, step);
    [expected, present] = [found.expected, found.present];
    differences.push(...found.pairs.flatMap(([then, now]) => differencesOf(then, now)));
    differences.push(...found.pairs.flatMap(([{ key }, now]) => (destroyed.has(key) ? [unaccounted(now, key, destroyed)] : [])));
  }
  const keyOf = keysOnce(register, token);
  differences.push(
    ...expected.map(({ key, object }) => ({ kind: "missing-object" as const, object: named(object), key, changes: [] })),
    ...present.map((object) => unaccounted(object, keyOf(object), destroyed)),
    ...otherValues(register, token, checkValues),
    ...lapsed(register, token),
  );
  return differences.sort((a, b) => (canonicalText(a) < canonicalText(b) ? -1 : 1));
}

/** An object that nothing accounts for: no ceremony's, or of a key that was destroyed, whoever put it back. */
const unaccounted = (object: ObjectReading, key: string | null, destroyed: ReadonlySet<string>): Difference => ({
  kind: key !== null && destroyed.has(key) ? "back-from-destroyed" : "unknown-object",
  object: named(object),
  key,
  changes: [],
});

/** The key that an object is of: by its public key, or by the class, id and label under which it stood on this token once. */
function keysOnce({ keys }: Register, token: string): (object: ObjectReading) => string | null {
  const byKey = new Map(keys.flatMap(({ key, spkiSha256 }) => (spkiSha256 === null ? [] : [[spkiSha256, key] as const])));
  const stood = keys.flatMap(({ key, places }) =>
    places.filter((place) => place.token === token && place.gone !== null).flatMap(({ objects }) => objects.map((one) => [named(one), key] as const)),
  );
  const byPlace = new Map(stood);
  return (object) => (object.spkiSha256 === null ? byPlace.get(named(object)) : byKey.get(object.spkiSha256)) ?? null;
}

const named = (object: ObjectReading): string => identityOf(object).normalize("NFC");
const whole = (object: ObjectReading): string => canonicalText(objectJson(object));
/** The same class and id, and of a public key the same key: only then is it the same object under another label. */
const byId = ({ objectClass, id, spkiSha256 }: ObjectReading): string => `${objectClass}/${hex(id)}/${spkiSha256 ?? ""}`;
/** The same class and label; a public key is known by its fingerprint whatever it is called. */
const byLabel = ({ objectClass, label, spkiSha256 }: ObjectReading): string => `${objectClass}/${spkiSha256 ?? label.normalize("NFC")}`;

function pairUp(expected: readonly Expected[], present: readonly ObjectReading[], keyOf: (object: ObjectReading) => string) {
  const free = new Map<string, ObjectReading[]>();
  for (const object of present) free.set(keyOf(object), [...(free.get(keyOf(object)) ?? []), object]);
  const pairs: [Expected, ObjectReading][] = [];
  const alone: Expected[] = [];
  for (const one of expected) {
    const found = free.get(keyOf(one.object))?.shift();
    if (found) pairs.push([one, found]);
    else alone.push(one);
  }
  return { pairs, expected: alone, present: [...free.values()].flat() };
}

function differencesOf({ key, object: then }: Expected, now: ObjectReading): Difference[] {
  const told = (name: string, was: unknown, is: unknown) => (was === is ? [] : [{ name, was: String(was), is: String(is) }]);
  const moved = [...told("label", then.label.normalize("NFC"), now.label.normalize("NFC")), ...told("id", hex(then.id), hex(now.id))];
  const changed = [
    ...told("key type", then.keyType, now.keyType),
    ...told("algorithm", then.algorithm, now.algorithm),
    ...told("size", then.modulusBits, now.modulusBits),
    ...told("mechanism of its making", then.keyGenMechanism, now.keyGenMechanism),
    ...ATTRIBUTE_NAMES.flatMap((name) => told(name, then.attributes[name], now.attributes[name])),
  ];
  const object = named(now);
  return [
    ...(moved.length > 0 ? [{ kind: "label-moved" as const, object, key, changes: moved }] : []),
    ...(changed.length > 0 ? [{ kind: "changed-attribute" as const, object, key, changes: changed }] : []),
  ];
}

/** One private and one public half of each of the worker's own keys: another object under such an id is nobody's. */
function withoutOwn(objects: readonly ObjectReading[], own: readonly OwnKey[]): ObjectReading[] {
  const left = [...objects];
  for (const { id, spkiSha256 } of own) {
    for (const [objectClass, spki] of [["private-key", null], ["public-key", spkiSha256]] as const) {
      const at = left.findIndex((one) => one.objectClass === objectClass && hex(one.id) === hex(id) && one.spkiSha256 === spki);
      if (at >= 0) left.splice(at, 1);
    }
  }
  return left;
}

const otherValues = ({ keys }: Register, token: string, checkValues: ReadonlyMap<string, string>): Difference[] =>
  keys.flatMap(({ key, label, checkValue, places }) =>
    places.filter(standsOn(token)).flatMap(({ ckaId }): Difference[] => {
      const is = checkValues.get(ckaId);
      if (checkValue === null || is === undefined || is === checkValue) return [];
      return [{ kind: "changed-attribute", object: `secret-key ${label.normalize("NFC")} ${ckaId}`, key, changes: [{ name: "check value", was: checkValue, is }] }];
    }),
  );

const lapsed = ({ keys, at }: Register, token: string): Difference[] =>
  keys
    .filter(({ state, endsAt, places }) => state === "active" && endsAt !== null && endsAt <= at && places.some(standsOn(token)))
    .map(({ key, label, endsAt }) => ({
      kind: "lapsed",
      object: label,
      key,
      changes: [{ name: "end", was: endsAt ?? "", is: "active" }],
    }));

const standsOn =
  (token: string) =>
  (place: KeyPlace): boolean =>
    place.token === token && place.gone === null;
