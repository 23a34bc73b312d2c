import { constants, verify, type KeyObject } from "node:crypto";
import type { CallOptions } from "./calls";
import type { SignatureAlgorithm } from "./claviger-client";
import { objectIn } from "./client-problem";
import type { VerificationKey } from "./key-set";

export interface Expected {
  readonly issuer: string;
  /** Who one is oneself: a token for somebody else is none. */
  readonly audience: string;
  /** Fewer than the keys are good for. */
  readonly algorithms?: readonly SignatureAlgorithm[] | undefined;
  /** By how much clocks may differ. */
  readonly clockSeconds?: number | undefined;
  /** The longest life of a token, from `iat` to `exp`. */
  readonly longestSeconds?: number | undefined;
}

export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly exp: number };
export type Flaw = "unreadable" | "algorithm" | "key" | "signature" | "issuer" | "audience" | "expired" | "not-yet" | "too-long";
export type Verified = { readonly valid: true; readonly kid: string; readonly claims: Claims } | { readonly valid: false; readonly flaw: Flaw };

/** Where keys come from: a KeySet. */
export interface Keys {
  known(kid: string): VerificationKey | null;
  keyOf(kid: string, options?: CallOptions): Promise<VerificationKey | null>;
}

const MOST_CHARACTERS = 16_384;
const EVERY: readonly SignatureAlgorithm[] = ["RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"];
/** A key that a token brings along, or says where to find, is not asked (RFC 8725 section 3.10); nor is what it calls critical understood. */
const REFUSED_MEMBERS = ["jwk", "jku", "x5u", "x5c", "crit", "b64"];
/** Grants give tokens of at most fifteen minutes. */
const DEFAULTS = { clockSeconds: 5, longestSeconds: 900 };
const flawed = (flaw: Flaw): Verified => ({ valid: false, flaw });

/** Whether tokens are good, from the published keys alone (RFC 7519 section 7.2, RFC 8725): neither the HSM nor its process is asked. */
export class TokenVerifier {
  readonly #keys: Keys;
  readonly #expected: Expected;
  readonly #now: () => number;

