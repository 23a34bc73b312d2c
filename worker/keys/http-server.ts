import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { HttpParts } from "./http-request";
import { problem } from "./problem";
import { problemReply, type Reply } from "./reply";
import { routeOf } from "./routes";
import type { TlsFiles } from "./tls-files";

/** Strangers may open connections too: these leave file descriptors for the database and the children. */
const MOST_CONNECTIONS = 4_000;

/** The interface for applications, on a socket of the process that holds the sessions: nothing stands between the two. */
export function httpServer(parts: HttpParts, tls: TlsFiles | null = null): Server | TlsServer {
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
  const server = tls ? createTlsServer({ ...limits, ...asked, ...tls.now() }, hear) : createServer(limits, hear);
  server.maxConnections = MOST_CONNECTIONS;
  return server;
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
