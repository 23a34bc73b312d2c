import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/**
 * The address a request came from, for limits. Every proxy in front appends to X-Forwarded-For whom it heard from, and
 * `noteSockets` does so for this server, so the trusted ones are counted from the right: whatever stands further left a caller
 * may have made up.
 */
export function clientAddress(forwardedFor: string | null, trustedProxies: number): string {
  const hops = (forwardedFor ?? "").split(",").map((hop) => hop.trim());
  return (hops.at(-1 - trustedProxies) ?? hops[0] ?? "").slice(0, 64);
}

const CHANNEL = "http.server.request.start";

/**
 * From now on the X-Forwarded-For of every request to this process ends with the address of the socket it came by. Next writes it
 * only where the caller has written nothing, and a limit that a header gets round is none. Returns how to stop it.
 */
export function noteSockets(): () => void {
  subscribe(CHANNEL, note);
  return () => unsubscribe(CHANNEL, note);
}

function note(message: unknown): void {
  const { headers, socket } = (message as { readonly request: IncomingMessage }).request;
  const said = headers["x-forwarded-for"];
  headers["x-forwarded-for"] = [...(said === undefined ? [] : [said]), socket.remoteAddress ?? "unknown"].join(", ");
}
