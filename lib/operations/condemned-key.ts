import type { Outcome, RecheckContext } from "#lib/ceremony/operation";
import { canonicalText, type Json } from "#lib/log/canonical";
import { fromHex, sha256Hex } from "#lib/log/digest";
import type { KeyReading, ObjectReading } from "#lib/token/attributes";
import type { Token } from "#lib/token/token";
import type { MadeKey } from "./made-key";
import { objectJson, readObject } from "./object-json";
import { OutcomeReader } from "./outcome-reader";

/**
 * What tells a key from every other: SHA-256 of the public key, or the check value of a secret key; "none" for one that has
 * neither.
 */
export async function fingerprintOn(token: Token, key: MadeKey, reading: KeyReading): Promise<string> {
  if (reading.kind === "pair") return sha256Hex(reading.spki);
  return (await token.checkValue(fromHex(key.ckaId))) ?? NO_FINGERPRINT;
}

export const NO_FINGERPRINT = "none";

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
