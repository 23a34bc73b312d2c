import pkcs11js from "pkcs11js";
import { PROFILES } from "#lib/token/profile";
import type { ChildTokenOptions } from "#worker/token/child-token";
import { openToken } from "#worker/token/module-start";
import { workOnPins } from "#worker/token/pin-work";
import type { Pkcs11Module } from "#worker/token/pkcs11-module";
import { Pkcs11Token } from "#worker/token/pkcs11-token";
import type { OpenedToken, Opening } from "#worker/token/real-operations.under-test";

export interface Spent {
  readonly milliseconds: number;
  readonly calls: number;
}

/**
 * Tokens in this very process, nothing between them and pkcs11js but a clock: what the calls of an operation cost by themselves.
 * One module, started once, so one folder of tokens in the life of the process.
 */
export class DirectTokens implements Opening {
  readonly oneFolder = true;
  readonly #module = new pkcs11js.PKCS11();
  readonly #clocked: Pkcs11Module;
  #started = false;
  #milliseconds = 0;
  #calls = 0;

  constructor() {
    this.#clocked = new Proxy(this.#module, { get: (_, name) => this.#member(String(name)) });
  }

  /** Starts the clock anew; what it answers stops it: time within pkcs11js, and number of calls. */
  readonly meter = (): (() => Spent) => {
    [this.#milliseconds, this.#calls] = [0, 0];
    return () => ({ milliseconds: this.#milliseconds, calls: this.#calls });
  };

  readonly open = async (options: ChildTokenOptions): Promise<OpenedToken> => {
    const { profile, modulePath, label, serial, pin } = options;
    const place = { profile, modulePath, label, serial: serial ?? null, configDirectory: null };
    const config = { mode: "serve" as const, copy: true, ...place, pin };
    const opened = await openToken(config, this.#addOn(), this.#host(options.environment));
    const close = (): Promise<void> => {
      this.#module.C_CloseAllSessions(opened.slot);
      return Promise.resolve();
    };
    return Object.assign(new Pkcs11Token(opened), { close });
  };

  readonly keeper: Opening["keeper"] = ({ environment, never, ...place }) => ({
    profile: PROFILES[place.profile],
    perform: (task) => workOnPins({ mode: "keep", ...place, never: [...never], task }, this.#addOn(), this.#host(environment)),
  });

  #addOn() {
    return { module: this.#clocked, constants: { ...pkcs11js } };
  }

  #host(environment: ChildTokenOptions["environment"]) {
    // SoftHSM reads its configuration's place from the process when it is started.
    process.env.SOFTHSM2_CONF = environment["SOFTHSM2_CONF"];
    return { environment, lock: () => Promise.resolve(), mayPersist: () => undefined };
  }

  #member(name: string): unknown {
    const call = Reflect.get(this.#module, name) as (...args: unknown[]) => unknown;
    if (name === "load" && this.#started) return () => undefined;
    if (name === "C_Initialize") {
      if (this.#started) return () => undefined;
      this.#started = true;
    }
    return (...args: unknown[]) => this.#clock(() => Reflect.apply(call, this.#module, args));
  }

  #clock(call: () => unknown): unknown {
    const began = performance.now();
    const stop = (): void => {
      this.#milliseconds += performance.now() - began;
      this.#calls += 1;
    };
    let answer: unknown;
    try {
      answer = call();
    } finally {
      if (!(answer instanceof Promise)) stop();
    }
    return answer instanceof Promise ? answer.finally(stop) : answer;
  }
}
