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
  #waiting: Waiting[] = [];
  #writing = false;
  #isKept = true;

  constructor(insert: (rows: readonly LoggedUse[]) => Promise<void>, most = 20_000) {
    this.#insert = insert;
    this.#most = most;
  }

  /** Whether rows are kept, as far as is known: not from a group that was not to the next one, or the next `probe`, that is. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Whoever is not ready is asked by nobody: after a failure no row at all is written, now and then, to find out whether one could be. */
  async probe(): Promise<void> {
    if (this.#isKept || this.#writing) return;
    this.#isKept = await this.#insert([]).then(
      () => true,
      () => false,
    );
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
        for (const { kept } of group) kept();
        this.#turn();
      },
      (cause: unknown) => {
        this.#isKept = false;
        for (const { failed } of group) failed(new LogUnavailable("the log of uses could not be written", { cause }));
        this.#turn();
      },
    );
  }
}
