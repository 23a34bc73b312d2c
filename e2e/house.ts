import { spawn } from "node:child_process";
import { createHash, createPublicKey, randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { beganAt } from "#cli/demo/processes";
import { freshDatabase, testModule, type TestDatabase } from "#cli/testing/test-database";
import { checkout, keepFolder } from "../cli/setup/checkout.mjs";
import { run } from "../cli/setup/command.mjs";
import { softHsmFolder } from "../cli/setup/pkcs11-modules.mjs";
import { freePort } from "../cli/setup/port.mjs";

/** What a test may find in a file of the house, as plain JSON: the house outlives the process that opened it. */
type Kept = {
  readonly origin: string;
  readonly port: number;
  readonly serial: string;
  readonly module: string;
  readonly softHsmConf: string;
  readonly trustAnchor: string;
  readonly database: Omit<TestDatabase, "drop">;
  /** The user PIN of the token, to be found nowhere; it is in no environment and in one file. */
  readonly pin: string;
};
type Running = { readonly pid: number; readonly began: string };
type Ran = Awaited<ReturnType<typeof run>>;

const LONGEST_START = 120_000;
export const LOG_ORIGIN = "claviger.invalid/e2e";

/**
 * A production house as an operator of the real product sets it up: one database, one SoftHSM2 token, `next start` and the
 * worker as processes of their own with an environment of their own. No companion, no software passkeys.
 */
export class House {
  readonly folder: string;
  readonly kept: Kept;

  private constructor(folder: string, kept: Kept) {
    this.folder = folder;
    this.kept = kept;
  }

  static readonly place = path.join(keepFolder, "e2e-house");

  /** Sets one up, with the recorder made and both processes running, and nobody enrolled. */
  static async open(folder = House.place): Promise<House> {
    await endLeft(folder);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const pin = `canary-${randomBytes(8).toString("hex")}-pin`;
    writeFileSync(path.join(folder, "pin"), `${pin}\n`, { mode: 0o600 });
    writeFileSync(path.join(folder, "so-pin"), `canary-${randomBytes(8).toString("hex")}-so\n`, { mode: 0o600 });
    const { drop: _, ...database } = await freshDatabase();
    const port = await freePort();
    const kept: Kept = {
      origin: `http://localhost:${String(port)}`,
      port,
      serial: "",
      module: testModule("softhsm"),
      softHsmConf: softHsmFolder(path.join(folder, "softhsm")).SOFTHSM2_CONF,
      trustAnchor: path.join(folder, "worker", "trust-anchor.pem"),
      database,
      pin,
    };
    // A second token in the same module, which no ceremony has made yet.
    const vault = { name: "vault", modulePath: kept.module, profile: "softhsm2", label: "vault" };
    writeFileSync(path.join(folder, "other-tokens.json"), JSON.stringify([vault]), { mode: 0o600 });
    const before = new House(folder, kept);
    const { serial } = JSON.parse(need(await before.claviger(["token", "init", "--json"], before.tokenEnv()))) as {
      serial: string;
    };
    const house = new House(folder, { ...kept, serial });
    need(await house.claviger(["init", "--organisation", "Halcyon Trust Services"], house.workerEnv()));
    writeFileSync(house.#file("house.json"), JSON.stringify(house.kept), { mode: 0o600 });
    await Promise.all([house.startApp(), house.startWorker()]);
    return house;
  }

  /** The one that the global set-up opened. */
  static found(folder = House.place): House {
    return new House(folder, JSON.parse(readFileSync(path.join(folder, "house.json"), "utf8")) as Kept);
  }

  get origin(): string {
    return this.kept.origin;
  }

  #file(name: string): string {
    return path.join(this.folder, name);
  }

  /** The app's whole environment. */
  appEnv(change: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
    return {
      ...ordinary(),
      DATABASE_URL: this.kept.database.appUrl,
      APP_ORIGIN: this.origin,
      RP_ID: "localhost",
      AUTH_SECRET: "an e2e secret of more than thirty-two bytes",
      CLAVIGER_LOG_ORIGIN: LOG_ORIGIN,
      ...change,
    };
  }

  tokenEnv(): NodeJS.ProcessEnv {
    return {
      ...ordinary(),
      SOFTHSM2_CONF: this.kept.softHsmConf,
      CLAVIGER_PKCS11_MODULE: this.kept.module,
      CLAVIGER_PKCS11_PROFILE: "softhsm2",
      CLAVIGER_TOKEN_LABEL: "e2e",
      CLAVIGER_PIN_FILE: this.#file("pin"),
      CLAVIGER_SO_PIN_FILE: this.#file("so-pin"),
    };
  }

  /** The worker's whole environment. */
  workerEnv(): NodeJS.ProcessEnv {
    const { CLAVIGER_SO_PIN_FILE: _, ...token } = this.tokenEnv();
    return {
      ...token,
      DATABASE_URL: this.kept.database.workerUrl,
      CLAVIGER_TOKEN_SERIAL: this.kept.serial,
      CLAVIGER_WORKER_STATE: this.#file("worker"),
      CLAVIGER_WORKER_MODE: "production",
      CLAVIGER_WORKER_NAME: "worker-e2e",
      CLAVIGER_LOG_ORIGIN: LOG_ORIGIN,
      CLAVIGER_OTHER_TOKENS_FILE: this.#file("other-tokens.json"),
    };
  }

  /** The key process's whole environment: which roster and which recorder it believes, as a person copied them from the minutes. */
  keysEnv(roster: string, port: number): NodeJS.ProcessEnv {
    const { CLAVIGER_SO_PIN_FILE: _, ...token } = this.tokenEnv();
    const recorder = createPublicKey(readFileSync(this.kept.trustAnchor)).export({ type: "spki", format: "der" });
    return {
      ...token,
      DATABASE_URL: this.kept.database.keysUrl,
      CLAVIGER_TOKEN_SERIAL: this.kept.serial,
      CLAVIGER_KEYS_MODE: "production",
      CLAVIGER_KEYS_NAME: "keys-e2e",
      CLAVIGER_KEYS_STATE: this.#file("keys"),
      CLAVIGER_KEYS_ROSTER: roster,
      CLAVIGER_KEYS_RECORDERS: createHash("sha256").update(recorder).digest("hex"),
      CLAVIGER_KEYS_ORIGIN: `http://127.0.0.1:${String(port)}`,
      CLAVIGER_KEYS_PORT: String(port),
    };
  }

  /** Runs the `claviger` command with one of those environments. */
  claviger(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
    return run(process.execPath, [path.join(checkout, "cli", "claviger.mjs"), ...args], { env });
  }

  async startApp(): Promise<void> {
    await this.#start("app", ["cli/start/app.mjs", "-H", "127.0.0.1", "-p", String(this.kept.port)], this.appEnv());
    await answering(`${this.origin}/api/health`, this.#file("app.log"));
  }

  async startWorker(): Promise<void> {
    await this.#start("worker", ["cli/start/worker.mjs"], this.workerEnv());
  }

  /** A second app on the same database, with other settings; answers where it is reached. */
  async startOtherApp(settings: (port: number) => Readonly<Record<string, string>>): Promise<string> {
    const port = await freePort();
    await this.#start("other-app", ["cli/start/app.mjs", "-H", "127.0.0.1", "-p", String(port)], this.appEnv(settings(port)));
    const origin = `http://localhost:${String(port)}`;
    await answering(`${origin}/api/health`, this.#file("other-app.log"));
    return origin;
  }

  /** The process that uses keys for applications, as `npm run keys` starts it; answers where it is reached, once it can sign. */
  async startKeys(roster: string): Promise<string> {
    const port = await freePort();
    await this.#start("keys", ["cli/start/keys.mjs"], this.keysEnv(roster, port));
    const origin = `http://127.0.0.1:${String(port)}`;
    try {
      await answering(`${origin}/health`, this.#file("keys.log"));
    } catch (fault) {
      // Whoever starts another writes over the number of this one, and nobody could end it any more.
      await this.kill("keys");
      throw fault;
    }
    return origin;
  }

  /** Ends one of them as a service manager does, and waits for it. */
  async stop(name: "keys"): Promise<void> {
    const { pid } = this.#running()[name] ?? { pid: 0 };
    signalGroup(pid, "SIGTERM");
    while ((await beganAt(pid)) !== null) await sleep(20);
  }

  /** Starts the app in a way that must fail; answers its exit code and what it said. */
  startAppWrongly(settings: Readonly<Record<string, string>>): Promise<Ran> {
    return run(process.execPath, ["cli/start/app.mjs", "-H", "127.0.0.1", "-p", "0"], { env: this.appEnv(settings) });
  }

  /** As a crash or a power cut would: nobody is asked. */
  async kill(name: "app" | "worker" | "other-app" | "keys"): Promise<void> {
    const { pid } = this.#running()[name] ?? { pid: 0 };
    signalGroup(pid, "SIGKILL");
    while ((await beganAt(pid)) !== null) await sleep(20);
  }

  /** Starts whichever of the two is not running. */
  async standAgain(): Promise<void> {
    const gone = async (name: "app" | "worker") => {
      const { pid, began } = this.#running()[name] ?? { pid: 0, began: "" };
      return (await beganAt(pid)) !== began;
    };
    if (await gone("app")) await this.startApp();
    if (await gone("worker")) await this.startWorker();
  }

  async end(): Promise<void> {
    await endLeft(this.folder);
  }

  /** Asks the database as its owner, past every rule of the app. */
  async query<T extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = new pg.Client({ connectionString: this.kept.database.superuserUrl });
    await client.connect();
    try {
      return (await client.query<T>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async #start(name: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
    const log = openSync(this.#file(`${name}.log`), "a", 0o600);
    // A group of its own: the start scripts have a child, and a kill must reach both.
    const child = spawn(process.execPath, args, { cwd: checkout, env, detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    child.unref();
    const { pid = 0 } = child;
    const began = (await beganAt(pid)) ?? "";
    // Read and written in one go: two programs are started at once.
    writeFileSync(this.#file("running.json"), JSON.stringify({ ...this.#running(), [name]: { pid, began } }), { mode: 0o600 });
  }

  #running(): Record<string, Running | undefined> {
    return runningIn(this.folder);
  }
}

/** What any program may know of this machine and its user. */
function ordinary(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR"];
  return {
    NODE_ENV: "production",
    ...Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
  };
}

function runningIn(folder: string): Record<string, Running | undefined> {
  try {
    return JSON.parse(readFileSync(path.join(folder, "running.json"), "utf8")) as Record<string, Running>;
  } catch {
    return {};
  }
}

/** Ends what runs in a folder, an earlier run's processes included; a number that somebody else has by now is left alone. */
async function endLeft(folder: string): Promise<void> {
  for (const { pid, began } of Object.values(runningIn(folder)).filter((one) => one !== undefined)) {
    if ((await beganAt(pid)) !== began) continue;
    signalGroup(pid, "SIGTERM");
    for (const end = Date.now() + 8_000; (await beganAt(pid)) === began && Date.now() < end; ) await sleep(50);
    signalGroup(pid, "SIGKILL");
  }
}

function signalGroup(leader: number, name: NodeJS.Signals): void {
  try {
    if (leader > 0) process.kill(-leader, name);
  } catch {
    // Gone already.
  }
}

async function answering(health: string, log: string): Promise<void> {
  for (const end = Date.now() + LONGEST_START; Date.now() < end; ) {
    await sleep(100);
    const answer = await fetch(health).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error(`${health} did not say yes within two minutes:\n${readFileSync(log, "utf8").slice(-2000)}`);
}

function need({ code, output }: Ran): string {
  if (code !== 0) throw new Error(`exit code ${String(code)}: ${output}`);
  return output;
}
