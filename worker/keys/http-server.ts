import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { ListenOptions } from "node:net";
import type { HttpParts } from "./http-request";
import { problem } from "./problem";
import { problemReply, type Reply } from "./reply";
import { routeOf } from "./routes";
import type { TlsFiles } from "./tls-files";

/** Strangers may open connections too: these leave file descriptors for the database and the children. */
const MOST_CONNECTIONS = 4_000;
/** How long whoever opens a connection may take until it is a TLS one: as long as for the head of a request. */
const HANDSHAKE_MS = 5_000;
const SAID_AGAIN_MS = 60_000;

/**
 * The interface for applications, on a socket of the process that holds the sessions: nothing stands between the two. Says when connections
 * are refused because there are too many.
 */
export function httpServer(parts: HttpParts, tls: TlsFiles | null = null, handshakeTimeout = HANDSHAKE_MS): Server | TlsServer {
  const limits = { maxHeaderSize: 16_384, requestTimeout: 15_000, headersTimeout: 5_000, keepAliveTimeout: 60_000 };
  const hear = (request: IncomingMessage, response: ServerResponse): void => {
    answer(parts, request).then(
      (reply) => send(response, reply),
      (fault: unknown) => {
        parts.say(`a request ended by a fault: ${fault instanceof Error ? `${fault.name}: ${fault.message}` : "unknown"}`);
        send(response, problemReply(problem("FAULT")));
      },
    );
  };
  // Whoever signed a client's certificate is not asked: its key stands in a grant, or it is nobody's.
  const asked = { requestCert: true, rejectUnauthorized: false, minVersion: "TLSv1.2" } as const;
  const server = tls ? createTlsServer({ ...limits, ...asked, handshakeTimeout, ...tls.now() }, hear) : createServer(limits, hear);
  server.maxConnections = MOST_CONNECTIONS;
  const refused = nowAndThen(parts.say);
  server.on("drop", () => refused(`a connection was refused: ${String(MOST_CONNECTIONS)} are open`));
  return server;
}

/** Resolves when it listens; throws when it cannot. What goes wrong with its socket later is said, and ends nothing. */
export async function listen(server: Server | TlsServer, where: ListenOptions, say: (line: string) => void): Promise<void> {
  const said = nowAndThen(say);
  await new Promise<void>((listening, failed) => {
    server.once("error", failed);
    server.listen(where, () => {
      server.off("error", failed);
      server.on("error", (fault) => said(`connections cannot be taken: ${fault.message}`));
      listening();
    });
  });
}

/** What happens to many at once is said at the first, and then once a minute at most, with how often it happened since. */
export function nowAndThen(say: (line: string) => void, now: () => number = () => performance.now()): (line: string) => void {
  let [since, saidAt] = [0, -Infinity];
  return (line) => {
    since += 1;
    if (now() - saidAt < SAID_AGAIN_MS) return;
    say(since > 1 ? `${line} (${String(since)} times since it was said)` : line);
    [since, saidAt] = [0, now()];
  };
}

function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
  const length = Buffer.byteLength(body);
  const sized = status === 304 ? {} : { "content-length": length };
  response.writeHead(status, { "content-type": type, ...sized, "cache-control": "no-store", "x-content-type-options": "nosniff", ...headers });
  response.end(body);
}

async function answer(parts: HttpParts, request: IncomingMessage): Promise<Reply> {
  const [path = ""] = (request.url ?? "").split("?");
  const found = routeOf(path);
  if (!found) return problemReply(problem("PATH-UNKNOWN"));
  const { route, name } = found;
  if (request.method !== route.method) return problemReply(problem("METHOD-UNKNOWN"), null, { allow: route.method });
  return route.act(parts, request, name);
}
