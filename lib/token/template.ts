import { sameBytes } from "#lib/log/digest";
import { isKeyPairAlgorithm, type KeyAlgorithm, KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS, shapeOf } from "./algorithm";
import type { AttributeName, KeyReading, ObjectReading } from "./attributes";
import type { TokenProfile } from "./profile";

/** What a key may be used for. For a pair only the private half's uses are named; the public half gets their counterparts. */
export interface KeyUsage {
  readonly sign?: boolean;
  readonly verify?: boolean;
  readonly encrypt?: boolean;
  readonly decrypt?: boolean;
  readonly wrap?: boolean;
  readonly unwrap?: boolean;
  readonly derive?: boolean;
}

/** A key as the script orders it. Label and id must be free on the token; both go to every half. */
export interface KeyTemplate {
  readonly algorithm: KeyAlgorithm;
  readonly label: string;
  readonly id: Uint8Array;
  readonly usage: KeyUsage;
  readonly extractable: boolean;
  /** It leaves wrapped by a key that the security officer made trusted, or not at all. */
  readonly wrapWithTrusted?: boolean;
  /** Always true: a key that can be read in the clear is not one this project makes. */
  readonly sensitive: true;
}

/** The values an object must read back with. */
export type ExpectedAttributes = Readonly<Partial<Record<AttributeName, boolean>>>;

/** Made in the token, or brought into it wrapped: then nothing is asked of the attributes that tell a key's history. */
export type KeyOrigin = "made" | "brought";

export type KeyExpectation =
  | { readonly kind: "pair"; readonly privateKey: ExpectedAttributes; readonly publicKey: ExpectedAttributes }
  | { readonly kind: "secret"; readonly secretKey: ExpectedAttributes };

/** What keys of a family can be ordered to do, in the order people read it. */
export const FAMILY_USES: Readonly<Record<ReturnType<typeof shapeOf>["family"], readonly (keyof KeyUsage)[]>> = {
  RSA: ["sign", "decrypt", "unwrap"],
  EC: ["sign", "derive"],
  EC_EDWARDS: ["sign"],
  AES: ["encrypt", "decrypt", "wrap", "unwrap", "derive"],
  HMAC: ["sign", "verify"],
};
const MAX_LABEL_BYTES = 64;
const MAX_ID_BYTES = 32;

/**
 * What is wrong with a template, in words; empty when it is sound. The label must be printable, in NFC and without blanks at its
 * ends, because some modules pad with blanks and two labels that look alike must not be two keys.
 */
export function unsoundness(template: KeyTemplate): string[] {
  const wrong: string[] = [];
  const known = [...KEY_PAIR_ALGORITHMS, ...SECRET_KEY_ALGORITHMS] as readonly string[];
  if (!known.includes(template.algorithm)) return ["unknown algorithm"];
  const { label, id, usage } = template;
  if (label.length === 0 || utf8Length(label) > MAX_LABEL_BYTES) wrong.push("label must have 1 to 64 bytes");
  if (label !== label.normalize("NFC") || label !== label.trim() || /[\p{C}\p{Zl}\p{Zp}]/u.test(label)) {
    wrong.push("label must be printable, NFC, without blanks at its ends");
  }
  if (id.length === 0 || id.length > MAX_ID_BYTES) wrong.push("id must have 1 to 32 bytes");
  // The type says true; the value may come from parsed text.
  if (!(template.sensitive as boolean)) wrong.push("key must be sensitive");
  if (template.wrapWithTrusted && !template.extractable) wrong.push("key that never leaves is wrapped by no trusted key");
  const uses = (Object.keys(usage) as (keyof KeyUsage)[]).filter((use) => usage[use] === true);
  const { family } = shapeOf(template.algorithm);
  const allowed = FAMILY_USES[family];
  if (uses.length === 0) wrong.push("key has no use");
  for (const use of uses) if (!allowed.includes(use)) wrong.push(`${template.algorithm} cannot ${use}`);
  if (family === "AES" && !usage.encrypt && !usage.wrap) wrong.push("AES key that neither encrypts nor wraps cannot be tested");
  if (family === "HMAC" && !usage.sign) wrong.push("HMAC key that does not sign cannot be tested");
  return wrong;
}

/**
 * The attributes a key made from this template must show, each half apart. LOCAL is left out where the profile's module does not
 * set it, and the two history attributes follow from the template: always sensitive, and never extractable unless asked for.
 */
