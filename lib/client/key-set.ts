import { createPublicKey, type JsonWebKey, type KeyObject } from "node:crypto";
import { Calls, waitedFor, type Called, type CallOptions } from "./calls";
import type { SignatureAlgorithm } from "./claviger-client";
import { noticed, objectIn } from "./client-problem";
import { Wire, type Answer } from "./wire";

/** A key that tokens are verified by, and what it may be used with: its own kind says so, whatever a token says. */
export interface VerificationKey {
  readonly kid: string;
  readonly key: KeyObject;
  readonly algorithms: ReadonlySet<SignatureAlgorithm>;
}

export interface KeySetOptions {
  /** Origin of the key process. */
  readonly url: string;
  /** For the keys of one issuer alone: of its name, what stands behind the origin, one segment. */
  readonly segment?: string | undefined;
  readonly ca?: string | undefined;
  readonly timeoutMs?: number | undefined;
  readonly deadlineMs?: number | undefined;
  readonly retries?: number | undefined;
  /** How long nothing is fetched anew after a fetch, however many unknown keys are asked for. */
  readonly coolDownMs?: number | undefined;
  readonly onCalled?: ((called: Called) => void) | undefined;
  /** For tests: milliseconds that never go back. */
  readonly now?: (() => number) | undefined;
}

interface HeldSet {
  readonly keys: ReadonlyMap<string, VerificationKey>;
  readonly etag: string | null;
  readonly fetchedAt: number;
  readonly freshUntil: number;
  readonly staleUntil: number;
}

const DEFAULTS = { timeoutMs: 5_000, deadlineMs: 10_000, retries: 2, coolDownMs: 30_000 };
const PATH = "/.well-known/jwks.json";
const SEGMENT = /^(?!\.+$)[A-Za-z0-9._~-]{1,64}$/;
/** Of an answer that does not say. */
const USUAL_SECONDS = 300;
const LONGEST_SECONDS = 86_400;
/** After a fetch that failed. */
const PAUSE_MS = 5_000;
/** How long after a fetch that failed the process counts as away, so that nobody waits for another while stale keys may be used. */
const AWAY_MS = 30_000;
const MOST_KEYS = 200;
const LEAST_RSA_BITS = 2_048;

/**
 * The published keys, kept as long as their answer says (RFC 9111 section 5.2.2; RFC 5861 section 4 where a fetch fails). A `kid` that is
 * not among them is looked for once more, and then not before the cool-down is over: whoever sends tokens that name no key makes nobody
 * fetch without end. One fetch is under way at a time.
 */
export class KeySet {
  readonly #calls: Calls;
  readonly #path: string;
  readonly #coolDownMs: number;
  readonly #deadlineMs: number;
  readonly #now: () => number;
  #held: HeldSet | null = null;
  #coming: Promise<HeldSet> | null = null;
  #failed: { readonly at: number; readonly fault: unknown } | null = null;

