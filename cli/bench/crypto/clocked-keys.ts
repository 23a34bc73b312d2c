import { Server, type IncomingMessage, type ServerResponse } from "node:http";
import { keysEnvOfProcess } from "#worker/keys/env";
import { FairQueue } from "#worker/keys/fair-queue";
import { runKeyProcess } from "#worker/keys/key-process";
import { SigningPool } from "#worker/keys/signing-pool";
import { UseLog } from "#worker/keys/use-log";
import { ChildLink } from "#worker/token/child-link";
import { STAGES, type Stage } from "./stages";

/**
 * The key process with a clock at each of its stages, and nothing else changed: what is measured of its speed is measured on
 * the one without. Asked by its parent, it says what the stages took since it was asked last.
 */
const times: Record<Stage, number[]> = { whole: [], pool: [], queue: [], child: [], log: [], sending: [] };

/** When a work was asked for; its own object waits in the queue. */
const asked = new WeakMap<object, number>();

/** How many works were taken from the queue, of which the next message to a child is made. */
let taken = 0;

type Clocked = (call: () => unknown, given: readonly unknown[]) => unknown;

/** Puts another in the place of a method; it is given the call itself, and what the call is given. */
function around<T>(of: { readonly prototype: T }, name: keyof T & string, clocked: Clocked): void {
  const prototype = of.prototype as object;
  const method = Reflect.get(prototype, name) as (...given: unknown[]) => unknown;
  Reflect.set(prototype, name, function (this: unknown, ...given: unknown[]) {
    return clocked(() => Reflect.apply(method, this, given), given);
  });
}

around(SigningPool, "perform", async (perform, [, work]) => {
  const began = performance.now();
  asked.set(work as object, began);
  const answered = await perform();
  times.pool.push(performance.now() - began);
  return answered;
});

around(FairQueue, "take", (take) => {
  const now = performance.now();
  const items = take() as readonly { readonly work: object }[];
  for (const { work } of items) times.queue.push(now - (asked.get(work) ?? now));
  taken = items.length;
  return items;
});

around(ChildLink, "call", async (call) => {
  const [began, works] = [performance.now(), taken];
  taken = 0;
  const answered = await call();
  const took = performance.now() - began;
  for (let i = 0; i < works; i += 1) times.child.push(took);
  return answered;
});

around(UseLog, "write", async (write) => {
  const began = performance.now();
  await write();
  times.log.push(performance.now() - began);
});

around(Server, "emit", (emit, [event, request, response]) => {
  if (event === "request" && (request as IncomingMessage).method === "POST") clock(response as ServerResponse);
  return emit();
});

/**
 * From the first line that was read to the last byte that was handed to the system; the last of it, from when the answer was
 * made.
 */
function clock(response: ServerResponse): void {
  const began = performance.now();
  let made = began;
  response.once("prefinish", () => (made = performance.now()));
  response.once("finish", () => {
    times.whole.push(performance.now() - began);
    times.sending.push(performance.now() - made);
  });
}

process.on("message", () => {
  process.send?.(times);
  for (const stage of STAGES) times[stage] = [];
});

const env = keysEnvOfProcess();
if (!env.ok) throw new Error(env.refusal.join("\n"));
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
process.exit(await runKeyProcess(env.value, stop.signal, (line) => console.log(line)));
