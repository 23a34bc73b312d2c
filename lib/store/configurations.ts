import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Configuration } from "#lib/log/configuration";

/** What says how it is configured. A process of which there are many that come and go has no name: all of them are one. */
export type ConfiguredProcess = Configuration & { readonly process: "app" | "worker" | "keys"; readonly name: string | null };

/** While it cannot be noted: it is tried again after so long, until the signal; the first fault is said. */
export type Noting = { readonly signal: AbortSignal; readonly say: (line: string) => void; readonly pauseMs?: number };

const PAUSE_MS = 10_000;
const ANSWER_MS = 10_000;
const GOODBYE_MS = 1_000;

/**
 * Has the database note how a process is configured, if that is not its last word: an event of the audit trail. True when it was
 * noted just now, false when nothing has changed. By a connection of its own, as the role of `url`, which must be that of the
 * process; throws while it is gone.
 */
export async function noteConfigurationNow(url: string, configured: ConfiguredProcess): Promise<boolean> {
  const { process, name, settings, digest } = configured;
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: ANSWER_MS,
    statement_timeout: ANSWER_MS,
    query_timeout: ANSWER_MS,
    application_name: "claviger-configuration",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    // What is noted is on the disk before it is answered, however the role or the database is set up.
    await client.query("SET synchronous_commit = on");
    const { rows } = await client.query<{ noted: boolean }>("SELECT claviger_note_configuration($1, $2, $3, $4) AS noted", [
      process,
      name,
      settings,
      digest,
    ]);
    return rows[0]?.noted === true;
  } finally {
    // A server that says nothing any more need not be waited for.
    await Promise.race([client.end().catch(() => undefined), sleep(GOODBYE_MS, undefined, { ref: false })]);
  }
}

/**
 * The same beside everything else a process does: it never rejects, and no work waits for it. Resolves when it is noted, or when
 * the signal ends it.
 */
export const noteConfiguration = (url: string, configured: ConfiguredProcess, noting: Noting): Promise<void> =>
  untilDone(() => noteConfigurationNow(url, configured), noting);

/** Tries once at least, and goes on until it is done or the signal ends it. */
export async function untilDone(write: () => Promise<unknown>, { signal, say, pauseMs = PAUSE_MS }: Noting): Promise<void> {
  for (let isSaid = false; ; isSaid = true) {
    try {
      await write();
      return;
    } catch (fault) {
      // What a fault of the database says can name hosts and roles.
      if (!isSaid) say(`how this process is configured cannot be noted yet: ${nameOf(fault)}`);
    }
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
  }
}

/** Its code, such as ECONNREFUSED or 42883, else its name. */
const nameOf = (fault: unknown): string => {
  if (!(fault instanceof Error)) return "an unknown fault";
  return "code" in fault && typeof fault.code === "string" ? fault.code : fault.name;
};
