import { PinRefused, TokenFault } from "#lib/token/fault";
import type { Token, TokenIdentity } from "#lib/token/token";
import { ok, refuse, type Result } from "#lib/result";
import { NO_SERIAL } from "#lib/ceremony/operation";
import type { OperationRequest } from "#lib/ceremony/script";
import type { Operation } from "#lib/operations/operation";
import { PROFILES } from "#lib/token/profile";
import type { PinTask, TokenKeeper } from "#lib/token/token-keeper";
import type { Block } from "./followed-ceremony";
import { guardedToken } from "./guarded-token";
import type { KnownPins } from "./known-pins";
import type { OtherTokenEnv } from "./other-tokens-file";
import type { PinSource } from "./token/pin-source";

/** A token that is opened for one operation. */
export interface ClosableToken extends Token {
  close(): Promise<void>;
}

/** How other tokens are found and opened; a test may wrap it. Both throw `TokenFault` when the token is not there. */
export interface OtherTokenPort {
  readonly listed: readonly OtherTokenEnv[];
  /** Who it is now, without logging in. */
  identify(env: OtherTokenEnv): Promise<TokenIdentity>;
  /** The slot in which a token that does not exist yet can be made, as it describes itself. */
  identifySlot(env: OtherTokenEnv): Promise<TokenIdentity>;
  /** Logged in; only the token with this serial number. */
  open(env: OtherTokenEnv, serial: string): Promise<ClosableToken>;
  /** The work on its PINs, for the token with this serial number, or for one that is still to be (null). */
  keeper(env: OtherTokenEnv, serial: string | null): TokenKeeper;
}

/** What the worker remembers on its own disk of PINs that a token refused: nobody tries them again. */
export interface RefusedPins {
  wasPinRefused(name?: string): boolean;
  notePinRefused(at: string, name?: string): void;
  /**
   * That custodians have set another PIN: what a file on this host says of it is not true any more until somebody writes it
   * anew.
   */
  notePinChanged(at: string, name: string): void;
  isPinStale(name: string, source: PinSource): boolean;
}

/** Work on another token cannot go on now; what was begun on it is looked at when it is back. */
export class OtherTokenBlocked extends Error {
  override readonly name = "OtherTokenBlocked";
  readonly block: Block;

  constructor(block: Block) {
    super(block.code);
    this.block = block;
  }
}

const LOOK_AGAIN_MS = 3_000;
/** Another process has the token: this one ended before it looked at any PIN. */
const HELD = "HELD-BY-ANOTHER-PROCESS";

/**
 * The other tokens of a worker. Each is found by the name that scripts have for it, in a child process of its own, and opened
 * for the length of one operation: what is open is held against everybody else. Another device than the one that the recorder
 * announced is a block with a name, never a substitute.
 */
export class OtherTokens {
  readonly #port: OtherTokenPort;
  readonly #pins: RefusedPins;
  readonly #known: KnownPins;
  readonly #now: () => Date;
  readonly #before: () => void;
  readonly #open = new Map<string, ClosableToken>();
  /** Faults that another token's module answered with, by that token's name: the worker's own token has no part in them. */
  readonly #faults = new WeakMap<TokenFault, string>();
  readonly #missing = new Map<string, { readonly until: number; readonly block: Block }>();

  /** `before` runs ahead of every call to an opened token, as in `guardedToken`. */
  constructor(port: OtherTokenPort, pins: RefusedPins, known: KnownPins, now: () => Date, before: () => void) {
    this.#port = port;
    this.#pins = pins;
    this.#known = known;
    this.#now = now;
    this.#before = before;
  }

