import type { Health, WorkerStore } from "./store-port";

/** The states a worker can be in; the sentences say more. */
export type HealthState =
  | "ready"
  | "busy"
  | "blocked"
  | "standing-by"
  | "waiting-for-token"
  | "on-break"
  | "pin-refused"
  | "not-initialised"
  | "trouble"
  | "stopped";

/** What is said: a sentence for the worker's own log, and what it is made of, so that others can say it in their language. */
export type Said = { readonly of: string; readonly sentence: string; readonly values?: Readonly<Record<string, string>> };

const HEARTBEAT_MS = 3_000;

/**
 * Tells the room how the worker is: at every change, and again every few seconds so that silence means something. What cannot
 * be told because the database is gone is told when it is back.
 */
export class HealthTeller {
  readonly #store: WorkerStore;
  readonly #identity: Pick<Health, "worker" | "tokenSerial">;
  readonly #now: () => Date;
  readonly #log: (line: string) => void;
  readonly #heartbeat: NodeJS.Timeout;
  #said: Pick<Health, "state" | "sentence" | "facts"> = { state: "ready", sentence: "", facts: {} };
  #last = Promise.resolve();

  constructor(store: WorkerStore, identity: Pick<Health, "worker" | "tokenSerial">, now: () => Date, log: (line: string) => void) {
    this.#store = store;
    this.#identity = identity;
    this.#now = now;
    this.#log = log;
    this.#heartbeat = setInterval(() => void this.#tell(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  async say(state: HealthState, { of, sentence, values = {} }: Said, facts: Health["facts"] = {}): Promise<void> {
    const next = { state, sentence, facts: { ...facts, said: { of, values } } };
    if (JSON.stringify(next) === JSON.stringify(this.#said)) return;
    if (sentence !== this.#said.sentence || state !== this.#said.state) this.#log(`${state}: ${sentence}`);
    this.#said = next;
    await this.#tell();
  }

  /** The last word, and no heartbeat after it. */
  async end(state: HealthState, said: Said): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.say(state, said);
  }

  /** One after the other, so that an older word never overwrites a newer one. */
  #tell(): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (this.#said.sentence === "") return;
      try {
        await this.#store.sayHealth({ ...this.#identity, ...this.#said, seenAt: this.#now().toISOString() });
      } catch (fault) {
        if (!this.#store.isGone(fault)) this.#log(`health could not be told: ${fault instanceof Error ? fault.name : "unknown"}`);
      }
    });
    return this.#last;
  }
}
