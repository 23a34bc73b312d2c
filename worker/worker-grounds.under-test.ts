import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleOf } from "../cli/testing/bundled-worker.mjs";
import { freshDatabase, type TestDatabase } from "#cli/testing/test-database";
import type { Roster } from "#lib/ceremony/roster";
import { openDatabase, type Database } from "#lib/store/database";
import { readHealth } from "#lib/store/worker-health";
import type { ObjectReading } from "#lib/token/attributes";
import { WorkerMemory } from "./memory";
import { makeRecorder } from "./own-keys";
import { ChildToken } from "./token/child-token";
import { testToken, type TestToken } from "./token/test-token.under-test";

/** Real parts for the worker's tests: a database, a SoftHSM2 token, a state folder, and the worker as a process. */
export class WorkerGrounds {
  readonly database: Pick<TestDatabase, "appUrl" | "workerUrl" | "ownerUrl" | "drop">;
  readonly token: TestToken;
  readonly serial: string;
  readonly stateFolder: string;
  /** The app's own role: what people's entries are written by. */
  readonly app: Database;
  readonly #running = new Set<WorkerProcess>();

  private constructor(database: Pick<TestDatabase, "appUrl" | "workerUrl" | "ownerUrl" | "drop">, token: TestToken, serial: string) {
    this.database = database;
    this.token = token;
    this.serial = serial;
    this.stateFolder = mkdtempSync(path.join(tmpdir(), "claviger-worker-"));
    this.app = openDatabase(database.appUrl, { connections: 3 });
  }

  /** A token with a recorder on it, as after `claviger init`; a database of one's own server can be given, to be killed. */
  static async open(database: WorkerGrounds["database"] | null = null): Promise<WorkerGrounds> {
    const token = await testToken("softhsm");
    const opened = await ChildToken.open(token.options);
    const { serial } = await opened.info();
    const grounds = new WorkerGrounds(database ?? (await freshDatabase()), token, serial);
    const made = await makeRecorder(opened, grounds.memory(), "Examples Ltd", new Date());
    if (!made.ok) throw new Error(made.refusal.reason);
    await opened.close();
    return grounds;
  }

  memory(folder = this.stateFolder): WorkerMemory {
    return new WorkerMemory(folder);
  }

  /** As a person at the worker's console does after comparing the words. */
  trust(roster: Roster, folder = this.stateFolder): void {
    this.memory(folder).askToPin(roster, new Date().toISOString());
  }

  env(change: Record<string, string | undefined> = {}): NodeJS.ProcessEnv {
    const { options, pinFile } = this.token;
    return {
      ...process.env,
      ...options.environment,
      DATABASE_URL: this.database.workerUrl,
      CLAVIGER_PKCS11_MODULE: options.modulePath,
      CLAVIGER_PKCS11_PROFILE: options.profile,
      CLAVIGER_TOKEN_LABEL: options.label,
      CLAVIGER_TOKEN_SERIAL: this.serial,
      CLAVIGER_PIN_FILE: pinFile,
      CLAVIGER_WORKER_STATE: this.stateFolder,
      CLAVIGER_WORKER_MODE: "rehearsal",
      CLAVIGER_WORKER_NAME: "worker-a",
      ...change,
    };
  }

  /** Starts the worker as a process. `killAt` names a seam of `worker-to-kill.under-test.ts` at which it kills itself. */
  start({ env = {}, killAt }: { readonly env?: Record<string, string | undefined>; readonly killAt?: string } = {}): WorkerProcess {
    const main = killAt === undefined ? "worker/main.ts" : "worker/worker-to-kill.under-test.ts";
    const worker = new WorkerProcess(main, this.env({ ...env, ...(killAt === undefined ? {} : { TEST_KILL_AT: killAt }) }));
    this.#running.add(worker);
    void worker.exited.then(() => this.#running.delete(worker));
    return worker;
  }

  async health(): Promise<Awaited<ReturnType<typeof readHealth>>> {
    return readHealth(this.app);
  }

  /** Waits until some worker says it is in that state. */
  async untilHealth(state: string, limitMs = 90_000): Promise<string> {
    const end = Date.now() + limitMs;
    for (;;) {
      const said = await this.health();
      const found = said.find((one) => one.state === state);
      if (found) return found.sentence;
      if (Date.now() > end) throw new Error(`no worker says ${state}: ${JSON.stringify(said)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Stops every worker and lists the token: what is on it whoever says what. The worker's own two keys are left out. */
  async tokenObjects(): Promise<ObjectReading[]> {
    await this.stopAll();
    const token = await ChildToken.open(this.token.options);
    try {
      return (await token.listObjects()).filter(({ label }) => !label.startsWith("claviger-"));
    } finally {
      await token.close();
    }
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running].map((worker) => worker.stop()));
  }

  async close(): Promise<void> {
    await this.stopAll();
    await this.app.$disconnect();
    await this.database.drop();
    this.token.drop();
    rmSync(this.stateFolder, { recursive: true, force: true });
  }
}

/** One worker process and everything it says. */
export class WorkerProcess {
  readonly #child: ChildProcess;
  /** The exit code, or the name of the signal that ended it. */
  readonly exited: Promise<number | string>;
  output = "";

  constructor(main: string, env: NodeJS.ProcessEnv) {
    const cwd = path.resolve(import.meta.dirname, "..");
    this.#child = spawn(process.execPath, [bundleOf(process.env.TEST_BUNDLES ?? "", main)], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const hear = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.#child.stdout?.on("data", hear);
    this.#child.stderr?.on("data", hear);
    this.exited = new Promise((resolve) => this.#child.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown")));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async stop(): Promise<number | string> {
    this.kill("SIGTERM");
    return this.exited;
  }
}
