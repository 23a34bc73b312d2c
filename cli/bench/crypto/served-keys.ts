import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Application } from "#worker/keys/application.under-test";
import { checkout } from "../../setup/checkout.mjs";

const START_LIMIT_MS = 60_000;

/** A key process with its signing children, started by the command that `npm run keys` becomes. */
export class ServedKeys {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #said = "";

  constructor(env: Readonly<Record<string, string | undefined>>, program = "worker/keys/main.ts") {
    this.#child = spawn(process.execPath, ["--import", "tsx", program], {
      cwd: checkout,
      env: { ...env, NODE_ENV: "production" },
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    this.#child.stdout?.on("data", (chunk: Buffer) => (this.#said += chunk.toString()));
    this.#exited = once(this.#child, "exit");
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get child(): ChildProcess {
    return this.#child;
  }

  /** Where it listens. Throws with what it said when it does not. */
  get address(): string {
    const port = /listening on 127\.0\.0\.1:(\d+)/.exec(this.#said)?.[1];
    if (port === undefined) throw new Error(`the key process does not listen:\n${this.#said}`);
    return `http://127.0.0.1:${port}`;
  }

  /** Resolves once it can sign and log, by all its children. Throws when it has ended or takes too long. */
  async ready(): Promise<void> {
    const end = Date.now() + START_LIMIT_MS;
    while (!(await this.#isReady())) {
      if (this.#child.exitCode !== null || Date.now() > end) throw new Error(`the key process did not get ready:\n${this.#said}`);
      await sleep(50);
    }
  }

  async #isReady(): Promise<boolean> {
    try {
      const answered = await fetch(`${this.address}/health`);
      const { token } = (await answered.json()) as { token: { ready: number; processes: number } };
      return answered.status === 200 && token.ready === token.processes;
    } catch {
      return false;
    }
  }

  /** An access token for everything that the application's grant names. */
  async access(application: Application): Promise<string> {
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: application.assertion("https://keys.example/oauth/token"),
    });
    const said = (await (await fetch(`${this.address}/oauth/token`, { method: "POST", body })).json()) as { access_token?: string };
    if (said.access_token === undefined) throw new Error(`no access token: ${JSON.stringify(said)}`);
    return said.access_token;
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#exited;
  }
}
