import type { KeyAlgorithm } from "./algorithm";

/** The yes-or-no attributes (PKCS#11 2.40 section 4, without `CKA_`) that are read one by one from every key. */
export const ATTRIBUTE_NAMES = [
  "TOKEN",
  "PRIVATE",
  "MODIFIABLE",
  "LOCAL",
  "SENSITIVE",
  "ALWAYS_SENSITIVE",
  "EXTRACTABLE",
  "NEVER_EXTRACTABLE",
  "SIGN",
  "VERIFY",
  "ENCRYPT",
  "DECRYPT",
  "WRAP",
  "UNWRAP",
  "DERIVE",
  "WRAP_WITH_TRUSTED",
  "TRUSTED",
] as const;

export type AttributeName = (typeof ATTRIBUTE_NAMES)[number];

/** What the module answered. "not offered" is an answer of its own: it is never taken for false. */
export type AttributeReading = boolean | "not offered";

export type AttributeReadings = Readonly<Record<AttributeName, AttributeReading>>;

export type ObjectClass = "private-key" | "public-key" | "secret-key" | "certificate" | "data" | "other" | "not offered";

/** The attributes that say whether a key can leave, and whether it ever could; each is true, false or not offered. */
export const LEAVING_NAMES =
  ["LOCAL", "SENSITIVE", "ALWAYS_SENSITIVE", "EXTRACTABLE", "NEVER_EXTRACTABLE"] as const satisfies readonly AttributeName[];
export type LeavingReadings = Readonly<Pick<AttributeReadings, (typeof LEAVING_NAMES)[number]>>;

/** One object on the token, everything about it that may be read. */
export interface ObjectReading {
  readonly objectClass: ObjectClass;
  readonly label: string;
  readonly id: Uint8Array;
  /** PKCS#11's key type without `CKK_`, or its number in hex when this project has no name for it. */
  readonly keyType: string | "not offered";
  /** The algorithm as scripts name it; null when the key is of another kind. */
  readonly algorithm: KeyAlgorithm | null;
  readonly modulusBits: number | "not offered";
  readonly keyGenMechanism: string | "not offered";
  readonly attributes: AttributeReadings;
  /** Lower-case hex of the SHA-256 over the SPKI; null where the object is not a public key of a known kind. */
  readonly spkiSha256: string | null;
}

/** A whole key: both halves of a pair with the public key in SPKI DER, or one secret key. */
export type KeyReading =
  | { readonly kind: "pair"; readonly privateKey: ObjectReading; readonly publicKey: ObjectReading; readonly spki: Uint8Array }
  | { readonly kind: "secret"; readonly secretKey: ObjectReading };

/** An object with nothing to tell it by: what a killed writer leaves on a token whose profile says so. */
export function isRemains({ objectClass, label, id, keyType, attributes }: ObjectReading): boolean {
  const silent = Object.values(attributes).every((reading) => reading === "not offered");
  return objectClass === "not offered" && label === "" && id.length === 0 && keyType === "not offered" && silent;
}

/** Every attribute "not offered"; readers fill in what the module answers. */
export function noReadings(): Record<AttributeName, AttributeReading> {
  const readings = {} as Record<AttributeName, AttributeReading>;
  for (const name of ATTRIBUTE_NAMES) readings[name] = "not offered";
  return readings;
}
