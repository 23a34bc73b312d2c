import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** A lock of the database, held by one connection of its own and lost with it. */
export interface ExclusiveLock {
  /** False from the moment the connection is known to be lost; it never becomes true again. */
  readonly held: boolean;
  /** Asks the server over the lock's own connection; false when it does not answer in time, and then the lock counts as lost. */
  confirm(): Promise<boolean>;
  release(): Promise<void>;
}

const RETRY_MS = 400;
const ANSWER_MS = 3_000;

/**
 * Waits until this process alone holds the session lock of that name (`pg_advisory_lock`), and answers null when `signal` ends
 * the waiting. `onWaiting` hears why it takes longer: somebody else has it, or the database is not there. Needs a connection to
 * the server itself: a pooler that gives a session to another client would give the lock away with it.
 */
export async function holdExclusiveLock(
  url: string,
  name: string,
  signal: AbortSignal,
  onWaiting: (why: "held-by-another" | "database-gone") => void,
): Promise<ExclusiveLock | null> {
  const ended = () => signal.aborted;
  while (!ended()) {
    const connection = await connect(url);
    if (!connection) onWaiting("database-gone");
    while (connection?.held && !ended()) {
      const taken = await connection.take(name);
      if (taken === "taken") return connection;
      onWaiting(taken);
      await pause(RETRY_MS, signal);
    }
    await connection?.release();
    await pause(RETRY_MS, signal);
  }
  return null;
}

class LockConnection implements ExclusiveLock {
  readonly #client: pg.Client;
  #held = true;

  constructor(client: pg.Client) {
    this.#client = client;
    const lost = () => {
      this.#held = false;
    };
    client.on("error", lost);
    client.on("end", lost);
  }

  get held(): boolean {
    return this.#held;
  }

  async take(name: string): Promise<"taken" | "held-by-another" | "database-gone"> {
    const rows = await this.#ask<{ taken: boolean }>("SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken", [name]);
    if (rows === null) return "database-gone";
    return rows[0]?.taken === true ? "taken" : "held-by-another";
  }

  async confirm(): Promise<boolean> {
    return this.#held && (await this.#ask("SELECT 1", [])) !== null;
  }

  async release(): Promise<void> {
    this.#held = false;
    await this.#client.end().catch(() => undefined);
  }

  async #ask<T extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<T[] | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      // An answer that came while this process was busy with something else is read before the server is called silent.
      timer = setTimeout(() => setImmediate(resolve, null), ANSWER_MS);
    });
    const answer = this.#client.query<T>(sql, values).then(
      ({ rows }) => rows,
      () => null,
    );
    const rows = await Promise.race([answer, late]);
    clearTimeout(timer);
    if (rows === null) this.#held = false;
    return rows;
  }
}

async function connect(url: string): Promise<LockConnection | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "claviger-lock",
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_MS,
  });
  const connection = new LockConnection(client);
  try {
    await client.connect();
    return connection;
  } catch {
    await connection.release();
    return null;
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