  /** `now` counts milliseconds since 1970. */
  constructor(keys: Keys, expected: Expected, now: () => number = Date.now) {
    [this.#keys, this.#expected, this.#now] = [keys, expected, now];
  }

  /** What a token says, when a published key signed it for this audience and its time is now; else why not. Throws when keys cannot be had. */
  async verify(token: unknown, options: CallOptions = {}): Promise<Verified> {
    const read = typeof token === "string" ? readToken(token) : null;
    if (!read) return flawed("unreadable");
    const { kid, alg, claims } = read;
    const algorithm = (this.#expected.algorithms ?? EVERY).find((one) => one === alg);
    if (!algorithm) return flawed("algorithm");
    const key = this.#keys.known(kid) ?? (await this.#keys.keyOf(kid, options));
    if (!key) return flawed("key");
    // The token says which of the key's algorithms it was, and never one that the key is not for.
    if (!key.algorithms.has(algorithm)) return flawed("algorithm");
    if (!isSigned(key.key, algorithm, read)) return flawed("signature");
    const flaw = this.#flawOf(claims);
    return flaw ? flawed(flaw) : { valid: true, kid, claims: claims as Claims };
  }

  #flawOf(claims: Readonly<Record<string, unknown>>): Flaw | null {
    const { issuer, audience, clockSeconds = DEFAULTS.clockSeconds, longestSeconds = DEFAULTS.longestSeconds } = this.#expected;
    const { iss, aud, exp, iat, nbf } = claims;
    const now = this.#now() / 1_000;
    if (iss !== issuer) return "issuer";
    if (!(Array.isArray(aud) ? (aud as unknown[]) : [aud]).includes(audience)) return "audience";
    if (typeof exp !== "number" || now - clockSeconds >= exp) return "expired";
    if ([nbf, iat].some((begin) => begin !== undefined && (typeof begin !== "number" || now + clockSeconds < begin))) return "not-yet";
    return typeof iat !== "number" || exp - iat > longestSeconds ? "too-long" : null;
  }
}

interface Header {
  readonly kid: string;
  readonly alg: unknown;
}

interface ReadToken extends Header {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** All tokens of a key begin with the same header: what the last ones said is not read anew. As many as there may be keys, and small. */
const headers = new Map<string, Header>();
const MOST_HEADERS = 200;
const MOST_KEPT = 300;

/** Three parts of base64url in its one spelling, JSON objects in the first two, a `kid`, and nothing in the header that is not understood. */
function readToken(token: string): ReadToken | null {
  const first = token.length <= MOST_CHARACTERS && isPlain(token) ? token.indexOf(".") : -1;
  const second = token.indexOf(".", first + 1);
  if (first < 0 || second < 0 || token.includes(".", second + 1)) return null;
  const head = token.slice(0, first);
  const header = headers.get(head) ?? readHeader(head);
  const claims = objectOf(token.slice(first + 1, second));
  const signature = strictly(token.slice(second + 1));
  if (!header || !claims || !signature) return null;
  if (head.length <= MOST_KEPT && !headers.has(head)) {
    if (headers.size >= MOST_HEADERS) headers.clear();
    headers.set(head, header);
  }
  const { kid, alg } = header;
  const bytes = Buffer.allocUnsafe(second);
  bytes.write(token, 0, second, "latin1");
  return { kid, alg, claims, signed: bytes, signature };
}

/**
 * ASCII without the two characters of base64 that base64url has others for: of any other character Node reads the low byte alone, and of
 * these two what their others mean, so that two texts were the same token.
 */
const isPlain = (token: string): boolean => Buffer.byteLength(token) === token.length && !token.includes("+") && !token.includes("/");

function readHeader(head: string): Header | null {
  const header = objectOf(head);
  if (!header) return null;
  const { kid, alg, typ } = header;
  if (typeof kid !== "string" || REFUSED_MEMBERS.some((member) => Object.hasOwn(header, member))) return null;
  // A token of another type is no token of this kind (RFC 8725 section 3.11).
  return typ === undefined || (typeof typ === "string" && /^(?:application\/)?jwt$/i.test(typ)) ? { kid, alg } : null;
}

function objectOf(part: string): Readonly<Record<string, unknown>> | null {
  const bytes = strictly(part);
  return bytes && objectIn(bytes.toString("utf8"));
}

/**
 * Bytes of a plain text of base64url in the one spelling that they have, or null (RFC 4648 section 3.5). Node passes over any other
 * character, so that there are too few bytes; and over the bits of the last one that stand for nothing.
 */
function strictly(text: string): Buffer | null {
  const over = text.length % 4;
  if (over === 1) return null;
  if (over !== 0 && !(over === 2 ? "AQgw" : "AEIMQUYcgkosw048").includes(text.charAt(text.length - 1))) return null;
  const bytes = Buffer.from(text, "base64url");
  return bytes.length === Math.floor((text.length * 3) / 4) ? bytes : null;
}

const HASHES: Readonly<Record<SignatureAlgorithm, string | null>> = {
  ...{ RS256: "sha256", PS256: "sha256", ES256: "sha256", ES384: "sha384", ES512: "sha512", EdDSA: null },
};

type Handed = Parameters<typeof verify>[2];
/** What is handed to `verify` for a key, by algorithm. */
const handed = new WeakMap<KeyObject, Partial<Record<SignatureAlgorithm, Handed>>>();

function handedFor(key: KeyObject, algorithm: SignatureAlgorithm): Handed {
  const known = handed.get(key)?.[algorithm];
  if (known !== undefined) return known;
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const made = algorithm === "PS256" ? pss : algorithm.startsWith("ES") ? { key, dsaEncoding: "ieee-p1363" as const } : key;
  handed.set(key, { ...handed.get(key), [algorithm]: made });
  return made;
}

/** A text that is none for this key counts as no signature. */
function isSigned(key: KeyObject, algorithm: SignatureAlgorithm, { signed, signature }: ReadToken): boolean {
  try {
    return verify(HASHES[algorithm], signed, handedFor(key, algorithm), signature);
  } catch {
    return false;
  }
}
