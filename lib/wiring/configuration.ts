import { noteConfiguration } from "#lib/store/configurations";
import { appConfiguration, env } from "../env";

type Noted = { readonly stop: AbortController; readonly noting: Promise<void> };
/** On globalThis, one per process: see database.ts. */
const running = ((globalThis as { clavigerConfiguration?: { noted?: Noted } }).clavigerConfiguration ??= {});

/** Has it noted how this server is configured, when that has changed; nothing waits for it, and while the database is away it is tried again. */
export function beginNoting(): void {
  if (running.noted) return;
  const stop = new AbortController();
  const server = { process: "app", name: null, ...appConfiguration() } as const;
  running.noted = { stop, noting: noteConfiguration(env().DATABASE_URL, server, { signal: stop.signal, say: (line) => console.error(line) }) };
}

/** Resolves when a try under way has ended. */
export async function endNoting(): Promise<void> {
  running.noted?.stop.abort();
  await running.noted?.noting;
}
