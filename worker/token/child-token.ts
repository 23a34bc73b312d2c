import { setTimeout as sleep } from "node:timers/promises";
import type { SignatureAlgorithm } from "#lib/token/algorithm";
import type { KeyReading, ObjectReading } from "#lib/token/attributes";
import { PinRefused, TokenFault, TokenGone, type TokenRefusal } from "#lib/token/fault";
import { type ProfileId, PROFILES, type TokenProfile } from "#lib/token/profile";
import type { KeyTemplate } from "#lib/token/template";
import type {
  ExportProof,
  KeyLookup,
  KeyTarget,
  KeyTest,
  Mechanism,
  PreparedKey,
  Sealed,
  SignOptions,
  Token,
  TokenIdentity,
  Transport,
  WrappedKey,
} from "#lib/token/token";
import type { Result } from "#lib/result";
import { ChildLink, type Environment, StartFailed } from "./child-link";
import type { PinSource } from "./pin-source";
import type { TokenCall } from "./protocol";

export interface ChildTokenOptions {
  readonly profile: ProfileId;
  readonly modulePath: string;
  readonly label: string;
  /** Without it the label alone must name exactly one token. */
  readonly serial?: string;
  /** NSS softokn's database directory. */
  readonly configDirectory?: string;
  readonly pin: PinSource;
  /** Where the child's few variables are taken from: the worker's own environment. */
  readonly environment: Environment;
  /** Longest time for one call; RSA-4096 takes seconds, on slow hardware a minute. */
  readonly callLimitMs?: number;
  /** How long a start is tried again while the token is not to be seen or just being written. */
  readonly startPatienceMs?: number;
  /** Called when another process holds the token: this one stands by. */
  readonly onWaiting?: () => void;
  /** A copy of a token, restored from a backup, which may be opened while the original is open. */
  readonly copy?: boolean;
  /** False: a token that another process holds is `TokenGone`, HELD-BY-ANOTHER-PROCESS; else it is waited for, without limit. */
  readonly standBy?: boolean;
  /** Called when the child ends without `close`. */
  readonly onGone?: (why: string) => void;
}

export type ChildTokenState = "starting" | "waiting" | "ready" | "gone" | "pin-refused" | "closed";

const CALL_LIMIT_MS = 180_000;
const START_PATIENCE_MS = 5_000;
const RETRY_MS = 250;

/**
 * The token port over a child process. When the child or its token goes, every call under way and after it throws `TokenGone`
 * until `reopen` has started a new child; prepared keys are lost with the old one. After `PinRefused` nothing opens it again.
 */
export class ChildToken implements Token {
  readonly profile: TokenProfile;
  readonly #options: ChildTokenOptions;
  #link: ChildLink | null = null;
  #state: ChildTokenState = "starting";
  #opening: Promise<TokenIdentity> | null = null;
  #pinRefused: PinRefused | null = null;
  #readyMs = 0;

  private constructor(options: ChildTokenOptions) {
    this.#options = options;
    this.profile = PROFILES[options.profile];
  }

  /**
   * Forks the child and logs in. Waits, without limit, while another process holds the token. Throws `PinRefused` after the one
   * try, `TokenFault` when module or token are not there.
   */
  static async open(options: ChildTokenOptions): Promise<ChildToken> {
    const token = new ChildToken(options);
    await token.reopen();
    return token;
  }

