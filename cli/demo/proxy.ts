import { request, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { injectScript, nonceOf } from "./inject-script";

/** Headers that belong to one connection and not to the message (RFC 9110 section 7.6.1). */
const HOP_BY_HOP = ["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"];

/**
 * Passes a request on to the app and its answer back, both streamed as they come; pages get the script on the way. When
 * nobody answers, says so, and that nothing is lost.
 */
export function passOn(asked: IncomingMessage, answer: ServerResponse, appPort: number, script: string): void {
  const headers = without(asked.headers, [...HOP_BY_HOP, "accept-encoding"]);
  const upstream = request({ host: "127.0.0.1", port: appPort, method: asked.method, path: asked.url, headers }, (found) => {
    const page = /^text\/html\b/i.test(found.headers["content-type"] ?? "");
    const kept = without(found.headers, page ? [...HOP_BY_HOP, "content-length", "etag"] : HOP_BY_HOP);
    answer.writeHead(found.statusCode ?? 502, kept);
    answer.flushHeaders();
    const ended = (): void => undefined; // either side may hang up whenever it likes
    if (page && asked.method !== "HEAD") pipeline(found, injectScript(script, policyNonce(found.headers)), answer, ended);
    else pipeline(found, answer, ended);
  });
  upstream.on("error", () => {
    if (answer.headersSent) answer.destroy();
    else sayAway(asked, answer);
  });
  answer.on("close", () => upstream.destroy());
  pipeline(asked, upstream, () => undefined);
}

const policyNonce = (headers: IncomingHttpHeaders): string | null => {
  const policy = headers["content-security-policy"];
  return nonceOf(Array.isArray(policy) ? policy.join(";") : policy);
};

function without(headers: IncomingHttpHeaders, names: readonly string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

function sayAway(asked: IncomingMessage, answer: ServerResponse): void {
  const sentence = "The app is not answering just now. Nothing that was entered is lost; this page tries again by itself.";
  answer.writeHead(503, {
    "retry-after": "2",
    "cache-control": "no-store",
    "content-type": wantsPage(asked) ? "text/html; charset=utf-8" : "application/json",
  });
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>One moment</title><p>${sentence}</p>`;
  answer.end(wantsPage(asked) ? page : JSON.stringify({ error: { code: "APP-AWAY", sentence } }));
}

const wantsPage = (asked: IncomingMessage): boolean => asked.headers.accept?.includes("text/html") ?? false;