  /** Throws TypeError for an address that is none. */
  constructor(options: KeySetOptions) {
    const { segment } = options;
    if (segment !== undefined && !SEGMENT.test(segment)) throw new TypeError("what stands behind the origin is one segment of an address");
    this.#path = segment === undefined ? PATH : `/${segment}${PATH}`;
    const { url, ca = null, onCalled = () => undefined, now = () => performance.now() } = options;
    const { timeoutMs = DEFAULTS.timeoutMs, deadlineMs = DEFAULTS.deadlineMs } = options;
    const { retries = DEFAULTS.retries, coolDownMs = DEFAULTS.coolDownMs } = options;
    const wire = new Wire(url, { sockets: 2, ca, certificate: null });
    this.#calls = new Calls({ wire, patience: { retries, limitMs: timeoutMs, deadlineMs }, onCalled, chance: Math.random });
    [this.#coolDownMs, this.#deadlineMs, this.#now] = [coolDownMs, deadlineMs, now];
  }

  /** The key of that id, or null when none is published. Throws a ClientProblem when that cannot be known. */
  async keyOf(kid: string, options: CallOptions = {}): Promise<VerificationKey | null> {
    const known = this.known(kid);
    if (known) return known;
    const set = await this.#usable(options);
    const found = set.keys.get(kid);
    if (found || this.#now() < set.fetchedAt + this.#coolDownMs || this.#isPausing()) return found ?? null;
    // One that was published since. That none can be fetched now says nothing of it.
    return (await this.#fetch(options)).keys.get(kid) ?? null;
  }

  /** The key of that id when it is here and fresh, without waiting; null says nothing. */
  known(kid: string): VerificationKey | null {
    const held = this.#held;
    return held && this.#now() < held.freshUntil ? (held.keys.get(kid) ?? null) : null;
  }

  close(): void {
    this.#calls.close();
  }

  /** What is fresh, or was fetched anew, or may still be used because no fetch succeeds: while none did a moment ago, at once. */
  async #usable(options: CallOptions): Promise<HeldSet> {
    const [held, now] = [this.#held, this.#now()];
    if (held && now < held.freshUntil) return held;
    const stale = held && now < held.staleUntil ? held : null;
    if (stale && this.#hasFailedWithin(AWAY_MS)) {
      if (!this.#isPausing()) this.#start().catch(() => undefined);
      return stale;
    }
    if (this.#isPausing()) throw this.#failed?.fault;
    try {
      return await this.#fetch(options);
    } catch (fault) {
      if (!stale || options.signal?.aborted) throw fault;
      return stale;
    }
  }

  #isPausing(): boolean {
    return this.#hasFailedWithin(PAUSE_MS);
  }

  #hasFailedWithin(ms: number): boolean {
    return this.#failed !== null && this.#now() < this.#failed.at + ms;
  }

  #fetch({ signal, deadlineMs = this.#deadlineMs }: CallOptions): Promise<HeldSet> {
    return waitedFor(this.#start(), signal ?? null, deadlineMs);
  }

  #start(): Promise<HeldSet> {
    this.#coming ??= this.#fetched().finally(() => (this.#coming = null));
    return this.#coming;
  }

  async #fetched(): Promise<HeldSet> {
    const before = this.#held;
    const headers = { accept: "application/jwk-set+json, application/json", ...(before?.etag && { "if-none-match": before.etag }) };
    try {
      const answer = await this.#calls.call("key-set", () => ({ method: "GET", path: this.#path, headers, body: null }), {}, before ? 304 : null);
      const same = answer.status === 304 ? before : null;
      const keys = same ? same.keys : keysIn(answer);
      const { fresh, stale } = secondsOf(answer);
      const now = this.#now();
      const { etag = same?.etag ?? null } = answer.headers;
      this.#held = { keys, etag, fetchedAt: now, freshUntil: now + fresh * 1_000, staleUntil: now + (fresh + stale) * 1_000 };
      this.#failed = null;
      return this.#held;
    } catch (fault) {
      this.#failed = { at: this.#now(), fault };
      throw fault;
    }
  }
}

/**
 * For how many seconds an answer is still fresh, without what it spent in caches (RFC 9111 section 4.2.3), and for how many more it may be
 * used when no fetch succeeds. The first is below zero for one that came stale.
 */
function secondsOf({ headers }: Answer): { readonly fresh: number; readonly stale: number } {
  const said = headers["cache-control"] ?? "";
  const seconds = (name: string) => {
    const [, digits] = new RegExp(`(?:^|[\\s,])${name}=(\\d{1,9})(?:$|[\\s,])`).exec(said) ?? [];
    return digits === undefined ? null : Number(digits);
  };
  const whole = /(?:^|[\s,])no-(?:store|cache)(?:$|[\s,])/.test(said) ? 0 : (seconds("max-age") ?? USUAL_SECONDS);
  const age = /^\d{1,9}$/.test(headers.age ?? "") ? Number(headers.age) : 0;
  return { fresh: Math.min(LONGEST_SECONDS, whole - age), stale: Math.min(LONGEST_SECONDS, seconds("stale-if-error") ?? 0) };
}

/** The keys of a set that tokens can be verified by; a set that is none throws ANSWER-UNREADABLE, a key that is none is left out. */
function keysIn({ body, status }: Answer): ReadonlyMap<string, VerificationKey> {
  const listed = objectIn(body)?.["keys"];
  if (!Array.isArray(listed) || listed.length > MOST_KEYS) throw noticed("ANSWER-UNREADABLE", true, { status });
  const keys = (listed as unknown[]).map(verificationKey).filter((key) => key !== null);
  return new Map(keys.map((key) => [key.kid, key]));
}

function verificationKey(listed: unknown): VerificationKey | null {
  if (typeof listed !== "object" || listed === null) return null;
  const jwk = listed as JsonWebKey & Readonly<Record<string, unknown>>;
  const { kid, use, alg } = jwk;
  if (typeof kid !== "string" || (use !== undefined && use !== "sig") || "d" in jwk) return null;
  const key = publicKeyOf(jwk);
  const all = key ? algorithmsOf(key) : [];
  const algorithms = new Set(alg === undefined ? all : all.filter((one) => one === alg));
  return key && algorithms.size > 0 ? { kid, key, algorithms } : null;
}

function publicKeyOf(jwk: JsonWebKey): KeyObject | null {
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return null;
  }
}

const OF_CURVE: Readonly<Record<string, SignatureAlgorithm>> = { prime256v1: "ES256", secp384r1: "ES384", secp521r1: "ES512" };

/** What a key may be used with (RFC 7518 section 3.1): no HMAC, which would take what is public for a secret. */
function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly SignatureAlgorithm[] {
  if (asymmetricKeyType === "rsa") return (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS ? ["RS256", "PS256"] : [];
  if (asymmetricKeyType === "ed25519") return ["EdDSA"];
  const ofCurve = asymmetricKeyType === "ec" ? OF_CURVE[asymmetricKeyDetails?.namedCurve ?? ""] : undefined;
  return ofCurve ? [ofCurve] : [];
}
