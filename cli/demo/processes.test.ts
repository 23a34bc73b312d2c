import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { beganAt, Processes } from "./processes";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "processes-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const program = (
  name: string,
  source: string,
  env: NodeJS.ProcessEnv = { PATH: process.env["PATH"], NODE_ENV: "production" },
) => ({ name, args: ["-e", source], env });
const WAITS = "console.log(process.pid); setInterval(() => {}, 1000)";
/** Says its own and its child's number, as the worker with its token's child would. */
const HAS_A_CHILD = `
  const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  console.log(process.pid + "\\n" + child.pid); setInterval(() => {}, 1000)`;
const runs = async (pid: number) => (await beganAt(pid)) !== null;
/** What was ended is gone as soon as the system has taken note of it. */
const ended = (...pids: readonly number[]) =>
  expect.poll(() => Promise.all(pids.map(runs)), { timeout: 60_000 }).toEqual(pids.map(() => false));
const never = () => {
  throw new Error("it ended by itself");
};

async function saidBy(processes: Processes, name: string, lines: number): Promise<number[]> {
  for (;;) {
    const said = processes.tail(name).split("\n").filter((line) => line !== "");
    if (said.length >= lines) return said.map(Number);
    await sleep(20);
  }
}

test("ends what it started, and what that started in turn", async () => {
  const processes = new Processes(folder);
  await processes.start(program("worker", HAS_A_CHILD), never);
  const pids = await saidBy(processes, "worker", 2);
  expect(await Promise.all(pids.map(runs))).toEqual([true, true]);
  await processes.endAll();
  await ended(...pids);
});

test("a program that does not listen to SIGTERM is killed in the end", async () => {
  const processes = new Processes(folder, 300);
  await processes.start(program("app", `process.on("SIGTERM", () => {}); ${WAITS}`), never);
  const [pid = 0] = await saidBy(processes, "app", 1);
  await processes.endAll();
  await ended(pid);
});

test("after the starter was killed, the next one finds what it left and ends it", async () => {
  const before = new Processes(folder);
  await before.start(program("app", WAITS), () => undefined);
  const [pid = 0] = await saidBy(before, "app", 1);
  const after = new Processes(folder);
  expect(await after.endLeftovers()).toEqual(["app"]);
  await ended(pid);
  expect(await after.endLeftovers()).toEqual([]);
});

test("when a program was killed, what it started ends too: its port is free for the next one", async () => {
  const processes = new Processes(folder);
  const killed = new Promise<string>((resolve) => {
    void processes.start(program("app", HAS_A_CHILD), resolve);
  });
  const [pid = 0, child = 0] = await saidBy(processes, "app", 2);
  process.kill(pid, "SIGKILL");
  expect(await killed).toBe("SIGKILL");
  await ended(pid, child);
});

test("nothing is started any more once everything is being ended", async () => {
  const processes = new Processes(folder);
  await processes.endAll();
  await processes.start(program("worker", WAITS), never);
  expect([processes.runs("worker"), processes.tail("worker")]).toEqual([false, ""]);
});

test("a process that only has the number of one left behind is not touched", async () => {
  const processes = new Processes(folder);
  writeFileSync(
    path.join(folder, "processes.json"),
    JSON.stringify([{ name: "app", pid: process.pid, began: "another boot 1" }]),
  );
  expect(await processes.endLeftovers()).toEqual([]);
});

test("tells when a program ends by itself, and how", async () => {
  const processes = new Processes(folder);
  const how = await new Promise<string>((resolve) => {
    void processes.start(program("app", "process.exit(7)"), resolve);
  });
  expect(how).toBe("exit code 7");
  expect(processes.runs("app")).toBe(false);
});

test("a program knows nothing but what it is told", async () => {
  process.env["SECRET_OF_THE_STARTER"] = "1";
  const processes = new Processes(folder);
  await processes.start(
    program("app", "console.log(Object.keys(process.env).filter((name) => !name.startsWith('__')).join())"),
    () => undefined,
  );
  while (processes.tail("app") === "") await sleep(20);
  delete process.env["SECRET_OF_THE_STARTER"];
  expect(readFileSync(processes.logOf("app"), "utf8").trim().split(",").sort()).toEqual(["NODE_ENV", "PATH"]);
  await processes.endAll();
});
