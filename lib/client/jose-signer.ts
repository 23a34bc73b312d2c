import { base64url } from "./answered";
import type { CallOptions } from "./calls";
import type { ClavigerClient, SignatureAlgorithm } from "./claviger-client";

/** A header as `jose` takes it. A `kid` that is not given is the one of the key that signs. */
export type ProtectedHeader = Readonly<Record<string, unknown>> & { readonly alg: SignatureAlgorithm; readonly kid?: string; readonly typ?: string };
export type UnprotectedHeader = Readonly<Record<string, unknown>>;
export interface FlattenedJws {
  readonly protected: string;
  readonly payload: string;
  readonly signature: string;
  readonly header?: UnprotectedHeader;
}

const ALGORITHMS: readonly string[] = ["RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"] satisfies readonly SignatureAlgorithm[];

/**
 * A key of the HSM that signs what applications write: in the place of the CryptoKey that `jose` asks for. Not for keys that tokens are
 * issued by: by those nobody signs bytes, and `issueToken` makes the token.
 */
export class RemoteKey {
  readonly #client: ClavigerClient;
  readonly #name: string;
  #kid: string | null = null;

  constructor(client: ClavigerClient, name: string) {
    [this.#client, this.#name] = [client, name];
  }

  /**
   * A header with the `kid` of the key that signed, and the signature over both parts (RFC 7515 section 5.1). Where the name came to mean
   * another key meanwhile, it is signed once more under that one's. Throws TypeError for a header that says what is not done here.
   */
  async signed(header: ProtectedHeader, payload: string, options: CallOptions = {}): Promise<{ readonly protected: string; readonly signature: string }> {
    if (!ALGORITHMS.includes(header.alg)) throw new TypeError(`alg is one of ${ALGORITHMS.join(", ")}`);
    if ("b64" in header || "crit" in header) throw new TypeError("no extension is understood here: neither b64 nor crit");
    for (let last = false; ; last = true) {
      const kid = header.kid ?? (this.#kid ??= (await this.#client.publicKey(this.#name, options)).kid);
      const head = part({ ...header, kid });
      const said = await this.#client.sign(this.#name, header.alg, Buffer.from(`${head}.${payload}`, "ascii"), options);
      if (header.kid !== undefined || said.kid === kid) return { protected: head, signature: base64url(said.signature) };
      this.#kid = said.kid;
      if (last) throw new Error("the name means another key each time");
    }
  }
}

/** As jose's FlattenedSign (RFC 7515 section 7.2.2). */
export class RemoteFlattenedSign {
  readonly #payload: Uint8Array;
  #protected: ProtectedHeader | null = null;
  #unprotected: UnprotectedHeader | null = null;

  constructor(payload: Uint8Array) {
    this.#payload = payload;
  }

  setProtectedHeader(header: ProtectedHeader): this {
    this.#protected = header;
    return this;
  }

  setUnprotectedHeader(header: UnprotectedHeader): this {
    this.#unprotected = header;
    return this;
  }

  async sign(key: RemoteKey, options: CallOptions = {}): Promise<FlattenedJws> {
    if (!this.#protected) throw new TypeError("a protected header is needed, for alg stands in it");
    const unprotected = this.#unprotected ?? {};
    const twice = Object.keys(unprotected).find((name) => Object.hasOwn(this.#protected ?? {}, name));
    if (twice !== undefined) throw new TypeError(`${twice} stands in both headers`);
    const payload = base64url(this.#payload);
    const signed = await key.signed(this.#protected, payload, options);
    return { ...signed, payload, ...(this.#unprotected && { header: unprotected }) };
  }
}

/** As jose's CompactSign (RFC 7515 section 7.1). */
export class RemoteCompactSign {
  readonly #flattened: RemoteFlattenedSign;

  constructor(payload: Uint8Array) {
    this.#flattened = new RemoteFlattenedSign(payload);
  }

  setProtectedHeader(header: ProtectedHeader): this {
    this.#flattened.setProtectedHeader(header);
    return this;
  }

  async sign(key: RemoteKey, options: CallOptions = {}): Promise<string> {
    const { protected: head, payload, signature } = await this.#flattened.sign(key, options);
    return `${head}.${payload}.${signature}`;
  }
}

/** As jose's SignJWT (RFC 7519): times are seconds since 1970, a Date, or from now such as `15m`. */
export class RemoteSignJWT {
  readonly #claims: Record<string, unknown>;
  #header: ProtectedHeader | null = null;

  constructor(claims: Readonly<Record<string, unknown>> = {}) {
    this.#claims = { ...claims };
  }

  setProtectedHeader(header: ProtectedHeader): this {
    this.#header = header;
    return this;
  }

  setIssuer(issuer: string): this {
    return this.#say("iss", issuer);
  }

  setSubject(subject: string): this {
    return this.#say("sub", subject);
  }

  setAudience(audience: string | readonly string[]): this {
    return this.#say("aud", audience);
  }

  setJti(id: string): this {
    return this.#say("jti", id);
  }

  setIssuedAt(at?: number | string | Date): this {
    return this.#say("iat", secondsOf(at ?? new Date()));
  }

  setNotBefore(at: number | string | Date): this {
    return this.#say("nbf", secondsOf(at));
  }

  setExpirationTime(at: number | string | Date): this {
    return this.#say("exp", secondsOf(at));
  }

  async sign(key: RemoteKey, options: CallOptions = {}): Promise<string> {
    const jws = new RemoteCompactSign(Buffer.from(JSON.stringify(this.#claims)));
    if (this.#header) jws.setProtectedHeader(this.#header);
    return jws.sign(key, options);
  }

  #say(claim: string, value: unknown): this {
    this.#claims[claim] = value;
    return this;
  }
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

function secondsOf(at: number | string | Date): number {
  const [, count = "", unit = ""] = (typeof at === "string" && /^(\d{1,9}) ?([smhd])$/.exec(at)) || [];
  const seconds = typeof at === "number" ? at : at instanceof Date ? at.getTime() / 1_000 : Date.now() / 1_000 + Number(count) * (UNITS[unit] ?? NaN);
  if (!Number.isFinite(seconds)) throw new TypeError("a time is a number of seconds, a Date, or a span such as 15m");
  return Math.floor(seconds);
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
