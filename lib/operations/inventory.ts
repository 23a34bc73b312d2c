import type { RecheckContext } from "#lib/ceremony/operation";
import type { Json } from "#lib/log/canonical";
import { hex } from "#lib/log/digest";
import type { ObjectReading } from "#lib/token/attributes";
import { readObject } from "./object-json";
import { OutcomeReader } from "./outcome-reader";

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
}

/** The objects that are keys of their own: public halves and certificates belong to one of them. */
export const keysAmong = (objects: readonly ObjectReading[]): readonly ObjectReading[] =>
  objects.filter(({ objectClass }) => objectClass === "private-key" || objectClass === "secret-key");

/** One object by what cannot change under it. Public keys by their fingerprint too: another key under the same id is another object. */
const identityOf = ({ objectClass, label, id, spkiSha256 }: ObjectReading): string =>
  [objectClass, label, hex(id), ...(spkiSha256 === null ? [] : [spkiSha256])].join(" ");

/**
 * Compares a listing with the first listing of the ceremony and everything its outcomes made since. Without a first listing
 * there is no baseline, and whatever the ceremony did not make is unexpected.
 */
export function takeInventory(objects: readonly ObjectReading[], earlier: RecheckContext["earlier"]): Inventory {
  const first = earlier.findIndex(({ outcome }) => "objects" in outcome);
  const before = first < 0 ? [] : listed(earlier[first]?.outcome["objects"] ?? []);
  const made = earlier.slice(first + 1).flatMap(({ outcome }) => [outcome["privateKey"], outcome["publicKey"], outcome["secretKey"]]);
  const madeObjects = made.flatMap((object) => (object === undefined ? [] : [readObject(new OutcomeReader(object))]));

  const expected = new Set([...before, ...madeObjects].map(identityOf));
  const present = objects.map(identityOf);
  const here = new Set(madeObjects.map(identityOf));
  return {
    keys: keysAmong(objects).length,
    made: keysAmong(objects).filter((object) => here.has(identityOf(object))).length,
    before: keysAmong(before).length,
    unexpected: present.filter((object, i) => !expected.has(object) || present.indexOf(object) !== i).sort(),
    missing: [...expected].filter((object) => !present.includes(object)).sort(),
  };
}

function listed(objects: Json): ObjectReading[] {
  return Array.isArray(objects) ? objects.map((object: Json) => readObject(new OutcomeReader(object))) : [];
}
