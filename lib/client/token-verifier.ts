import { constants, verify, type KeyObject } from "node:crypto";
import { bytesOf } from "./answered";
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

interface ReadToken {
  readonly kid: string;
  readonly alg: unknown;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** Three parts of base64url in its one spelling, JSON objects in the first two, a `kid`, and nothing in the header that is not understood. */
function readToken(token: string): ReadToken | null {
  const parts = token.length <= MOST_CHARACTERS ? token.split(".") : [];
  const [head = "", body = "", tail = ""] = parts;
  const [header, claims, signature] = [objectOf(head), objectOf(body), bytesOf(tail)];
  if (parts.length !== 3 || !header || !claims || !signature) return null;
  const { kid, alg, typ } = header;
  if (typeof kid !== "string" || REFUSED_MEMBERS.some((member) => Object.hasOwn(header, member))) return null;
  // A token of another type is no token of this kind (RFC 8725 section 3.11).
  if (typ !== undefined && (typeof typ !== "string" || !/^(?:application\/)?jwt$/i.test(typ))) return null;
  return { kid, alg, claims, signed: Buffer.from(`${head}.${body}`, "ascii"), signature };
}

function objectOf(part: string): Readonly<Record<string, unknown>> | null {
  const bytes = bytesOf(part);
  return bytes && objectIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8"));
}

const HASHES: Readonly<Record<SignatureAlgorithm, string | null>> = {
  ...{ RS256: "sha256", PS256: "sha256", ES256: "sha256", ES384: "sha384", ES512: "sha512", EdDSA: null },
};

/** A text that is none for this key counts as no signature. */
function isSigned(key: KeyObject, algorithm: SignatureAlgorithm, { signed, signature }: ReadToken): boolean {
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const scheme = algorithm === "PS256" ? pss : algorithm.startsWith("ES") ? { dsaEncoding: "ieee-p1363" as const } : {};
  try {
    return verify(HASHES[algorithm], signed, { key, ...scheme }, signature);
  } catch {
    return false;
  }
}
