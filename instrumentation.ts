/** Runs once when the server starts: a wrong environment ends it at once, and an open live stream must not keep it from ending. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { env } = await import("#lib/env");
  const { shutDown } = await import("#lib/wiring/parts");
  env();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void shutDown());
}
