import type { JsonWebKey } from "node:crypto";
import { Answered, base64url } from "./answered";
import type { Called, CallOptions } from "./calls";
import { Calls, waitedFor } from "./calls";
import { begun, ClientProblem, noticed } from "./client-problem";
import type { ClientProof } from "./client-proof";
import { HeldToken } from "./held-token";
import type { Operation } from "./operations";
import type { Answer, WireOptions } from "./wire";
import { Wire } from "./wire";

export type SignatureAlgorithm = "RS256" | "PS256" | "ES256" | "ES384" | "ES512" | "EdDSA";

export interface ClientOptions {
  /** Where the key process is reached: an origin, https:, or http: on this machine. */
  readonly url: string;
  /** Its name in what a client proves itself by (`CLAVIGER_KEYS_ORIGIN` there); `url` where it is not said. */
  readonly origin?: string | undefined;
  readonly proof: ClientProof;
  /** Of the grant's scopes, those to ask for; all of them where it is not said. */
  readonly scope?: readonly string[] | undefined;
  readonly ca?: string | undefined;
  readonly certificate?: WireOptions["certificate"] | undefined;
  /** Connections at a time. */
  readonly sockets?: number | undefined;
  /** For one try. */
  readonly timeoutMs?: number | undefined;
  /** For all tries of a call together. */
  readonly deadlineMs?: number | undefined;
  readonly retries?: number | undefined;
  /** Is told what came of each call. What it throws changes nothing of that. */
  readonly onCalled?: ((called: Called) => void) | undefined;
  /** For tests: what waiting times are drawn by, between 0 and 1. */
  readonly chance?: (() => number) | undefined;
}

/** What stands beside every answer: the key's id in the register, the algorithm, and the row of the log in which this use stands. */
export interface Used {
  readonly key: string;
  readonly algorithm: string;
  readonly use: string;
}
export type Signed = Used & { readonly kid: string; readonly signature: Uint8Array };
/** Keep all of it: after a rotation the alias means another key. */
export type Sealed = { readonly key: string; readonly ciphertext: Uint8Array; readonly iv: Uint8Array | null; readonly tag: Uint8Array | null };
export type Wrapped = { readonly key: string; readonly wrapped: Uint8Array };
export type WrapOptions = CallOptions & { readonly algorithm?: "AES-KWP" | "RSA-OAEP" };
export type Issued = Used & { readonly kid: string; readonly token: string; readonly expires: number };
export type Published = Used & { readonly kid: string; readonly jwk: JsonWebKey; readonly pem: string };
export type Inspected =
  | { readonly valid: true; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly valid: false; readonly flaw: string };

const DEFAULTS = { sockets: 16, timeoutMs: 5_000, deadlineMs: 15_000, retries: 3 };

/**
 * What the key process serves, for one account. Names of keys are the grant's aliases or ids of the register. Where no answer
 * comes, methods throw a ClientProblem, by whose `code` programs decide and whose `detail` people read, or the reason of a signal that was
 * aborted; a TypeError for a name that is none.
 */
export class ClavigerClient {
  readonly #calls: Calls;
  readonly #held: HeldToken;
  readonly #deadlineMs: number;

