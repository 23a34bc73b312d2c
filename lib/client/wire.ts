import { createPrivateKey, X509Certificate } from "node:crypto";
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { noticed } from "./client-problem";

/** How a connection is made. */
export interface WireOptions {
  /** At most so many connections, kept open between requests. */
  readonly sockets: number;
  /** Authorities that the server's certificate is held against, PEM; null for those of Node. */
  readonly ca: string | null;
  /** The client's own certificate and its key, PEM, for whoever proves itself by them (RFC 8705). */
  readonly certificate: { readonly key: string; readonly cert: string } | null;
}

export interface Exchange {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly limitMs: number;
  readonly signal: AbortSignal | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** More than any answer of the interface has. */
const MOST_ANSWER = 1_000_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The way to one key process, or to what stands before several. No redirect is followed: what is sent is for this address alone. */
export class Wire {
  readonly #base: URL;
  readonly #agent: HttpAgent | HttpsAgent;

  /**
   * Throws TypeError for an address to which tokens would travel in the clear, for one with more than an origin in it, and for authorities,
   * a key or a certificate that are none: Node passes over some, and says others at the first connection.
   */
  constructor(address: string, { sockets, ca, certificate }: WireOptions) {
    const base = new URL(address);
    const isPlain = base.protocol === "http:";
    if (base.protocol !== "https:" && !isPlain) throw new TypeError("the address of the key process begins with https:");
    if (isPlain && !LOOPBACK.test(base.hostname)) throw new TypeError("http: is for this machine alone: access tokens do not travel in the clear");
    const more = [base.pathname.slice(1), base.search, base.hash, base.username, base.password];
    if (more.some((part) => part !== "")) throw new TypeError("the address is an origin, such as https://keys.example.org");
    if (isPlain && certificate) throw new TypeError("a certificate proves a client over https: only");
    if (ca !== null && !holdsCertificates(ca)) throw new TypeError("ca is one or more certificates, PEM");
    if (certificate && !isPair(certificate)) throw new TypeError("certificate is a private key and its certificate, PEM");
    const kept = { keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets, scheduling: "lifo" } as const;
    const minVersion = "TLSv1.2";
    this.#base = base;
    this.#agent = isPlain ? new HttpAgent(kept) : new HttpsAgent({ ...kept, minVersion, ...(ca !== null && { ca }), ...certificate });
  }

  get origin(): string {
    return this.#base.origin;
  }

  /**
   * One request and its whole answer, whatever its status. Throws a ClientProblem when there is none, which says whether anything may
   * have arrived, or the reason of `signal`.
   */
  exchange({ method, path, headers, body, limitMs, signal }: Exchange): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const length: Record<string, string> = body === null ? {} : { "content-length": String(Buffer.byteLength(body)) };
      const options: RequestOptions = { method, agent: this.#agent, headers: { ...headers, ...length } };
      const isTls = this.#agent instanceof HttpsAgent;
      const request = (isTls ? httpsRequest : httpRequest)(new URL(path, this.#base), options);
      // Nothing of a request leaves before its connection stands, with TLS.
      let hasBegun = false;
      const fail = (fault: unknown) => {
        end();
        reject(fault instanceof Error ? fault : new Error("a request was given up"));
        request.destroy();
      };
      const onAbort = () => fail(signal ? reasonOf(signal) : undefined);
      const timer = setTimeout(() => fail(noticed("OUT-OF-TIME", hasBegun)), timerMs(limitMs));
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      request.on("socket", (socket) => {
        if (!socket.connecting) hasBegun = true;
        else socket.once(isTls ? "secureConnect" : "connect", () => (hasBegun = true));
      });
      request.on("error", (cause) => fail(noticed(hasBegun ? "CONNECTION-LOST" : "UNREACHABLE", hasBegun, { cause: causeOf(cause) })));
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > MOST_ANSWER) fail(noticed("ANSWER-UNREADABLE", true, { status: response.statusCode ?? null }));
          else chunks.push(chunk);
        });
        response.on("error", (cause) => fail(noticed("CONNECTION-LOST", true, { cause: causeOf(cause) })));
        response.on("end", () => {
          end();
          const { statusCode: status = 0, headers: heads } = response;
          if (response.complete) resolve({ status, headers: heads, body: Buffer.concat(chunks).toString("utf8") });
          else reject(noticed("CONNECTION-LOST", true));
        });
      });
      request.end(body ?? undefined);
    });
  }

  /** Ends the connections that are kept. */
  close(): void {
    this.#agent.destroy();
  }
}

/** Of what Node says, its code and its sentence: beside them it may have bytes of the answer, with an access token among them. */
function causeOf({ message, code }: NodeJS.ErrnoException): Error {
  return Object.assign(new Error(message), code !== undefined && { code });
}

/** Whether a text has certificates in PEM, and nothing that looks like one and cannot be read. */
export function holdsCertificates(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----[\s\S]*?-----END [A-Z0-9 ]*CERTIFICATE-----/g) ?? [];
  return blocks.length > 0 && blocks.every((block) => reads(() => new X509Certificate(block)));
}

/** Whether the first certificate is that of the key. */
export const isPair = ({ key, cert }: { readonly key: string; readonly cert: string }): boolean =>
  holdsCertificates(cert) && reads(() => new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)));

/** What OpenSSL says of a text that it cannot read is not handed on. */
function reads(act: () => unknown): boolean {
  try {
    return act() !== false;
  } catch {
    return false;
  }
}

/** What a timer is set to that rings after so long at the earliest: Node leaves out parts of a millisecond, and takes what is too long for one. */
export const timerMs = (ms: number): number => Math.min(LONGEST_TIMER_MS, Math.ceil(ms));

/** What a signal was aborted by, as an Error. */
export const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new Error("it was given up", { cause: reason });
