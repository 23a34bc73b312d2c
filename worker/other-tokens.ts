import { PinRefused, TokenFault } from "#lib/token/fault";
import type { Token, TokenIdentity } from "#lib/token/token";
import { ok, refuse, type Result } from "#lib/result";
import type { Block } from "./followed-ceremony";
import { guardedToken } from "./guarded-token";
import type { OtherTokenEnv } from "./other-tokens-file";

/** A token that is opened for one operation. */
export interface ClosableToken extends Token {
  close(): Promise<void>;
}

/** How other tokens are found and opened; a test may wrap it. Both throw `TokenFault` when the token is not there. */
export interface OtherTokenPort {
  readonly listed: readonly OtherTokenEnv[];
  /** Who it is now, without logging in. */
  identify(env: OtherTokenEnv): Promise<TokenIdentity>;
  /** Logged in; only the token with this serial number. */
  open(env: OtherTokenEnv, serial: string): Promise<ClosableToken>;
}

/** What the worker remembers on its own disk of PINs that a token refused: nobody tries them again. */
export interface RefusedPins {
  wasPinRefused(name?: string): boolean;
  notePinRefused(at: string, name?: string): void;
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

/**
 * The other tokens of a worker. Each is found by the name that scripts have for it, in a child process of its own, and opened for
 * the length of one operation: what is open is held against everybody else. Another device than the one that the recorder announced
 * is a block with a name, never a substitute.
 */
export class OtherTokens {
  readonly #port: OtherTokenPort;
  readonly #pins: RefusedPins;
  readonly #now: () => Date;
  readonly #before: () => void;
  readonly #open = new Map<string, ClosableToken>();
  readonly #missing = new Map<string, { readonly until: number; readonly block: Block }>();

  /** `before` runs ahead of every call to an opened token, as in `guardedToken`. */
  constructor(port: OtherTokenPort, pins: RefusedPins, now: () => Date, before: () => void) {
    this.#port = port;
    this.#pins = pins;
    this.#now = now;
    this.#before = before;
  }

  /** Who stands under that name now; blocked when nobody does, or nobody who could be opened. */
  async look(name: string): Promise<Result<TokenIdentity, Block>> {
    const known = this.#missing.get(name);
    if (known && known.until > this.#now().getTime()) return refuse(known.block);
    const env = this.#port.listed.find((one) => one.name === name);
    if (!env) return refuse({ code: "OTHER-TOKEN-LISTED", facts: { name } });
    if (this.#pins.wasPinRefused(name)) return refuse({ code: "OTHER-TOKEN-PIN", facts: { name, why: "refused" } });
    try {
      return ok(await this.#port.identify(env));
    } catch (fault) {
      return refuse(this.#absent(name, fault));
    }
  }

  /** The token of that name, opened, if it is the one with this serial number. Throws `OtherTokenBlocked`. */
  async open(name: string, serial: string): Promise<Token> {
    const opened = this.#open.get(name);
    if (opened) return opened;
    const there = await this.look(name);
    if (!there.ok) throw new OtherTokenBlocked(there.refusal);
    if (there.value.serial !== serial) throw new OtherTokenBlocked(otherSerial(name, serial, there.value));
    const env = this.#port.listed.find((one) => one.name === name);
    if (!env?.pin) throw new OtherTokenBlocked({ code: "OTHER-TOKEN-PIN", facts: { name, why: "missing" } });
    try {
      const token = this.#told(name, guardedToken(await this.#port.open(env, serial), this.#before));
      this.#open.set(name, token);
      return token;
    } catch (fault) {
      if (fault instanceof PinRefused) {
        this.#pins.notePinRefused(this.#now().toISOString(), name);
        throw new OtherTokenBlocked({ code: "OTHER-TOKEN-PIN", facts: { name, why: "refused" } });
      }
      throw new OtherTokenBlocked(this.#absent(name, fault));
    }
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
            throw fault instanceof TokenFault && fault.gone ? new OtherTokenBlocked(this.#absent(name, fault)) : fault;
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
