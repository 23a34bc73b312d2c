/** Vitest's global set-up for integration tests run by themselves; under `npm test` the grounds are open already. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.TEST_DATABASE_SUPERUSER_URL !== undefined) return undefined;
  const { openTestGrounds } = await import("./grounds.mjs");
  const grounds = await openTestGrounds();
  return grounds.close;
}