export function expectedAttributes(template: KeyTemplate, profile: TokenProfile, origin: KeyOrigin = "made"): KeyExpectation {
  const { usage } = template;
  const made = origin === "made";
  const local: ExpectedAttributes = made && profile.evidence.local ? { LOCAL: true } : {};
  const guarded: ExpectedAttributes = {
    TOKEN: true,
    PRIVATE: true,
    ...local,
    SENSITIVE: true,
    EXTRACTABLE: template.extractable,
    ...(template.wrapWithTrusted ? { WRAP_WITH_TRUSTED: true } : {}),
    ...(made ? { ALWAYS_SENSITIVE: true, NEVER_EXTRACTABLE: !template.extractable } : {}),
  };
  if (!isKeyPairAlgorithm(template.algorithm)) {
    return {
      kind: "secret",
      secretKey: {
        ...guarded,
        SIGN: usage.sign === true,
        VERIFY: usage.verify === true,
        ENCRYPT: usage.encrypt === true,
        DECRYPT: usage.decrypt === true,
        WRAP: usage.wrap === true,
        UNWRAP: usage.unwrap === true,
        DERIVE: usage.derive === true,
      },
    };
  }
  return {
    kind: "pair",
    privateKey: {
      ...guarded,
      SIGN: usage.sign === true,
      DECRYPT: usage.decrypt === true,
      UNWRAP: usage.unwrap === true,
      DERIVE: usage.derive === true,
    },
    publicKey: {
      TOKEN: true,
      ...local,
      VERIFY: usage.sign === true,
      ENCRYPT: usage.decrypt === true,
      WRAP: usage.unwrap === true,
    },
  };
}

/**
 * Compares a key as read back with its template. Each difference is one sentence; empty means the module made what was ordered.
 * An attribute the module does not offer is a difference, except where the profile says beforehand that it does not offer it.
 * `kept: false` is for session objects, which are not on the token yet.
 */
export function differences(template: KeyTemplate, reading: KeyReading, profile: TokenProfile, kept = true, origin: KeyOrigin = "made"): string[] {
  const expected = expectedAttributes(template, profile, origin);
  if (expected.kind === "secret") {
    if (reading.kind !== "secret") return ["a key pair where a secret key was ordered"];
    return objectDifferences("secret key", template, expected.secretKey, reading.secretKey, profile, kept, origin);
  }
  if (reading.kind !== "pair") return ["a secret key where a key pair was ordered"];
  return [
    ...objectDifferences("private key", template, expected.privateKey, reading.privateKey, profile, kept),
    ...objectDifferences("public key", template, expected.publicKey, reading.publicKey, profile, kept),
  ];
}

function objectDifferences(
  half: string,
  template: KeyTemplate,
  expected: ExpectedAttributes,
  reading: ObjectReading,
  profile: TokenProfile,
  kept: boolean,
  origin: KeyOrigin = "made",
): string[] {
  const found: string[] = [];
  if (reading.label !== template.label) found.push(`${half}: label differs`);
  if (!sameBytes(reading.id, template.id)) found.push(`${half}: id differs`);
  // A module may hide the curve on the private half; then the family must do, and the test use shows that the halves belong
  // together.
  // So may the length of a secret key that was brought in wrapped be: that it opens what the original sealed shows it.
  const mayHide = half === "private key" || (half === "secret key" && origin === "brought");
  const hidden = mayHide && reading.algorithm === null && reading.keyType === typeOf(template.algorithm);
  if (reading.algorithm !== template.algorithm && !hidden) {
    found.push(`${half}: is ${reading.algorithm ?? reading.keyType}, ordered ${template.algorithm}`);
  }
  for (const [name, ordered] of Object.entries(expected) as [AttributeName, boolean][]) {
    const wanted = name === "TOKEN" ? kept : ordered;
    const read = reading.attributes[name];
    if (read === wanted) continue;
    if (read === "not offered" && profile.evidence.notOffered.includes(name)) continue;
    found.push(`${half}: ${name} reads ${String(read)}, ordered ${String(wanted)}`);
  }
  return found;
}

/** PKCS#11's key type of an algorithm, as a reading names it. */
function typeOf(algorithm: KeyAlgorithm): string {
  const { family } = shapeOf(algorithm);
  return family === "HMAC" ? "GENERIC_SECRET" : family;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
