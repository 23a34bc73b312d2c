import { expect, it, vi } from "vitest";
import { changeStream } from "./change-stream";
import { LiveBus, type Change } from "./live-bus";

function grounds() {
  let tell: (change: Change) => void = () => undefined;
  const stop = vi.fn(() => Promise.resolve());
  const bus = new LiveBus((onChange) => ((tell = onChange), { stop }));
  return { bus, stop, tell: (change: Change) => tell(change) };
}
const concerns = ({ ceremony }: Change) => ceremony === "c-1";
const entry = (ceremony: string, seq: number): Change => ({ ceremony, seq, kind: "step-opened" });

async function readAll(response: Response): Promise<string> {
  return new TextDecoder().decode(await response.arrayBuffer());
}

it("tells what concerns the reader, and a resync whatever it concerns", async () => {
  const { bus, tell } = grounds();
  const leaving = new AbortController();
  const response = changeStream(bus, { concerns, mayLook: () => Promise.resolve(true), signal: leaving.signal });
  tell(entry("c-1", 7));
  tell(entry("c-2", 8));
  tell({ ceremony: null, seq: null, kind: "resync" });
  leaving.abort();
  const text = await readAll(response);
  expect(text).toContain('event: change\ndata: {"seq":7,"kind":"step-opened"}\n\n');
  expect(text).toContain('"kind":"resync"');
  expect(text).not.toContain('"seq":8');
  expect(bus.listeners).toBe(0);
});

it("is told not to be held back or packed by whatever stands between", () => {
  const { bus } = grounds();
  const { headers } = changeStream(bus, { concerns, mayLook: () => Promise.resolve(true), signal: AbortSignal.abort() });
  expect(headers.get("cache-control")).toBe("no-cache, no-transform");
  expect(headers.get("x-accel-buffering")).toBe("no");
});

it.each([
  ["may no longer look", () => Promise.resolve(false)],
  ["cannot be asked about", () => Promise.reject(new Error("no database"))],
])("ends at the next heartbeat for a reader who %s", async (_, mayLook) => {
  const { bus, tell } = grounds();
  const response = changeStream(bus, { concerns, mayLook, signal: new AbortController().signal, heartbeatMs: 5 });
  expect(await readAll(response)).not.toContain("still here");
  tell(entry("c-1", 1));
  expect(bus.listeners).toBe(0);
});

it("beats while the reader may look", async () => {
  const { bus } = grounds();
  const leaving = new AbortController();
  const response = changeStream(bus, { concerns, mayLook: () => Promise.resolve(true), signal: leaving.signal, heartbeatMs: 5 });
  setTimeout(() => leaving.abort(), 40);
  expect(await readAll(response)).toContain(": still here");
});

it("lets go when the reader hangs up", async () => {
  const { bus, tell } = grounds();
  const response = changeStream(bus, { concerns, mayLook: () => Promise.resolve(true), signal: new AbortController().signal });
  await response.body?.cancel();
  tell(entry("c-1", 1));
  expect(bus.listeners).toBe(0);
});

it("ends with the process, and one that begins afterwards ends at once", async () => {
  const { bus, stop } = grounds();
  const open = () => changeStream(bus, { concerns, mayLook: () => Promise.resolve(true), signal: new AbortController().signal });
  const responses = Array.from({ length: 20 }, open);
  expect(bus.listeners).toBe(20);
  await bus.close();
  await Promise.all(responses.map(readAll));
  expect(await readAll(open())).toContain("retry: 1000");
  expect([bus.listeners, stop.mock.calls.length]).toEqual([0, 1]);
});
