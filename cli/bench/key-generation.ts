import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import path from "node:path";
import { obtainKey } from "#lib/token/obtain-key";
import type { KeyTemplate } from "#lib/token/template";
import type { Token } from "#lib/token/token";
import { ChildToken } from "#worker/token/child-token";
import { testToken } from "#worker/token/test-token.under-test";
import type { BareAnswer, BareKey, BareStart } from "./bare-module";
import { figure, median, percentile } from "./figure";

const ROUNDS: Readonly<Record<BareKey, number>> = { "EC-P256": 40, "RSA-4096": 4 };

/**
 * Keys made as the worker makes them (`obtainKey` over the child that holds the module: looked for, generated, read back, tested,
 * kept) against the same module called straight in one process, turn about; and how long the worker's event loop stands still.
 */
export async function benchKeyGeneration(): Promise<void> {
  // Two tokens: one process at a time may have one, and a full token is a slow one.
  const [ours, bares] = [await testToken("softhsm", "bench-worker"), await testToken("softhsm", "bench-bare")];
  const token = await ChildToken.open(ours.options);
  const bare = await openBare(
    { modulePath: bares.options.modulePath, label: bares.options.label, pinFile: bares.pinFile },
    bares.options.environment,
  );
  try {
    await idleLag();
    for (const algorithm of ["EC-P256", "RSA-4096"] as const) await compare(algorithm, token, bare);
  } finally {
    bare.disconnect();
    await token.close();
    ours.drop();
    bares.drop();
  }
}

async function compare(algorithm: BareKey, token: ChildToken, bare: ChildProcess): Promise<void> {
  const name = `keygen.${algorithm.toLowerCase().replace("-", "_")}`;
  const calls = new Map<string, number[]>();
  const timed = timing(token, calls);
  const rounds: { whole: number; module: number; lag: { p99: number; longest: number }; bare: BareAnswer }[] = [];
  for (let round = 0; round < ROUNDS[algorithm]; round++) {
    // A new one for each key: what happens between two of them is not the worker's.
    const lag = monitorEventLoopDelay({ resolution: 1 });
    lag.enable();
    const began = performance.now();
    const made = await obtainKey(timed, template(algorithm));
    const whole = performance.now() - began;
    lag.disable();
    if (!made.ok) throw new Error(made.refusal.reason);
    const seen = { p99: lag.percentile(99) / 1e6, longest: lag.max / 1e6 };
    rounds.push({ whole, module: made.value.milliseconds ?? 0, lag: seen, bare: await askBare(bare, algorithm) });
  }
  const of = (measure: (one: (typeof rounds)[number]) => number) => median(rounds.map(measure));
  figure(`${name}.rounds`, rounds.length, "keys each");
  figure(`${name}.worker`, of((one) => one.whole), "ms");
  figure(`${name}.bare`, of((one) => one.bare.milliseconds), "ms");
  figure(`${name}.worker_over_bare`, of((one) => one.whole) / of((one) => one.bare.milliseconds), "ratio");
  // Where the difference goes: generated is the key in prepareKey, made certain by every other call.
  if (algorithm === "RSA-4096") {
    // Every RSA key takes another time to find: the fair comparison is with what the module needed for this very one.
    figure(`${name}.module_within_worker`, of((one) => one.module), "ms");
    figure(`${name}.worker_over_its_module`, of((one) => one.whole / one.module), "ratio");
  }
  for (const [call, took] of calls)
    figure(`${name}.call.${call}`, took.reduce((sum, one) => sum + one, 0) / rounds.length, "ms/key");
  figure(`${name}.worker_event_loop_p99`, of((one) => one.lag.p99), "ms");
  figure(`${name}.worker_event_loop_longest`, Math.max(...rounds.map((one) => one.lag.longest)), "ms");
  figure(`${name}.bare_event_loop_longest`, Math.max(...rounds.map((one) => one.bare.longestLag)), "ms");
}

/** What the measurement itself sees when nothing is done: timers are late on a busy machine. */
async function idleLag(): Promise<void> {
  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  lag.disable();
  figure("event_loop.idle_p99", lag.percentile(99) / 1e6, "ms");
  figure("event_loop.idle_longest", lag.max / 1e6, "ms");
  // A look at a second of sleep says how busy the machine is while the rest is measured.
  const late = await Promise.all(Array.from({ length: 20 }, lateness));
  figure("event_loop.timer_late_p95", percentile(late, 95), "ms");
}

async function lateness(): Promise<number> {
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 50));
  return performance.now() - began - 50;
}

const template = (algorithm: BareKey): KeyTemplate => ({
  algorithm,
  label: `bench-${randomBytes(6).toString("hex")}`,
  id: new Uint8Array(randomBytes(32)),
  usage: { sign: true },
  extractable: false,
  sensitive: true,
});

/** The token with the time of every call written down. */
function timing(token: ChildToken, calls: Map<string, number[]>): Token {
  return new Proxy(token, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return async (...args: unknown[]) => {
        const began = performance.now();
        const value: unknown = await Reflect.apply(member, target, args);
        calls.set(String(name), [...(calls.get(String(name)) ?? []), performance.now() - began]);
        return value;
      };
    },
  });
}

async function openBare(start: BareStart, environment: Readonly<Record<string, string | undefined>>): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, "bare-module.ts"), {
    env: { ...process.env, ...environment },
    execArgv: ["--import", "tsx"],
  });
  child.send(start);
  await once(child, "message");
  return child;
}

async function askBare(child: ChildProcess, key: BareKey): Promise<BareAnswer> {
  child.send(key);
  const [answer] = (await once(child, "message")) as [BareAnswer];
  return answer;
}