  get state(): ChildTokenState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#link?.pid;
  }

  /** Time from fork to login of the child that serves now, waiting for the lock included. */
  get readyMilliseconds(): number {
    return this.#readyMs;
  }

  /** Starts a new child in the place of the old one, which is ended first. Calls made together share one start. */
  reopen(): Promise<TokenIdentity> {
    if (this.#pinRefused !== null) return Promise.reject(this.#pinRefused);
    this.#opening ??= this.#start().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  /** Ends the child and waits until it is gone, and with it the lock on the token. Afterwards only `reopen` works. */
  async close(): Promise<void> {
    this.#state = "closed";
    await this.#end();
  }

  /** C_Logout, then the end of the child, and with it of its sessions and the lock. Afterwards only `reopen` works. */
  async logOut(): Promise<void> {
    try {
      if (this.#state === "ready") await this.#call("logOut");
    } catch (fault) {
      // One that is gone has no session left.
      if (!(fault instanceof TokenFault)) throw fault;
    } finally {
      await this.close();
    }
  }

  info(): Promise<TokenIdentity> {
    return this.#call("info");
  }

  mechanisms(): Promise<readonly Mechanism[]> {
    return this.#call("mechanisms");
  }

  prepareKey(template: KeyTemplate): Promise<Result<PreparedKey, TokenRefusal>> {
    return this.#call("prepareKey", template);
  }

  readBack(handle: string): Promise<KeyReading> {
    return this.#call("readBack", handle);
  }

  testKey(key: KeyTarget): Promise<readonly KeyTest[]> {
    return this.#call("testKey", key);
  }

  keepKey(handle: string): Promise<Result<KeyReading, TokenRefusal>> {
    return this.#call("keepKey", handle);
  }

  discardKey(handle: string): Promise<void> {
    return this.#call("discardKey", handle);
  }

  lookById(id: Uint8Array): Promise<KeyLookup> {
    return this.#call("lookById", id);
  }

  listObjects(): Promise<readonly ObjectReading[]> {
    return this.#call("listObjects");
  }

  exportPublicKey(id: Uint8Array): Promise<Uint8Array> {
    return this.#call("exportPublicKey", id);
  }

  destroyById(id: Uint8Array): Promise<number> {
    return this.#call("destroyById", id);
  }

  destroyAll(): Promise<number> {
    return this.#call("destroyAll");
  }

  checkValue(id: Uint8Array): Promise<string | null> {
    return this.#call("checkValue", id);
  }

  sign(id: Uint8Array, algorithm: SignatureAlgorithm, bytes: Uint8Array, options?: SignOptions): Promise<Uint8Array> {
    return options === undefined ? this.#call("sign", id, algorithm, bytes) : this.#call("sign", id, algorithm, bytes, options);
  }

  mac(id: Uint8Array, bytes: Uint8Array): Promise<Uint8Array> {
    return this.#call("mac", id, bytes);
  }

  verifyMac(id: Uint8Array, bytes: Uint8Array, mac: Uint8Array): Promise<boolean> {
    return this.#call("verifyMac", id, bytes, mac);
  }

  checkMacMechanism(): Promise<boolean | "not offered"> {
    return this.#call("checkMacMechanism");
  }

  checkCipherMechanism(): Promise<boolean | "not offered"> {
    return this.#call("checkCipherMechanism");
  }

  decryptOaep(id: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array> {
    return this.#call("decryptOaep", id, ciphertext);
  }

  encrypt(id: Uint8Array, plaintext: Uint8Array, aad?: Uint8Array): Promise<Sealed> {
    return aad === undefined ? this.#call("encrypt", id, plaintext) : this.#call("encrypt", id, plaintext, aad);
  }

  decrypt(id: Uint8Array, sealed: Sealed, aad?: Uint8Array): Promise<Uint8Array> {
    return aad === undefined ? this.#call("decrypt", id, sealed) : this.#call("decrypt", id, sealed, aad);
  }

  openTransport(): Promise<Transport> {
    return this.#call("openTransport");
  }

  wrapTo(id: Uint8Array, transport: Uint8Array): Promise<Result<WrappedKey, TokenRefusal>> {
    return this.#call("wrapTo", id, transport);
  }

  unwrapFrom(handle: string, wrapped: WrappedKey, template: KeyTemplate, spki: Uint8Array | null): Promise<Result<PreparedKey, TokenRefusal>> {
    return this.#call("unwrapFrom", handle, wrapped, template, spki);
  }

  proveNotExportable(id: Uint8Array): Promise<ExportProof> {
    return this.#call("proveNotExportable", id);
  }

  random(length: number): Promise<Uint8Array> {
    return this.#call("random", length);
  }

  async #call<T>(call: TokenCall, ...args: readonly unknown[]): Promise<T> {
    const link = this.#link;
    if (link === null || this.#state !== "ready") throw new TokenGone(call, `TOKEN-IS-${this.#state.toUpperCase()}`);
    try {
      // The child is this project's own code: what it answers to a call is what the port promises for it.
      return (await link.call(call, args, this.#options.callLimitMs ?? CALL_LIMIT_MS)) as T;
    } catch (error) {
      if (error instanceof TokenFault && error.gone && this.#link === link) this.#gone(error.ckrName);
      throw error;
    }
  }

  async #start(): Promise<TokenIdentity> {
    this.#state = "starting";
    await this.#end();
    const deadline = performance.now() + (this.#options.startPatienceMs ?? START_PATIENCE_MS);
    for (;;) {
      const forked = performance.now();
      const link = this.#fork();
      this.#link = link;
      try {
        const identity = await link.ready;
        this.#state = "ready";
        this.#readyMs = Math.round(performance.now() - forked);
        return identity;
      } catch (error) {
        if (!(error instanceof StartFailed)) throw error;
        await link.ended;
        if (error.retryable && performance.now() < deadline) {
          await sleep(RETRY_MS);
          continue;
        }
        this.#refuseStart(error.cause);
      }
    }
  }

  #refuseStart(cause: unknown): never {
    if (cause instanceof PinRefused) {
      this.#pinRefused = cause;
      this.#state = "pin-refused";
    } else if (this.#state !== "closed") {
      this.#state = "gone";
    }
    throw cause;
  }

  #fork(): ChildLink {
    const { profile, modulePath, label, serial, configDirectory, pin, environment, copy, onWaiting } = this.#options;
    const place = { modulePath, label, serial: serial ?? null, configDirectory: configDirectory ?? null };
    const config = { mode: "serve", copy: copy ?? false, profile, ...place, pin } as const;
    const link: ChildLink = new ChildLink(config, environment, {
      onWaiting: () => {
        if (this.#state === "starting") this.#state = "waiting";
        onWaiting?.();
        if (this.#options.standBy === false) link.kill("HELD-BY-ANOTHER-PROCESS");
      },
      onEnd: (why) => {
        if (this.#link === link && this.#state === "ready") this.#gone(why);
      },
    });
    return link;
  }

  #gone(why: string): void {
    if (this.#state !== "ready") return;
    this.#state = "gone";
    this.#link?.kill();
    this.#options.onGone?.(why);
  }

  async #end(): Promise<void> {
    const link = this.#link;
    this.#link = null;
    link?.kill();
    await link?.ended;
  }
}
