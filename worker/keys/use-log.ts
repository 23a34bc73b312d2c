import type { LoggedUse } from "#lib/store/key-uses";

interface Waiting {
  readonly row: LoggedUse;
  readonly kept: () => void;
  readonly failed: (fault: Error) => void;
}

/** The log is not there or does not keep up: nothing may be answered. */
export class LogUnavailable extends Error {
  override readonly name = "LogUnavailable";
}

const MOST_ROWS = 1_000;

/**
 * The log of uses, by group commit: while one INSERT is under way, what comes meanwhile waits for the next. `write` resolves once
 * the row is durable, and only then may an answer leave. Rejects with `LogUnavailable`; whether the row was kept is not known then.
 */
export class UseLog {
  readonly #insert: (rows: readonly LoggedUse[]) => Promise<void>;
  readonly #most: number;
  readonly #try: () => Promise<void>;
  #waiting: Waiting[] = [];
  #writing = false;
  #probing = false;
  /** Groups that were settled. */
  #settled = 0;
  #isKept = true;

  /** `probe` resolves where a row could be kept now, and keeps none. */
  constructor(insert: (rows: readonly LoggedUse[]) => Promise<void>, probe: () => Promise<void>, most = 20_000) {
    this.#insert = insert;
    this.#try = probe;
    this.#most = most;
  }

  /** Whether rows are kept, as far as is known: not from a group that was not to the next one, or the next `probe`, that is. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /**
   * Whoever is not ready is asked by nobody: after a failure it is tried now and then whether a row could be kept, one try at a time. What
   * became of a group meanwhile is the later news.
   */
  async probe(): Promise<void> {
    if (this.#isKept || this.#writing || this.#probing) return;
    const settled = this.#settled;
    this.#probing = true;
    const isKept = await this.#try().then(
      () => true,
      () => false,
    );
    this.#probing = false;
    if (this.#settled === settled) this.#isKept = isKept;
  }

  write(row: LoggedUse): Promise<void> {
    if (this.#waiting.length >= this.#most) return Promise.reject(new LogUnavailable("too much waits to be logged"));
    return new Promise((kept, failed) => {
      this.#waiting.push({ row, kept, failed });
      if (!this.#writing) this.#turn();
    });
  }

  #turn(): void {
    const group = this.#waiting.splice(0, MOST_ROWS);
    this.#writing = group.length > 0;
    if (!this.#writing) return;
    this.#insert(group.map(({ row }) => row)).then(
      () => {
        this.#isKept = true;
        this.#settled += 1;
        for (const { kept } of group) kept();
        this.#turn();
      },
      (cause: unknown) => {
        this.#isKept = false;
        this.#settled += 1;
        for (const { failed } of group) failed(new LogUnavailable("the log of uses could not be written", { cause }));
        this.#turn();
      },
    );
  }
}
