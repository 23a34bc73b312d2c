import { sha256Hex } from "#lib/log/digest";
import type { Acting } from "./acting";
import type { LogMemory } from "./log/log-memory";
import type { TrustedAtConsole, WorkerMemory } from "./memory";

type Telling = Pick<Acting, "store" | "memory" | "worker">;

/**
 * Has the audit trail say what a person at this worker's console had it trust: a roster, a log, its recorder, an organisation's certificate. Who
 * that was cannot be said: a shell has no passkey. It is told by the worker, once it has what was trusted, and forgotten only when the trail has
 * it: cut off anywhere, it is told once. No ceremony waits for it; a database that is away is told when it is back.
 */
export class TrustTeller {
  #isSaid = false;

  /** `logs`: of the log this worker keeps, if it keeps one. `passesOn` tells the faults of token and database, which are thrown on. */
  constructor(
    readonly logs: Pick<LogMemory, "recall"> | null,
    readonly passesOn: (fault: unknown) => boolean,
    readonly say: (line: string) => void,
  ) {}

  async look({ store, memory, worker }: Telling): Promise<void> {
    try {
      for (const { name, trusted } of memory.untold()) {
        if (!this.#isInUse(memory, trusted)) continue;
        await store.noteTrusted({ ...trusted, worker });
        memory.told(name);
      }
      this.#isSaid = false;
    } catch (fault) {
      if (this.passesOn(fault)) throw fault;
      if (!this.#isSaid) this.say(`what was trusted at the console cannot be noted yet (${fault instanceof Error ? fault.name : "an unknown fault"})`);
      this.#isSaid = true;
    }
  }

  /** A command that ended before its last line left a word of trust, and nothing that is trusted. */
  #isInUse(memory: WorkerMemory, trusted: TrustedAtConsole): boolean {
    const is = (der: Uint8Array | null | undefined) => der !== null && der !== undefined && sha256Hex(der) === trusted.sha256;
    switch (trusted.what) {
      case "roster":
        return memory.isPinned(trusted.sha256);
      case "log":
        return (this.logs?.recall(trusted.origin) ?? null) !== null;
      case "recorder":
        return is(memory.certificate("trust-anchor"));
      case "organisation-certificate":
        return memory.organisationChains().some(([end]) => is(end));
    }
  }
}
