import { noteConfiguration } from "#lib/store/configurations";
import { keysConfiguration, keysEnvOfProcess } from "./env";
import { NEEDS_A_PERSON, runKeyProcess } from "./key-process";

/** One line each, whatever a fault brought along. */
const say = (line: string): void => {
  process.stdout.write(`${new Date().toISOString()} keys ${line.replace(/\p{Cc}+/gu, " ")}\n`);
};

async function main(): Promise<number> {
  const env = keysEnvOfProcess();
  if (!env.ok) {
    for (const problem of env.refusal) say(`cannot start: ${problem}`);
    return NEEDS_A_PERSON;
  }
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => stop.abort());
  const { databaseUrl, name } = env.value;
  const noting = noteConfiguration(databaseUrl, { process: "keys", name, ...keysConfiguration() }, { signal: stop.signal, say });
  try {
    return await runKeyProcess(env.value, stop.signal, say);
  } finally {
    stop.abort();
    await noting;
  }
}

main().then(
  (code) => process.exit(code),
  (fault: unknown) => {
    say(`ended by a fault: ${fault instanceof Error ? `${fault.name}: ${fault.message}` : "unknown"}`);
    process.exit(1);
  },
);
