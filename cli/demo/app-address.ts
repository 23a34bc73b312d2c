import { Agent, request, type IncomingHttpHeaders } from "node:http";

/** Where the app really listens (127.0.0.1), and the origin people's browsers know it by. */
export type AppAddress = { readonly port: number; readonly origin: string; readonly rpId: string };

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

const agent = new Agent({ keepAlive: true });

/**
 * One HTTP request to the app as a browser on its origin would make it. Resolves for every status; rejects only when
 * nothing answers. node:http and not fetch, which would not let the Host header be the origin's.
 */
export function ask(
  app: AppAddress,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: "127.0.0.1",
        port: app.port,
        agent,
        method,
        path,
        headers: { host: new URL(app.origin).host, origin: app.origin, "sec-fetch-site": "same-origin", ...headers },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) });
        });
      },
    );
    asked.on("error", reject);
    asked.setTimeout(60_000, () => asked.destroy(new Error(`the app did not answer ${method} ${path} within a minute`)));
    asked.end(body);
  });
}
