import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it arrived. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What comes of it: an answer, or whatever is done to the connection. */
export type Behaviour = (response: ServerResponse, heard: Heard) => void;

/** A key process that does what a test says, over real sockets. Tokens are given until a test says otherwise. */
export class KeyServer {
  readonly heard: Heard[] = [];
  readonly #server: Server;
  readonly #next = new Map<string, Behaviour[]>();
  #given = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<KeyServer> {
    const server = createServer();
    const opened = new KeyServer(server);
    server.on("request", (request, response) => void opened.#hear(request, response));
    await new Promise<void>((listening) => server.listen({ host: "127.0.0.1", port: 0 }, listening));
    return opened;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** What the next requests for a path get, one after the other; the last of them from then on. */
  on(path: string, ...behaviours: Behaviour[]): void {
    this.#next.set(path, behaviours);
  }

  of(path: string): Heard[] {
    return this.heard.filter((one) => one.path === path);
  }

  async #hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const heard = { method: request.method ?? "", path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString("utf8") };
    this.heard.push(heard);
    const waiting = this.#next.get(heard.path) ?? [];
    const [behaviour = heard.path === "/oauth/token" ? answering({ access_token: `given-${String((this.#given += 1))}`, expires_in: 300 }) : answering({}, 404)] = waiting;
    if (waiting.length > 1) waiting.shift();
    behaviour(response, heard);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }
}

export const answering =
  (value: object | string, status = 200, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof value === "string" ? value : JSON.stringify(value));
  };

/** As the key process tells a problem. */
export const refusing = (code: string, status: number, headers: Record<string, string> = {}): Behaviour =>
  answering({ type: `urn:claviger:problem:${code}`, title: "It is refused.", status, detail: "Do something else.", name: code, use: "row-1" }, status, {
    "content-type": "application/problem+json",
    ...headers,
  });

/** The connection ends after the request was read. */
export const cut: Behaviour = (response) => response.socket?.destroy();
/** The connection ends in the middle of the answer. */
export const cutWithin: Behaviour = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write('{"valid":', () => response.socket?.destroy());
};
export const silent: Behaviour = () => undefined;
