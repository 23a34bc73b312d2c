import type { Json } from "#lib/log/canonical";
import { base64url, fromBase64url, fromHex, hex, sha256Hex } from "#lib/log/digest";
import { shapeOf } from "#lib/token/algorithm";
import type { AttributeName, KeyReading, ObjectReading } from "#lib/token/attributes";
import { FAMILY_USES, unsoundness, type KeyTemplate } from "#lib/token/template";
import type { Token } from "#lib/token/token";
import { NO_FINGERPRINT } from "./condemned-key";
import { keysAmong } from "./inventory";
import type { OutcomeReader } from "./outcome-reader";

/** One key of a token as a backup lists it: enough to know it again, and to check what it signs. */
export interface BackedUpKey {
  readonly label: string;
  /** CKA_ID, hex; any length. */
  readonly id: string;
  readonly algorithm: string;
  /** SHA-256 of the public key, or the check value of a secret key; "none" where its token gives neither. */
  readonly fingerprint: string;
  /** The public half of a pair, SPKI. */
  readonly spki: Uint8Array | null;
}

/** Every private and secret key on a token, sorted as the token lists them. */
export async function keysOn(token: Token): Promise<readonly BackedUpKey[]> {
  const found: BackedUpKey[] = [];
  for (const key of keysAmong(await token.listObjects())) found.push(await keyFrom(token, key));
  return found;
}

/** One key of a listing, with what tells it from others. */
export async function keyFrom(token: Token, { label, id, algorithm, keyType, objectClass }: ObjectReading): Promise<BackedUpKey> {
  const whole = id.length > 0 && id.length <= 32 && (await token.lookById(id)).found === "complete";
  const spki = whole && objectClass === "private-key" ? await token.exportPublicKey(id) : null;
  const value = whole && objectClass === "secret-key" ? await token.checkValue(id) : null;
  const fingerprint = spki ? sha256Hex(spki) : (value ?? NO_FINGERPRINT);
  return { label: label.normalize("NFC"), id: hex(id), algorithm: algorithm ?? keyType, fingerprint, spki };
}

/**
 * How a key is ordered that comes back from a wrapped copy of this one: it can do what this one can, and can never be taken out.
 * Null for a key that no order makes.
 */
export function restoreTemplate(reading: KeyReading): KeyTemplate | null {
  const { algorithm, label, id, attributes } = reading.kind === "pair" ? reading.privateKey : reading.secretKey;
  if (algorithm === null) return null;
  const uses = FAMILY_USES[shapeOf(algorithm).family].filter((use) => attributes[use.toUpperCase() as AttributeName] === true);
  const usage = Object.fromEntries(uses.map((use) => [use, true]));
  const template: KeyTemplate = { algorithm, label, id, usage, extractable: false, sensitive: true };
  return unsoundness(template).length > 0 ? null : template;
}

/** The worker signs transcript and record with these; no ceremony works with them. */
export const isWorkersOwn = (label: string): boolean => label.startsWith("claviger-");

export const keyJson = ({ label, id, algorithm, fingerprint, spki }: BackedUpKey): Json => ({
  label,
  id,
  algorithm,
  fingerprint,
  spki: spki === null ? null : base64url(spki),
});

export function readBackedUpKey(reader: OutcomeReader): BackedUpKey {
  const [label, id, algorithm, fingerprint] = [
    reader.text("label"),
    reader.text("id"),
    reader.text("algorithm"),
    reader.text("fingerprint"),
  ];
  const spki = reader.any("spki");
  reader.end();
  return { label, id, algorithm, fingerprint, spki: typeof spki === "string" ? bytesOf(spki) : null };
}

function bytesOf(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch {
    return new Uint8Array();
  }
}

/** The keys of a list that nothing tells from others but their names: no comparison of fingerprints says anything of them. */
export const namesOnly = (keys: readonly BackedUpKey[]): string[] =>
  keys.filter(({ fingerprint }) => fingerprint === NO_FINGERPRINT).map(({ label }) => label);

/** A pair whose listed fingerprint is not that of its public key would let another key pass for it. */
export const fingerprintHolds = ({ spki, fingerprint }: BackedUpKey): boolean => spki === null || sha256Hex(spki) === fingerprint;

export const idOf = ({ id }: Pick<BackedUpKey, "id">): Uint8Array => fromHex(id);
