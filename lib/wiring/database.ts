import { openDatabase, type Database } from "#lib/store/database";
import { env } from "../env";

/** On globalThis, one per process: a development server that loads modules anew must not open them anew. */
const kept = ((globalThis as { clavigerDatabase?: { db?: Database } }).clavigerDatabase ??= {});

/** The database, opened with the first call. */
export const database = (): Database => (kept.db ??= openDatabase(env().DATABASE_URL, { name: "claviger-app" }));

export async function closeDatabase(): Promise<void> {
  await kept.db?.$disconnect();
}
