import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ChildToken, type ChildTokenOptions } from "./child-token";
import { CANARY_PIN, type TestToken, testToken } from "./test-token.under-test";

let ground: TestToken;
const holders: ChildProcess[] = [];
const opened: ChildToken[] = [];
beforeAll(async () => {
  ground = await testToken("softhsm");
});
afterAll(() => ground.drop());
afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill("SIGKILL");
  await Promise.all(opened.splice(0).map((token) => token.close()));
});

interface Holder {
  readonly process: ChildProcess;
  /** The next line it printed. */
  readonly line: () => Promise<string>;
  readonly output: () => string;
  /** Resolves when it has ended and everything it printed is there. */
  readonly ended: Promise<unknown>;
}

/** Another worker on this host, in a process of its own. */
function holder(options: ChildTokenOptions & { readonly then: "order" | "nothing" }): Holder {
  const child = spawn(process.execPath, ["--import", "tsx", "worker/token/token-holder.under-test.ts"], { stdio: ["pipe", "pipe", "pipe"] });
  holders.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "close");
  child.stdin.end(JSON.stringify(options));
  return { process: child, line: async () => String((await lines.next()).value), output: () => output, ended };
}

/** A dead process that nobody has reaped yet still has an entry, and is dead all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync(`/proc/${pid}/stat`) || !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, limitMs: number): Promise<void> {
  const started = performance.now();
  while (!condition()) {
    if (performance.now() - started > limitMs) throw new Error("it did not come about in time");
    await sleep(10);
  }
}

describe("two workers on one token", () => {
  test("the second stands by, says so, and takes over in seconds when the first is killed", async () => {
    const first = holder({ ...ground.options, then: "nothing" });
    const pid = Number((await first.line()).replace("open ", ""));
    let told = 0;
    let second: ChildToken | null = null;
    const opening = ChildToken.open({ ...ground.options, onWaiting: () => (told += 1) }).then((token) => {
      opened.push(token);
      second = token;
    });
    await until(() => told === 1, 60_000);
    await sleep(1_000);
    expect(second).toBeNull();
    expect(told).toBe(1);
    first.process.kill("SIGKILL");
    await until(() => second !== null, 60_000);
    await opening;
    expect(isAlive(pid)).toBe(false);
  });

  test("a close lets the next one in", async () => {
    const first = await ChildToken.open(ground.options);
    let waited = false;
    const opening = ChildToken.open({ ...ground.options, onWaiting: () => (waited = true) });
    await until(() => waited, 60_000);
    await first.close();
    const second = await opening;
    opened.push(second);
    expect((await second.info()).label).toBe("test");
    await expect(first.info()).rejects.toMatchObject({ ckrName: "TOKEN-IS-CLOSED" });
  });

  test("many starting at once all open it, one after the other, without an error", async () => {
    const served: number[] = [];
    await Promise.all(
      [1, 2, 3, 4].map(async (number) => {
        const token = await ChildToken.open(ground.options);
        await token.info();
        served.push(number);
        await token.close();
      }),
    );
    expect(served.sort()).toEqual([1, 2, 3, 4]);
  });
});

describe("two tokens that are directories", () => {
  test("have one serial number between them and do not wait for one another", async () => {
    const [one, other] = await Promise.all([testToken("nss"), testToken("nss")]);
    const serials: string[] = [];
    for (const { options } of [one, other]) {
      const token = await ChildToken.open({ ...options, standBy: false });
      opened.push(token);
      serials.push((await token.info()).serial);
    }
    expect(serials[0]).toBe(serials[1]);
    await expect(ChildToken.open({ ...one.options, standBy: false })).rejects.toMatchObject({ ckrName: "HELD-BY-ANOTHER-PROCESS" });
    one.drop();
    other.drop();
  });
});

describe("an orphan", () => {
  test("dies with its worker in the middle of a generation and never keeps the key that was ordered", async () => {
    const worker = holder({ ...ground.options, then: "order" });
    const pid = Number((await worker.line()).replace("open ", ""));
    expect(await worker.line()).toBe("ordered");
    await sleep(10);
    worker.process.kill("SIGKILL");
    await until(() => !isAlive(pid), 240_000);
    await worker.ended;
    expect(worker.output()).not.toContain("done");
    const token = await ChildToken.open(ground.options);
    opened.push(token);
    expect(await token.listObjects()).toEqual([]);
  });

  test("would have kept it had its worker lived (so that the test above can fail)", async () => {
    const worker = holder({ ...ground.options, then: "order" });
    await worker.ended;
    expect(worker.output()).toContain("done");
    const token = await ChildToken.open(ground.options);
    opened.push(token);
    expect(await token.listObjects()).toHaveLength(2);
  });
});

describe("output", () => {
  test("the PIN is in nothing that worker and child print, when all goes well and when nothing does", async () => {
    const failing: Partial<ChildTokenOptions>[] = [
      {},
      { label: "absent", startPatienceMs: 0 },
      { modulePath: "/nowhere.so" },
      { pin: { variable: "TOKEN_PIN" }, environment: { ...ground.options.environment, TOKEN_PIN: `${CANARY_PIN} wrong` } },
    ];
    for (const changes of failing) {
      const worker = holder({ ...ground.options, ...changes, then: "nothing" });
      const fails = Object.keys(changes).length > 0;
      await worker.line();
      // Whoever has opened the token stays; whoever has not ends by itself.
      if (!fails) worker.process.kill("SIGKILL");
      await worker.ended;
      expect(worker.output()).toMatch(fails ? /Fault|PinRefused/ : /open/);
      expect(worker.output()).not.toContain(CANARY_PIN);
    }
  });
});
