import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleOf } from "../../cli/testing/bundled-worker.mjs";
import type { TestDatabase } from "#cli/testing/test-database";
import { grantToEndorse, type Grant } from "#lib/accounts/grant";
import type { Voted } from "#lib/ceremony/endorsement";
import type { KeyState } from "#lib/ceremony/key-states";
import { rosterHash } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import { fromBase64url, sha256Hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { evidenceOf } from "#lib/register/ceremony-evidence";
import { changeToEndorse, type KeyChange } from "#lib/register/key-change";
import { registerFrom } from "#lib/register/register-from";
import { nextHead, type RegisteredKey } from "#lib/register/registered-key";
import { keepEndorsement } from "#lib/store/endorsements";
import { keepPaper } from "#lib/store/register-papers";
import { keepRoster } from "#lib/store/rosters";
import type { KeyPairAlgorithm, SecretKeyAlgorithm } from "#lib/token/algorithm";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { committed, endorsementBy } from "../played-cast.under-test";
import { PlayedCeremony } from "../played-ceremony.under-test";
import { smallScript } from "../played-scripts.under-test";
import { WorkerGrounds } from "../worker-grounds.under-test";
import type { Application } from "./application.under-test";
import { checkedAnswer } from "./checked-answer.under-test";

/**
 * A key process over everything real: keys that a ceremony made on a SoftHSM2 token, by a worker that stays on it; changes and
 * grants that its custodians signed; PostgreSQL.
 */
export class KeyGrounds {
  readonly grounds: WorkerGrounds;
  readonly played: PlayedCeremony;
  readonly recorder: string;
  readonly keysUrl: string;
  readonly stateFolder = mkdtempSync(path.join(tmpdir(), "claviger-keys-"));
  readonly #running = new Set<KeyProcess>();

  private constructor(grounds: WorkerGrounds, played: PlayedCeremony, recorder: string, keysUrl: string) {
    this.grounds = grounds;
    this.played = played;
    this.recorder = recorder;
    this.keysUrl = keysUrl;
  }

  /** `pairs` are the signing keys that the ceremony makes beside its own, `secrets` those without a public half, by their labels. */
  static async open(
    database: TestDatabase,
    pairs: Readonly<Record<string, KeyPairAlgorithm>> = { "jwt-rsa": "RSA-2048" },
    secrets: Readonly<Record<string, { readonly algorithm: SecretKeyAlgorithm; readonly usage: readonly string[] }>> = {},
  ): Promise<KeyGrounds> {
    const grounds = await WorkerGrounds.open(database);
    const small = smallScript();
    const made = Object.entries(pairs).map(([label, algorithm]) => ({ operation: "generate-key-pair", label, algorithm, usage: ["sign"], extractable: false }));
    const held = Object.entries(secrets).map(([label, made]) => ({ operation: "generate-secret-key", label, ...made, extractable: false }));
    const acts = small.acts.map((act) => ({
      ...act,
      steps: act.steps.map((step) => (step.kind === "operation" && step.step === "key" ? { ...step, operations: [...step.operations, ...made, ...held] } : step)),
    }));
    const played = await new PlayedCeremony(grounds.app, { script: { ...small, acts } }).open();
    grounds.trust(played.roster);
    grounds.start();
    await played.playTo("test");
    const spki = (await played.state()).recorder?.recorder.spki ?? "";
    const opened = new KeyGrounds(grounds, played, sha256Hex(fromBase64url(spki)), database.keysUrl);
    const { mode, prev, version } = played.roster;
    const bytes = canonical(played.roster as unknown as Json);
    await keepRoster(grounds.app, { hash: rosterHash(played.roster), version, mode, prev, bytes, openings: [], createdBy: "admin" });
    return opened;
  }

  /** The key of that label, as the ceremony made it. */
  async key(label: string): Promise<RegisteredKey> {
    const evidence = await evidenceOf(webCryptoVerifier, book, await this.played.transcript(), new Set([this.recorder]));
    if (!evidence.ok || !evidence.value) throw new Error("the ceremony is no evidence");
    const found = registerFrom([evidence.value], [], "rehearsal", new Date().toISOString()).keys.find((key) => key.label === label);
    if (!found) throw new Error(`no key called ${label}`);
    return found;
  }

  /** Written down and signed by the quorum. Answers the key as it is then. */
  async change(key: RegisteredKey, to: KeyState): Promise<RegisteredKey> {
    const change: KeyChange = {
      ...{ v: "claviger/key-change/v1", mode: "rehearsal", key: key.key, label: key.label, head: key.head, from: key.state, to },
      ...{ facts: null, reason: { committed: committed("reason", "because").committed }, by: "custodian-1", at: new Date().toISOString() },
    };
    const document = changeToEndorse(change);
    await this.#keep("key-state", key.key, change as unknown as Json, document);
    return { ...key, state: to, head: nextHead(key.key, key.head, document.hash) };
  }

  async grant(application: Pick<Application, "account" | "jwk">, given: Partial<Grant> = {}, isSigned = true): Promise<Grant> {
    const grant: Grant = {
      ...{ v: "claviger/grant/v1", mode: "rehearsal", account: application.account, edition: 1, clients: [application.jwk], keys: [] },
      ...{ random: true, perMinute: 10_000_000, until: new Date(Date.now() + 86_400_000).toISOString() },
      ...{ reason: { committed: committed("reason", "because").committed }, by: "custodian-1", at: new Date().toISOString(), ...given },
    };
    await this.#keep("grant", application.account, grant, isSigned ? grantToEndorse(grant) : null);
    return grant;
  }

  async #keep(what: "key-state" | "grant", subject: string, paper: Json, document: Voted | null): Promise<void> {
    const bytes = canonical(paper);
    await keepPaper(this.grounds.app, { hash: sha256Hex(bytes), what, subject, by: "custodian-1", bytes, openings: [] });
    const { cast, roster: trusted } = this.played;
    // Signed now: what is signed before a ceremony made the key is about no key.
    const said = { statement: { at: new Date().toISOString() } };
    if (!document) return;
    for (const player of cast.filter(({ role }) => role === "custodian").slice(0, trusted.quorum.approve)) {
      const endorsement = endorsementBy(player, document, trusted, said);
      const { hash, roster, person, at } = endorsement.statement;
      const signed = canonical(endorsement);
      await keepEndorsement(this.grounds.app, { hash: sha256Hex(signed), document: hash, roster, person, what, at, bytes: signed });
    }
  }

  async start(change: Record<string, string> = {}): Promise<KeyProcess> {
    const started = new KeyProcess(this.env(change));
    this.#running.add(started);
    return started;
  }

  /** The whole environment of a key process over these grounds. */
  env(change: Readonly<Record<string, string>> = {}): Readonly<Record<string, string | undefined>> {
    const { options, pinFile } = this.grounds.token;
    return {
      PATH: process.env["PATH"],
      ...options.environment,
      DATABASE_URL: this.keysUrl,
      CLAVIGER_PKCS11_MODULE: options.modulePath,
      CLAVIGER_PKCS11_PROFILE: options.profile,
      CLAVIGER_TOKEN_LABEL: options.label,
      CLAVIGER_TOKEN_SERIAL: this.grounds.serial,
      CLAVIGER_PIN_FILE: pinFile,
      CLAVIGER_KEYS_MODE: "rehearsal",
      CLAVIGER_KEYS_STATE: this.stateFolder,
      CLAVIGER_KEYS_ROSTER: rosterHash(this.played.roster),
      CLAVIGER_KEYS_RECORDERS: this.recorder,
      CLAVIGER_KEYS_ORIGIN: "https://keys.example",
      CLAVIGER_KEYS_PORT: "0",
      CLAVIGER_KEYS_PATIENCE_MS: "30000",
      ...change,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((one) => one.kill("SIGKILL")));
    await this.grounds.close();
    rmSync(this.stateFolder, { recursive: true, force: true });
  }
}

