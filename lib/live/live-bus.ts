import { EventEmitter } from "node:events";

/** As the store tells it: an entry, a sealed record, a worker's health, or `resync`: anything may have changed. */
export type Change = { readonly ceremony: string | null; readonly seq: number | null; readonly kind: string };
export type Watch = (onChange: (change: Change) => void) => { stop(): Promise<void> };

/** One listener on the database for all open pages of this process. */
export class LiveBus {
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #watching: { stop(): Promise<void> };
  #closed = false;

  constructor(watch: Watch) {
    this.#watching = watch((change) => this.#events.emit("change", change));
  }

  get closed(): boolean {
    return this.#closed;
  }

  get listeners(): number {
    return this.#events.listenerCount("change");
  }

  /** Calls `onChange` from now on, and `onClose` once when the process is about to end; returns how to stop that. */
  subscribe(onChange: (change: Change) => void, onClose: () => void): () => void {
    this.#events.on("change", onChange);
    this.#events.on("close", onClose);
    return () => {
      this.#events.off("change", onChange);
      this.#events.off("close", onClose);
    };
  }

  /** Ends every stream and the listening, so that the server can exit. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#events.emit("close");
    await this.#watching.stop();
  }
}
