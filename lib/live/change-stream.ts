import type { Change, LiveBus } from "./live-bus";

/** Between two heartbeats a session may have been revoked; the stream outlives it by no more than this. */
const HEARTBEAT_MS = 15_000;

export type ChangeStream = {
  /** Whether a change is this reader's business. */
  readonly concerns: (change: Change) => boolean;
  /** Whether the reader may still look; asked at every heartbeat. */
  readonly mayLook: () => Promise<boolean>;
  readonly signal: AbortSignal;
  readonly heartbeatMs?: number;
};

/**
 * Server-sent events (WHATWG HTML section 9.2): `change` with `{seq, kind}` whenever something this reader follows has
 * changed, or may have. Ends when the reader leaves, may no longer look, or the server shuts down.
 */
export function changeStream(bus: LiveBus, { concerns, mayLook, signal, heartbeatMs = HEARTBEAT_MS }: ChangeStream): Response {
  const encoder = new TextEncoder();
  let leave: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const tell = ({ seq, kind }: Pick<Change, "seq" | "kind">) => send(`event: change\ndata: ${JSON.stringify({ seq, kind })}\n\n`);
      const beat = setInterval(() => {
        mayLook().then(
          (may) => {
            if (!may) close();
            else if (open) send(": still here\n\n");
          },
          close, // the database is gone: the browser comes back by itself
        );
      }, heartbeatMs);
      let open = true;
      const close = () => {
        if (open) controller.close();
        leave();
      };
      send("retry: 1000\n\n");
      const onChange = (change: Change) => {
        if (open && (change.kind === "resync" || concerns(change))) tell(change);
      };
      const unsubscribe = bus.subscribe(onChange, close);
      leave = () => {
        open = false;
        clearInterval(beat);
        unsubscribe();
        signal.removeEventListener("abort", close);
      };
      signal.addEventListener("abort", close);
      if (bus.closed || signal.aborted) close();
    },
    // The reader hung up: the stream is closed already.
    cancel: () => leave(),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform: compression would hold events back; the other one tells nginx the same.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      // Once the stream has ended nothing is left on the connection that a server shutting down would wait for.
      connection: "close",
    },
  });
}
