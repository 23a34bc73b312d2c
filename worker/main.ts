import { noteConfiguration } from "#lib/store/configurations";
import { workerConfiguration, workerEnvOfProcess } from "./env";
import { NEEDS_A_PERSON } from "./standing-down";
import { runWorker } from "./work";
import { workerParts } from "./worker-parts";

/** How long a stop waits for the call under way; its outcome is found again at the next start whatever happens. */
const LAST_CALL_MS = 20_000;

/** One line each: what a fault brought along from elsewhere must not look like a line of its own. */
const say = (line: string): void => {
  process.stdout.write(`${new Date().toISOString()} worker ${line.replace(/\p{Cc}+/gu, " ")}\n`);
};

async function main(): Promise<number> {
  const env = workerEnvOfProcess();
  if (!env.ok) {
    for (const problem of env.refusal) say(`cannot start: ${problem}`);
    return NEEDS_A_PERSON;
  }
  const parts = workerParts(env.value, say);
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    process.once(signal, () => {
      say(`stopping: ${signal}`);
      stop.abort();
      setTimeout(() => process.exit(1), LAST_CALL_MS).unref();
    });
  }
  const { databaseUrl, name } = env.value;
  const noting = noteConfiguration(databaseUrl, { process: "worker", name, ...workerConfiguration() }, { signal: stop.signal, say });
  try {
    return await runWorker(parts, stop.signal);
  } finally {
    stop.abort();
    await noting;
    await parts.store.close();
  }
}

main().then(
  (code) => process.exit(code),
  (fault: unknown) => {
    say(`ended by a fault: ${fault instanceof Error ? `${fault.name}: ${fault.message}` : "unknown"}`);
    process.exit(1);
  },
);
