import type { Server } from "node:http";
import type { Server as TlsServer } from "node:https";

const LOOK_MS = 20;

/**
 * Ends a server so that whoever was heard is answered: it takes no more connections, ends those on which nothing is asked, and waits for the
 * others, at most so many milliseconds. What is under way then is cut off: its use may be in the log without having been answered.
 */
export async function drain(server: Server | TlsServer, limitMs: number): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  server.prependListener("request", (_, response) => response.setHeader("connection", "close"));
  const looking = setInterval(() => server.closeIdleConnections(), LOOK_MS);
  const late = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(looking);
  clearTimeout(late);
}
