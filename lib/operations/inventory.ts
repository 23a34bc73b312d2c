import type { Outcome, RecheckContext } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import type { Json } from "#lib/log/canonical";
import { hex } from "#lib/log/digest";
import type { ObjectReading } from "#lib/token/attributes";
import { readObject } from "./object-json";
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
 * destroyed there since. Without a first listing there is no baseline, and whatever the ceremony did not make is unexpected. `on`
 * is the name of another token; null is the ceremony's own.
 */
export function takeInventory(
  objects: readonly ObjectReading[], earlier: RecheckContext["earlier"], on: string | null = null,
): Inventory {
  const first = earlier.findIndex(({ request, outcome }) => "objects" in outcome && otherTokenOf(request) === on);
  const before = first < 0 ? [] : listed(earlier[first]?.outcome["objects"] ?? []);
  const since = earlier.slice(first + 1);
  const madeObjects = since.flatMap(({ request, outcome }) => madeOn(request, outcome, on));

  const gone = new Set(since.flatMap(({ request, outcome }) => destroyedOn(request, outcome, on)).map(identityOf));
  const expected = new Set([...before, ...madeObjects].map(identityOf).filter((object) => !gone.has(object)));
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

/** Objects of either kind that a deviation names; the outcome has them all. */
const NAMED = 20;

/**
 * The facts of the deviation that an inventory of that token gives rise to: how many objects appeared or vanished without an
 * outcome, and their names. Null when none did. The first look at a token is the baseline: what it finds has not appeared, unless
 * the ceremony itself has initialised the token before.
 */
export function differenceOf(
  { unexpected, missing }: Inventory, earlier: RecheckContext["earlier"], on: string | null,
): { readonly [fact: string]: string | number } | null {
  const known = earlier.some(
    ({ request, outcome }) => otherTokenOf(request) === on && ("objects" in outcome || request.operation === "initialise-token"),
  );
  const appeared = known ? unexpected : [];
  if (appeared.length + missing.length === 0) return null;
  return {
    ...(on === null ? {} : { token: on }),
    unexpected: appeared.length,
    missing: missing.length,
    ...(appeared.length > 0 ? { appeared: someOf(appeared) } : {}),
    ...(missing.length > 0 ? { vanished: someOf(missing) } : {}),
  };
}

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
  const destroys = request.operation === "destroy-key" || request.operation === "zeroise-token";
  return destroys && otherTokenOf(request) === on ? listed(outcome["was"] ?? []) : [];
}

function listed(objects: Json): ObjectReading[] {
  return Array.isArray(objects) ? objects.map((object: Json) => readObject(new OutcomeReader(object))) : [];
}
