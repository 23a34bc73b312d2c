import { openDatabase, type Database } from "#lib/store/database";
import { env } from "../env";

/** What there is one of per process. On globalThis: a development server loads modules anew and must not open them anew. */
const shared = ((globalThis as { claviger?: Record<string, object> }).claviger ??= {});
export const ofProcess = <T extends object>(name: string): T => (shared[name] ??= {}) as T;

const kept = ofProcess<{ db?: Database }>("database");

/** The database, opened with the first call. */
export const database = (): Database => (kept.db ??= openDatabase(env().DATABASE_URL, { name: "claviger-app" }));

export async function closeDatabase(): Promise<void> {
  await kept.db?.$disconnect();
}
