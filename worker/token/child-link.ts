import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { TokenGone } from "#lib/token/fault";
import { PROFILES } from "#lib/token/profile";
import type { TokenIdentity } from "#lib/token/token";
import { type ChildMessage, fromMessage, type StartConfig } from "./protocol";

/** Variables any process needs; beside them the child gets only what its profile and its PIN source name. */
const ALWAYS = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT"];

export type Environment = Readonly<Record<string, string | undefined>>;

export interface LinkEvents {
  /** Another process holds the token; called once. */
  readonly onWaiting: () => void;
  /** The child ended; `why` names the exit code or signal. Called once, also after `kill`. */
  readonly onEnd: (why: string) => void;
}

/** A start that failed, and whether a new child may do better in a moment. */
export class StartFailed extends Error {
  readonly retryable: boolean;

  constructor(cause: Error, retryable: boolean) {
    super(cause.message, { cause });
    this.retryable = retryable;
  }
}

interface Waiting {
  readonly call: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One child process: its start, its calls, its end. Knows nothing of what the calls mean. */
export class ChildLink {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  readonly ready: Promise<TokenIdentity>;
  readonly ended: Promise<void>;
  #lastId = 0;
  #why: string | null = null;
  #killedFor: string | null = null;

  constructor(config: StartConfig, environment: Environment, events: LinkEvents, program = new URL("./pkcs11-child.ts", import.meta.url)) {
    this.#child = fork(fileURLToPath(program), [], {
      execPath: process.execPath,
      execArgv: ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href],
      env: childEnvironment(config, environment),
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    let settle: { ready: (identity: TokenIdentity) => void; failed: (error: Error) => void };
    this.ready = new Promise((ready, failed) => {
      settle = { ready, failed };
    });
    this.ready.catch(() => undefined);
    this.#child.on("message", (message: ChildMessage) => {
      if ("id" in message) this.#settle(message);
      else if (message.event === "waiting") events.onWaiting();
      else if (message.event === "ready") settle.ready(message.identity);
      else {
        settle.failed(new StartFailed(fromMessage(message.fault), message.retryable));
        this.kill();
      }
    });
    this.ended = new Promise((resolve) => {
      const end = (why: string): void => {
        if (this.#why !== null) return;
        this.#why = why;
        settle.failed(new StartFailed(new TokenGone("start", why), false));
        for (const { call, reject } of this.#waiting.values()) reject(new TokenGone(call, why));
        this.#waiting.clear();
        events.onEnd(why);
        resolve();
      };
      this.#child.once("exit", (code, signal) => end(this.#killedFor ?? `CHILD-ENDED ${signal ?? String(code)}`));
      this.#child.once("error", () => end("CHILD-NOT-STARTED"));
    });
    this.#send({ start: config });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Sends a call; rejects with `TokenGone` when the child dies first or takes longer than the limit, which ends the child. */
  call(call: string, args: readonly unknown[], limitMs: number): Promise<unknown> {
    if (this.#why !== null) return Promise.reject(new TokenGone(call, this.#why));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        this.kill();
        reject(new TokenGone(call, "NO-ANSWER-IN-TIME"));
      }, limitMs);
      this.#waiting.set(id, {
        call,
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.#send({ id, call, args });
    });
  }

  /** Ends the child at once; `why` is what is said of its end. PKCS#11 objects of its sessions go with it; nothing is finalised, which is safe at any moment. */
  kill(why: string | null = null): void {
    this.#killedFor ??= why;
    this.#child.kill("SIGKILL");
  }

  #settle(message: Extract<ChildMessage, { id: number }>): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    this.#waiting.delete(message.id);
    if ("fault" in message) waiting.reject(fromMessage(message.fault));
    else waiting.resolve(message.value);
  }

  /** A failed send means the child is ending; its exit event rejects what waits. */
  #send(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => undefined);
  }
}

function childEnvironment(config: StartConfig, environment: Environment): NodeJS.ProcessEnv {
  const pins = "pin" in config ? ("securityOfficerPin" in config ? [config.pin, config.securityOfficerPin] : [config.pin]) : [];
  const names = [...ALWAYS, ...PROFILES[config.profile].environment, ...pins.flatMap((pin) => ("variable" in pin ? [pin.variable] : []))];
  const chosen: Record<string, string> = {};
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined) chosen[name] = value;
  }
  return chosen as NodeJS.ProcessEnv;
}