  constructor(options: ClientOptions) {
    const { url, proof, scope, ca = null, certificate = null, onCalled = () => undefined, chance = Math.random } = options;
    const { sockets = DEFAULTS.sockets, retries = DEFAULTS.retries } = options;
    const { timeoutMs = DEFAULTS.timeoutMs, deadlineMs = DEFAULTS.deadlineMs } = options;
    const wire = new Wire(url, { sockets, ca, certificate });
    const calls = new Calls({ wire, patience: { retries, limitMs: timeoutMs, deadlineMs }, onCalled, chance });
    const audience = `${options.origin ?? wire.origin}/oauth/token`;
    this.#calls = calls;
    this.#deadlineMs = deadlineMs;
    this.#held = new HeldToken(async () => {
      const said = new Answered(
        await calls.call("token", () => {
          const form = new URLSearchParams({ ...proof.form(audience), ...(scope && { scope: scope.join(" ") }) });
          const headers = { "content-type": "application/x-www-form-urlencoded", accept: "application/json" };
          return { method: "POST", path: "/oauth/token", headers, body: form.toString() };
        }, {}),
      );
      return { text: said.text("access_token"), seconds: said.whole("expires_in") };
    });
  }

  /** Signs bytes, at most 65,536. ECDSA as r‖s. By a key that issues tokens nobody signs bytes. */
  async sign(name: string, algorithm: SignatureAlgorithm, data: Uint8Array, options: CallOptions = {}): Promise<Signed> {
    const said = await this.#ofKey("sign", name, "sign", { algorithm, data: base64url(data) }, options);
    return { ...used(said), kid: said.text("kid"), signature: said.bytes("signature") };
  }

  /** Whether a key behind that name made this signature; `kid` says which, where it is known. */
  async verify(
    name: string,
    algorithm: SignatureAlgorithm,
    data: Uint8Array,
    signature: Uint8Array,
    options: CallOptions & { readonly kid?: string } = {},
  ): Promise<boolean> {
    const body = { algorithm, data: base64url(data), signature: base64url(signature), ...(options.kid !== undefined && { kid: options.kid }) };
    return (await this.#ofKey("verify", name, "verify", body, options)).truth("valid");
  }

  /** The public half of the key that the name means now. */
  async publicKey(name: string, options: CallOptions = {}): Promise<Published> {
    const said = await this.#ofKey("public-key", name, "public-key", null, options);
    return { ...used(said), kid: said.text("kid"), jwk: said.object("jwk"), pem: said.text("pem") };
  }

  /** Encrypts: by AES-GCM with an iv of the HSM, by RSA-OAEP without. `aad` is to be the same when it is opened. */
  async encrypt(
    name: string,
    data: Uint8Array,
    options: CallOptions & { readonly aad?: Uint8Array; readonly algorithm?: "AES-GCM" | "RSA-OAEP" } = {},
  ): Promise<Sealed & Used> {
    const { aad, algorithm } = options;
    const body = { data: base64url(data), ...(aad && { aad: base64url(aad) }), ...(algorithm && { algorithm }) };
    const said = await this.#ofKey("encrypt", name, "encrypt", body, options);
    const isGcm = said.has("iv");
    return { ...used(said), ciphertext: said.bytes("ciphertext"), iv: isGcm ? said.bytes("iv") : null, tag: isGcm ? said.bytes("tag") : null };
  }

  /** Opens what `encrypt` answered. INPUT-REFUSED when it was changed, or belongs to another key or `aad`. */
  async decrypt(name: string, { key, ciphertext, iv, tag }: Sealed, options: CallOptions & { readonly aad?: Uint8Array } = {}): Promise<Uint8Array> {
    const { aad } = options;
    const gcm = iv && tag ? { iv: base64url(iv), tag: base64url(tag), ...(aad && { aad: base64url(aad) }) } : {};
    return (await this.#ofKey("decrypt", name, "decrypt", { key, ciphertext: base64url(ciphertext), ...gcm }, options)).bytes("data");
  }

  /** Wraps a data key of 16 to 64 bytes. */
  async wrapKey(name: string, data: Uint8Array, options: WrapOptions = {}): Promise<Wrapped & Used> {
    const said = await this.#ofKey("wrap", name, "wrap", { data: base64url(data), ...algorithmOf(options) }, options);
    return { ...used(said), wrapped: said.bytes("wrapped") };
  }

  /** A data key of that length, drawn by the HSM: itself, to be used and forgotten, and wrapped, to be kept. */
  async newDataKey(name: string, length: number, options: WrapOptions = {}): Promise<Wrapped & Used & { readonly data: Uint8Array }> {
    const said = await this.#ofKey("wrap", name, "wrap", { length, ...algorithmOf(options) }, options);
    return { ...used(said), wrapped: said.bytes("wrapped"), data: said.bytes("data") };
  }

  /** The data key inside. */
  async unwrapKey(name: string, { key, wrapped }: Wrapped, options: WrapOptions = {}): Promise<Uint8Array> {
    return (await this.#ofKey("unwrap", name, "unwrap", { key, wrapped: base64url(wrapped), ...algorithmOf(options) }, options)).bytes("data");
  }

  /** A MAC (HS256), and the key that made it: name it when the MAC is checked. */
  async mac(name: string, data: Uint8Array, options: CallOptions = {}): Promise<Used & { readonly mac: Uint8Array }> {
    const said = await this.#ofKey("mac", name, "mac", { data: base64url(data) }, options);
    return { ...used(said), mac: said.bytes("mac") };
  }

  /** Whether that key made this MAC of these bytes. */
  async verifyMac(
    name: string,
    data: Uint8Array,
    { key, mac }: { readonly key: string; readonly mac: Uint8Array },
    options: CallOptions = {},
  ): Promise<boolean> {
    const body = { key, data: base64url(data), mac: base64url(mac) };
    return (await this.#ofKey("verify-mac", name, "verify-mac", body, options)).truth("valid");
  }

  /** So many bytes, 1 to 1,024, from the HSM. */
  async random(length: number, options: CallOptions = {}): Promise<Uint8Array> {
    const bytes = (await this.#json("random", "/api/v1/random", { length }, options)).bytes("bytes");
    if (bytes.length !== length) throw noticed("ANSWER-UNREADABLE", true, { status: 200 });
    return bytes;
  }

  /** A JWT by the key that the name means now: issuer, times and id are the process's, of the claims those that the grant names. */
  async issueToken(
    name: string,
    options: CallOptions & { readonly claims?: object; readonly audience?: string; readonly algorithm?: SignatureAlgorithm } = {},
  ): Promise<Issued> {
    const { claims, audience, algorithm } = options;
    const body = { ...(claims && { claims }), ...(audience !== undefined && { audience }), ...(algorithm && { algorithm }) };
    const said = await this.#ofKey("issue-token", name, "tokens", body, options);
    return { ...used(said), kid: said.text("kid"), token: said.text("token"), expires: said.whole("expires") };
  }

  /** As the process itself judges a token; from the key set alone, without asking it, a TokenVerifier does the same. */
  async verifyToken(name: string, token: string, options: CallOptions & { readonly audience?: string } = {}): Promise<Inspected> {
    const body = { token, ...(options.audience !== undefined && { audience: options.audience }) };
    const said = await this.#ofKey("verify-token", name, "verify-token", body, options);
    return said.truth("valid") ? { valid: true, claims: said.object("claims") } : { valid: false, flaw: said.text("flaw") };
  }

  /** Ends the connections that are kept open. */
  close(): void {
    this.#calls.close();
  }

  #ofKey(operation: Operation, name: string, what: string, body: object | null, options: CallOptions): Promise<Answered> {
    // What stands in an address is one name, whatever a caller hands on.
    const wrong = "a key is called by its alias or its id: lower-case letters, digits and dashes";
    if (!/^[a-z0-9-]{1,64}$/.test(name)) return Promise.reject(new TypeError(wrong));
    return this.#json(operation, `/api/v1/keys/${name}/${what}`, body, options);
  }

  async #json(operation: Operation, path: string, body: object | null, options: CallOptions): Promise<Answered> {
    const began = performance.now();
    const text = body && JSON.stringify(body);
    try {
      return new Answered(await this.#authorised(operation, path, text, options));
    } catch (fault) {
      if (!(fault instanceof ClientProblem) || fault.status !== 401 || fault.code !== "TOKEN-MISSING") throw fault;
      // The grant has a new edition, or the process another secret: what was refused so was not looked at. Once.
      const deadlineMs = (options.deadlineMs ?? this.#deadlineMs) - (performance.now() - began);
      const again = this.#authorised(operation, path, text, { ...options, deadlineMs });
      // An earlier try of the same call may have been acted on all the same.
      return new Answered(await again.catch((later: unknown) => Promise.reject(fault.hasBegun && later instanceof ClientProblem ? begun(later) : (later as Error))));
    }
  }

  async #authorised(operation: Operation, path: string, body: string | null, options: CallOptions): Promise<Answer> {
    const { signal, deadlineMs = this.#deadlineMs } = options;
    const began = performance.now();
    const access = await waitedFor(this.#held.get(), signal ?? null, deadlineMs);
    const typed = body === null ? {} : { "content-type": "application/json" };
    const headers = { authorization: `Bearer ${access}`, accept: "application/json", ...typed };
    const asked = { method: body === null ? ("GET" as const) : ("POST" as const), path, headers, body };
    try {
      return await this.#calls.call(operation, () => asked, { signal, deadlineMs: deadlineMs - (performance.now() - began) });
    } catch (fault) {
      if (fault instanceof ClientProblem && fault.status === 401) this.#held.drop(access);
      throw fault;
    }
  }
}

const used = (said: Answered): Used => ({ key: said.text("key"), algorithm: said.text("algorithm"), use: said.text("use") });
const algorithmOf = ({ algorithm }: { readonly algorithm?: string }) => (algorithm === undefined ? {} : { algorithm });