/** Empty for a file that is not there any more. */
function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** The key process, and what an application asks of it. */
export class KeyProcess {
  readonly #child: ChildProcess;
  readonly exited: Promise<number | string>;
  output = "";

  constructor(env: Readonly<Record<string, string | undefined>>) {
    const cwd = path.resolve(import.meta.dirname, "../..");
    this.#child = spawn(process.execPath, [bundleOf(process.env.TEST_BUNDLES ?? "", "worker/keys/main.ts")], {
      cwd,
      env: env as NodeJS.ProcessEnv,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const hear = (chunk: Buffer) => {
      this.output += chunk.toString();
    };
    this.#child.stdout?.on("data", hear);
    this.#child.stderr?.on("data", hear);
    this.exited = new Promise((resolve) => this.#child.once("exit", (code, signal) => resolve(code ?? signal ?? "unknown")));
  }

  async kill(signal: NodeJS.Signals): Promise<number | string> {
    this.#child.kill(signal);
    return this.exited;
  }

  /** Process ids of its signing children. Processes that end while they are looked at are none. */
  children(): number[] {
    const tasks = `/proc/${String(this.#child.pid ?? 0)}/task`;
    return readdirSync(tasks)
      .flatMap((task) => contentOf(`${tasks}/${task}/children`).trim().split(" "))
      .filter((one) => one !== "" && contentOf(`/proc/${one}/cmdline`).includes("signing-child"))
      .map(Number);
  }

  get address(): string {
    const port = /listening on 127\.0\.0\.1:(\d+)/.exec(this.output)?.[1];
    if (port === undefined) throw new Error(`it does not listen:\n${this.output}`);
    return `http://127.0.0.1:${port}`;
  }

  /**
   * Waits until it says that it can sign, with at least so many signing processes: it says so as soon as one of them can. Throws, with what
   * it said, when it has ended or takes too long.
   */
  async ready(processes = 1, limitMs = 90_000): Promise<void> {
    const end = Date.now() + limitMs;
    let ended = false as boolean;
    void this.exited.then(() => (ended = true));
    while (!(await this.#isReady(processes))) {
      if (ended || Date.now() > end) throw new Error(`it did not get ready:\n${this.output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async #isReady(processes: number): Promise<boolean> {
    try {
      const health = (await (await this.ask("/health")).json()) as { ready: boolean; token: { ready: number } };
      return health.ready && health.token.ready >= processes;
    } catch {
      return false;
    }
  }

  /** What it answers, which is held to the published document. */
  async ask(where: string, init: RequestInit = {}): Promise<Response> {
    return checkedAnswer(init.method ?? "GET", where, await fetch(`${this.address}${where}`, init));
  }

  async token(application: Application, { scope, assertion }: { readonly scope?: string; readonly assertion?: string } = {}): Promise<Response> {
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion ?? application.assertion("https://keys.example/oauth/token"),
      ...(scope !== undefined && { scope }),
    });
    return this.ask("/oauth/token", { method: "POST", body: form });
  }

  async access(application: Application, scope?: string): Promise<string> {
    const said = (await (await this.token(application, scope === undefined ? {} : { scope })).json()) as { access_token?: string };
    if (said.access_token === undefined) throw new Error(JSON.stringify(said));
    return said.access_token;
  }

  post(access: string, where: string, body: unknown): Promise<Response> {
    const headers = { authorization: `Bearer ${access}`, "content-type": "application/json" };
    return this.ask(where, { method: "POST", headers, body: typeof body === "string" ? body : JSON.stringify(body) });
  }
}
