import { randomUUID } from "node:crypto";
import type { UseLog } from "./use-log";

/** A request that was refused before anything of a key was decided. */
export interface RefusedRequest {
  /** Who asked, where that is known. */
  readonly account: string | null;
  /** The key asked for, as it was called. */
  readonly key: string | null;
  readonly operation: string;
  /** SHA-256 of what was sent, where it was read. */
  readonly digest: string | null;
  readonly result: string;
}

export interface RefusalLogParts {
  readonly log: Pick<UseLog, "write">;
  readonly name: string;
  readonly now: () => Date;
}

const MINUTE_MS = 60_000;

/**
 * Refused requests in the log of uses: a row each, so many in a minute of each account, and so many of everybody who is not known. What
 * is beyond that is counted, and one row at the end of the minute stands for all that were refused for one reason: whoever asks without
 * end fills no disk.
 */
export class RefusalLog {
  readonly #parts: RefusalLogParts;
  readonly #most: number;
  #minute = 0;
  readonly #rows = new Map<string | null, number>();
  readonly #counted = new Map<string, { readonly account: string | null; readonly result: string; times: number }>();

  constructor(parts: RefusalLogParts, most = 60) {
    this.#parts = parts;
    this.#most = most;
  }

  /** The row's id; null where it was counted only, or the log is not there: a refusal is answered all the same. */
  async note({ account, result, ...request }: RefusedRequest): Promise<string | null> {
    await this.flush();
    const rows = this.#rows.get(account) ?? 0;
    if (rows >= this.#most) {
      const name = JSON.stringify([account, result]);
      const counted = this.#counted.get(name) ?? { account, result, times: 0 };
      counted.times += 1;
      this.#counted.set(name, counted);
      return null;
    }
    this.#rows.set(account, rows + 1);
    return this.#write({ account, result, ...request }, 1);
  }

  /** Writes what was counted in the minutes that are over; with `now`, in this one as well. */
  async flush(now = false): Promise<void> {
    const minute = Math.floor(this.#parts.now().getTime() / MINUTE_MS);
    if (minute === this.#minute && !now) return;
    this.#minute = minute;
    const counted = [...this.#counted.values()];
    this.#rows.clear();
    this.#counted.clear();
    await Promise.all(counted.map(({ times, ...one }) => this.#write({ ...one, key: null, operation: "refused", digest: null }, times)));
  }

  async #write(refused: RefusedRequest, times: number): Promise<string | null> {
    const { log, name, now } = this.#parts;
    const use = randomUUID();
    const row = { ...refused, use, at: now().toISOString(), grant: null, algorithm: null, micros: 0, process: name, times };
    return log.write(row).then(
      () => use,
      () => null,
    );
  }
}
