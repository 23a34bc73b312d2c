import { setTimeout as sleep } from "node:timers/promises";
import type { ExclusiveLock } from "#lib/store/exclusive-lock";
import { PinRefused, TokenFault } from "#lib/token/fault";
import type { HealthTeller } from "./health";
import type { OpenedToken, WorkerParts } from "./parts-port";
import { pinRefused, tokenHeld, tokenSilent } from "./said";
import { Helpless, LeadershipLost } from "./standing-down";

const RETRY_MS = 1_000;

/** The worker's token, which comes and goes. Its PIN is tried once, and never again after a refusal. */
export class HeldToken {
  readonly #parts: Pick<WorkerParts, "memory" | "openToken" | "serial" | "now">;
  readonly #health: HealthTeller;
  readonly #signal: AbortSignal;

  constructor(parts: Pick<WorkerParts, "memory" | "openToken" | "serial" | "now">, health: HealthTeller, signal: AbortSignal) {
    this.#parts = parts;
    this.#health = health;
    this.#signal = signal;
  }

  /** Opens it, however long that takes; null when the lead was lost or the worker was stopped in between. */
  async open(lock: ExclusiveLock): Promise<OpenedToken | null> {
    const { memory, openToken, serial } = this.#parts;
    if (memory.wasPinRefused()) await this.#pinRefused();
    while (lock.held && !this.#signal.aborted) {
      try {
        return await openToken(() => void this.#health.say("waiting-for-token", tokenHeld(serial)));
      } catch (fault) {
        await this.fault(fault);
      }
      await sleep(RETRY_MS);
    }
    return null;
  }

  /** Says a fault of the token to whoever looks at this worker, or throws it on when it is none; ends the worker when the PIN was refused. */
  async fault(fault: unknown): Promise<void> {
    if (!(fault instanceof TokenFault)) throw fault;
    if (fault instanceof PinRefused) {
      this.#parts.memory.notePinRefused(this.#parts.now().toISOString());
      await this.#pinRefused();
    }
    const { serial } = this.#parts;
    await this.#health.say("waiting-for-token", tokenSilent(serial, fault.message));
  }

  async #pinRefused(): Promise<never> {
    await this.#health.end("pin-refused", pinRefused(this.#parts.memory.pinRefusedPath));
    throw new Helpless();
  }

  /** After it was gone or logged out, as often as it takes. Throws LeadershipLost. */
  async openAgain(opened: OpenedToken, lock: ExclusiveLock): Promise<void> {
    while (!this.#signal.aborted) {
      if (!(await lock.confirm())) throw new LeadershipLost();
      try {
        await opened.reopen();
        return;
      } catch (again) {
        await this.fault(again);
      }
      await sleep(RETRY_MS);
    }
  }
}