  /**
   * Who stands under that name now; blocked when nobody does, or nobody who could be opened for that
   * ceremony: an intent that nobody can carry out would hold the room for good. No ceremony: its PIN is one that people are
   * going to enter, so that nothing depends on the one kept here.
   */
  async look(name: string, ceremony: string | null): Promise<Result<TokenIdentity, Block>> {
    const known = this.#missing.get(name);
    if (known && known.until > this.#now().getTime()) return refuse(known.block);
    const env = this.#port.listed.find((one) => one.name === name);
    if (!env) return refuse({ code: "OTHER-TOKEN-LISTED", facts: { name } });
    const unusable = ceremony === null ? null : this.#pinProblem(env, ceremony);
    if (unusable) return refuse({ code: "OTHER-TOKEN-PIN", facts: { name, why: unusable } });
    try {
      return ok(await this.#port.identify(env));
    } catch (fault) {
      return refuse(this.#absent(name, fault));
    }
  }

  /** The token of that name, opened for a ceremony, if it is the one with this serial number. Throws `OtherTokenBlocked`. */
  async open(name: string, serial: string, ceremony: string): Promise<Token> {
    const opened = this.#open.get(name);
    if (opened) return opened;
    const there = await this.look(name, ceremony);
    if (!there.ok) throw new OtherTokenBlocked(there.refusal);
    if (there.value.serial !== serial) throw new OtherTokenBlocked(otherSerial(name, serial, there.value));
    const env = this.#listed(name);
    const entered = this.#known.pinOf(name, ceremony);
    try {
      const opened = await this.#port.open(entered ? { ...env, pin: { bytes: entered } } : env, serial);
      const token = this.#told(name, guardedToken(opened, this.#before));
      this.#open.set(name, token);
      return token;
    } catch (fault) {
      if (fault instanceof PinRefused) {
        // Whichever it was, no other PIN is tried after it: one of these tries locks the token.
        if (entered) this.#known.forget(name);
        this.#pins.notePinRefused(this.#now().toISOString(), name);
        throw new OtherTokenBlocked({ code: "OTHER-TOKEN-PIN", facts: { name, why: "refused" } });
      }
      throw new OtherTokenBlocked(this.#absent(name, fault));
    } finally {
      entered?.fill(0);
    }
  }

  /** A token that is still to be made under that name, as the slot for it describes itself; blocked when there is none. */
  async lookForSlot(name: string): Promise<Result<TokenIdentity, Block>> {
    try {
      return ok(await this.#port.identifySlot(this.#listed(name)));
    } catch (fault) {
      return fault instanceof OtherTokenBlocked ? refuse(fault.block) : refuse(this.#absent(name, fault));
    }
  }

  isListed(name: string): boolean {
    return this.#port.listed.some((one) => one.name === name);
  }

  /** Why the operation cannot be done on the token of that name, by a stable name; null when it can. */
  unable(name: string, request: OperationRequest, { unable }: Pick<Operation, "unable">): string | null {
    const env = this.#listed(name);
    return unable?.(request, { profile: PROFILES[env.profile], label: env.label }) ?? null;
  }

  /** How many bytes a PIN of the token may have, or of the one that will be made in its place. */
  async pinLength(name: string): Promise<Result<TokenIdentity["pinLength"], Block>> {
    const there = await this.look(name, null);
    const found = there.ok ? there : await this.lookForSlot(name);
    return found.ok ? ok(found.value.pinLength) : found;
  }

  /**
   * The work on the PINs of the token with this serial number, or of one that is still to be (NO_SERIAL), for a ceremony: the
   * user PIN that it ends with is known from then on, until that ceremony is over, and the one in a file of this host is so no
   * more.
   */
  keeper(name: string, serial: string, ceremony: string): TokenKeeper {
    const env = this.#listed(name);
    const keeper = this.#port.keeper(env, serial === NO_SERIAL ? null : serial);
    return {
      profile: keeper.profile,
      perform: async (task) => {
        this.#before();
        await this.closeAll();
        const userPin = userPinAfter(task);
        const changes = userPin !== null && task.task !== "check-pin";
        try {
          const identity = await keeper.perform(task);
          this.#missing.delete(name);
          if (changes) this.#userPinChanged(name);
          if (userPin) this.#known.know(name, ceremony, userPin);
          return identity;
        } catch (fault) {
          // The reply was lost: it may have been changed, and the one before would be a wrong try.
          if (changes && fault instanceof TokenFault && fault.gone && fault.ckrName !== HELD) this.#userPinChanged(name);
          throw fault;
        } finally {
          userPin?.fill(0);
        }
      },
    };
  }

  #userPinChanged(name: string): void {
    this.#known.forget(name);
    this.#pins.notePinChanged(this.#now().toISOString(), name);
  }

  /** Why no login is possible with what is known here for that ceremony; null when one is. */
  #pinProblem({ name, pin }: OtherTokenEnv, ceremony: string): "missing" | "refused" | "changed" | null {
    if (this.#known.has(name, ceremony)) return null;
    if (this.#pins.wasPinRefused(name)) return "refused";
    if (!pin) return "missing";
    return this.#pins.isPinStale(name, pin) ? "changed" : null;
  }

  #listed(name: string): OtherTokenEnv {
    const env = this.#port.listed.find((one) => one.name === name);
    if (!env) throw new OtherTokenBlocked({ code: "OTHER-TOKEN-LISTED", facts: { name } });
    return env;
  }

  /** The block that a fault means when it came from another token; null for one of anything else. */
  blockFor(fault: unknown): Block | null {
    if (fault instanceof OtherTokenBlocked) return fault.block;
    const name = fault instanceof TokenFault ? this.#faults.get(fault) : undefined;
    return name === undefined ? null : this.#absent(name, fault);
  }

  /** People set, or may have set, another user PIN on that token in an operation that was cut short: the old one is not tried. */
  userPinMayHaveChanged(name: string): void {
    this.#userPinChanged(name);
  }

  /** Ends every child that is open, and with it the hold on its token. */
  async closeAll(): Promise<void> {
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map((token) => token.close()));
  }

  /** That it went away in the middle of a call is said of it by name: the worker's own token is another one. */
  #told(name: string, token: ClosableToken): ClosableToken {
    return new Proxy(token, {
      get: (target, member) => {
        const value: unknown = Reflect.get(target, member, target);
        if (typeof value !== "function") return value;
        return async (...args: unknown[]): Promise<unknown> => {
          try {
            return await Reflect.apply(value, target, args);
          } catch (fault) {
            if (!(fault instanceof TokenFault)) throw fault;
            if (fault.gone) throw new OtherTokenBlocked(this.#absent(name, fault));
            this.#faults.set(fault, name);
            throw fault;
          }
        };
      },
    });
  }

  /** A look costs a process: for a few seconds the answer that it is not there is taken for true. */
  #absent(name: string, fault: unknown): Block {
    if (!(fault instanceof TokenFault)) throw fault;
    const block: Block = { code: "OTHER-TOKEN-THERE", facts: { name, why: fault.ckrName } };
    this.#missing.set(name, { until: this.#now().getTime() + LOOK_AGAIN_MS, block });
    return block;
  }
}

/** The block for a token that is there and is another device. */
export const otherSerial = (name: string, expected: string, { serial }: TokenIdentity): Block => ({
  code: "OTHER-TOKEN-SERIAL",
  facts: { name, expected, found: serial },
});

/** A copy of the user PIN that the token has once the task is done; null where the task does not say. */
function userPinAfter(task: PinTask): Uint8Array | null {
  if (task.task === "change-pin") return task.holder === "user" ? Uint8Array.from(task.newPin) : null;
  return Uint8Array.from(task.userPin);
}
