import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkout } from "../setup/checkout.mjs";
import { run } from "../setup/command.mjs";

/** A program to keep running: what it is called, how it is started, and everything that it is to know. */
export type Program = {
  readonly name: string;
  readonly args: readonly string[];
  /** The whole environment, not an addition to ours: the app must not see what the worker is told. */
  readonly env: NodeJS.ProcessEnv;
};

/** What tells one process from another that got its number later. */
type Seen = { readonly name: string; readonly pid: number; readonly began: string };

/**
 * The processes that the demo started, and no others. Each leads a process group of its own, so that a Ctrl-C reaches the
 * demo alone and it can end them in order, with whatever they started themselves. They are written down, so that a demo
 * whose own process was killed finds what it left behind.
 */
export class Processes {
  readonly #folder: string;
  /** Time for a program to end by itself before it is ended for good. */
  readonly #grace: number;
  readonly #running = new Map<string, { child: ChildProcess; program: Program; began: string }>();
  #ending = false;

  constructor(folder: string, grace = 8_000) {
    this.#folder = folder;
    this.#grace = grace;
  }

  logOf(name: string): string {
    return path.join(this.#folder, `${name}.log`);
  }

  /**
   * Ends what an earlier run left behind when it was killed; answers the names. A number that another process has by now is
   * left alone.
   */
  async endLeftovers(): Promise<string[]> {
    const left: string[] = [];
    for (const { name, pid, began } of this.#written()) {
      if ((await beganAt(pid)) !== began) continue;
      left.push(name);
      await endGroup(pid, this.#grace);
    }
    this.#write();
    return left;
  }

  /**
   * Starts a program; its output goes to its log. `ended` is called when it ends without being asked to; what it started
   * itself is then asked to end too, for it may hold the port or the token that the next one needs. Once everything is being
   * ended, nothing is started any more.
   */
  async start(program: Program, ended: (how: string) => void): Promise<void> {
    if (this.#ending) return;
    const log = openSync(this.logOf(program.name), "a", 0o600);
    const child = spawn(process.execPath, program.args, {
      cwd: checkout,
      env: program.env,
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    const { pid } = child;
    if (pid === undefined) throw new Error(`${program.name} could not be started.`);
    child.once("exit", (code, by) => {
      this.#running.delete(program.name);
      if (this.#ending) return;
      signal(pid, "SIGTERM");
      ended(by ?? `exit code ${String(code)}`);
    });
    const running = { child, program, began: "" };
    this.#running.set(program.name, running);
    running.began = (await beganAt(pid)) ?? "";
    this.#write();
  }

  runs(name: string): boolean {
    return this.#running.has(name);
  }

  /** The last lines a program wrote. */
  tail(name: string, lines = 12): string {
    const log = this.logOf(name);
    return existsSync(log) ? readFileSync(log, "utf8").trimEnd().split("\n").slice(-lines).join("\n") : "";
  }

  /** Ends everything that was started here, the last first, and waits until it is gone. */
  async endAll(): Promise<void> {
    this.#ending = true;
    for (const { child } of [...this.#running.values()].reverse())
      if (child.pid !== undefined) await endGroup(child.pid, this.#grace);
    this.#running.clear();
    this.#write();
  }

  #file(): string {
    return path.join(this.#folder, "processes.json");
  }

  #written(): Seen[] {
    try {
      return JSON.parse(readFileSync(this.#file(), "utf8")) as Seen[];
    } catch {
      return []; // none yet, or killed while writing: nothing is ended by guessing
    }
  }

  #write(): void {
    const seen = [...this.#running].map(([name, { child, began }]) => ({ name, pid: child.pid, began }));
    writeFileSync(this.#file(), JSON.stringify(seen), { mode: 0o600 });
  }
}

/** When a process began, in its system's own words; null when there is none of that number, or it is over. */
export async function beganAt(pid: number): Promise<string | null> {
  if (existsSync("/proc/self/stat")) {
    try {
      // Field 22 of proc(5), counted after the name, which may hold anything; the machine's boot tells equal ticks apart.
      const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return fields[0] === "Z" ? null : `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${fields[19] ?? ""}`;
    } catch {
      return null;
    }
  }
  const { code, output } = await run("ps", ["-o", "lstart=", "-p", String(pid)]);
  return code === 0 ? output.trim() : null;
}

/** Asks the whole group to end, and after a while makes it. */
async function endGroup(pid: number, grace: number): Promise<void> {
  const until = Date.now() + grace;
  signal(pid, "SIGTERM");
  while ((await beganAt(pid)) !== null && Date.now() < until) await sleep(40);
  signal(pid, "SIGKILL");
}

function signal(leader: number, name: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(-leader, name);
  } catch {
    // Gone already.
  }
}
