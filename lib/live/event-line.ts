/** One open response of server-sent events (WHATWG HTML section 9.2), to one reader. */
export class EventLine {
  readonly response: Response;
  readonly #leaving = new Set<() => void>();
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;

  /** `drained` hears when a reader who could not keep up has taken everything that was sent. */
  constructor(signal: AbortSignal, drained: () => void = () => undefined) {
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          this.#write("retry: 1000\n\n");
        },
        pull: drained,
        // The reader hung up: the stream is closed already.
        cancel: () => this.#left(),
      },
      { highWaterMark: 2 },
    );
    this.response = new Response(body, { headers: HEADERS });
    const close = () => this.close();
    signal.addEventListener("abort", close);
    this.#leaving.add(() => signal.removeEventListener("abort", close));
    if (signal.aborted) close();
  }

  get closed(): boolean {
    return this.#controller === null;
  }

  /** Whether the reader keeps up. What is sent to one who does not is kept in memory until they take it. */
  get ready(): boolean {
    return (this.#controller?.desiredSize ?? 0) > 0;
  }

  /** Calls back once the line is closed, by whichever side. */
  onClose(left: () => void): void {
    if (this.closed) left();
    else this.#leaving.add(left);
  }

  /** `data` is one line, as JSON is. */
  send(event: string, data: string): void {
    this.#write(`event: ${event}\ndata: ${data}\n\n`);
  }

  close(): void {
    this.#controller?.close();
    this.#left();
  }

  #write(text: string): void {
    this.#controller?.enqueue(encoder.encode(text));
  }

  #left(): void {
    this.#controller = null;
    for (const left of this.#leaving) left();
    this.#leaving.clear();
  }
}

const encoder = new TextEncoder();

const HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  // no-transform: compression would hold events back; the other one tells nginx the same.
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
  // Once the stream has ended nothing is left on the connection that a server shutting down would wait for.
  connection: "close",
};
