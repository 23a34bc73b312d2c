/** Runs once when the server starts: a wrong environment ends it at once, and open live streams must not keep it from ending. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { begin } = await import("#lib/wiring/process-life");
    begin();
  }
}
