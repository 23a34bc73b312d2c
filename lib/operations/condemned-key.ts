import type { Fact, Outcome, RecheckContext } from "#lib/ceremony/operation";
import { told } from "#lib/ceremony/told";
import { canonicalText, type Json } from "#lib/log/canonical";
import { fromHex, sha256Hex } from "#lib/log/digest";
import type { KeyReading, ObjectReading } from "#lib/token/attributes";
import type { Token } from "#lib/token/token";
import type { MadeKey } from "./made-key";
import { objectJson, readObject } from "./object-json";
import { OutcomeReader } from "./outcome-reader";
import { worded } from "./worded-fact";

/**
 * What tells a key from every other: SHA-256 of the public key, or the check value of a secret key; "none" for one that has
 * neither.
 */
export async function fingerprintOn(token: Token, key: MadeKey, reading: KeyReading): Promise<string> {
  if (reading.kind === "pair") return sha256Hex(reading.spki);
  return (await token.checkValue(fromHex(key.ckaId))) ?? NO_FINGERPRINT;
}

/** The token lets nothing be worked out of the key and keeps nothing of the kind: it is known by its name, id and attributes only. */
export const NO_FINGERPRINT = "none";

/** The fingerprint as it is compared aloud; null where there is none. */
export function shownFingerprint({ fingerprint }: CondemnedKey, publicKey: string): { of: string; value: string } | null {
  return fingerprint === NO_FINGERPRINT ? null : { of: fingerprint.length === 64 ? publicKey : "Check value", value: fingerprint };
}

/** What a reader is told of a key without a fingerprint: what two decisions are then held together by. */
export const withoutFingerprint = ({ fingerprint }: CondemnedKey): readonly Fact[] =>
  fingerprint === NO_FINGERPRINT
    ? [worded("Fingerprint", told`none that this token gives: the key is known by its CKA_ID and its attributes only`)]
    : [];

export const objectsOf = (reading: KeyReading): readonly ObjectReading[] =>
  reading.kind === "pair" ? [reading.privateKey, reading.publicKey] : [reading.secretKey];

/** A key that people agreed to destroy, as it was when they did. */
export interface CondemnedKey {
  readonly label: string;
  readonly ckaId: string;
  readonly fingerprint: string;
  readonly objects: readonly ObjectReading[];
}

export const condemnedJson = ({ label, ckaId, fingerprint, objects }: CondemnedKey): { readonly [fact: string]: Json } => ({
  label,
  ckaId,
  fingerprint,
  was: objects.map(objectJson),
});

export function readCondemned(reader: OutcomeReader): CondemnedKey {
  return {
    label: reader.text("label"),
    ckaId: reader.keyId("ckaId"),
    fingerprint: reader.text("fingerprint"),
    objects: reader.list("was", readObject),
  };
}

export const sameCondemned = (a: CondemnedKey, b: CondemnedKey): boolean =>
  canonicalText(condemnedJson(a)) === canonicalText(condemnedJson(b));

/** The newest condemnation of that key among these outcomes, or null. */
export function condemnationOf(earlier: RecheckContext["earlier"], { label, ckaId }: MadeKey): CondemnedKey | null {
  const found = earlier.findLast(
    ({ request, outcome }) => request.operation === "condemn-key" && outcome["label"] === label && outcome["ckaId"] === ckaId,
  );
  return found ? read(found.outcome) : null;
}

const read = (outcome: Outcome): CondemnedKey => readCondemned(new OutcomeReader(outcome));
