import pkcs11js from "pkcs11js";
import { expect } from "vitest";
import type { SoftwarePasskey } from "#cli/demo/software-passkey";
import type { Body, Entry, EntryKind } from "#lib/ceremony/entry";
import { operationsOf, scriptHash, stepsOf, type Script } from "#lib/ceremony/script";
import type { Mode } from "#lib/ceremony/roles";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import type { Statement } from "#lib/ceremony/statement";
import { commit } from "#lib/log/commitment";
import { textOf } from "#lib/operations/parameters";
import { readHealth } from "#lib/store/worker-health";
import type { ObjectReading } from "#lib/token/attributes";
import { HostileOwner } from "./hostile-owner.under-test";
import { PlayedCeremony, type PlayOptions } from "./played-ceremony.under-test";
import { players, rosterOf, type Player } from "./played-cast.under-test";
import { smallScript } from "./played-scripts.under-test";
import { openToken } from "./token/module-start";
import { Pkcs11Token } from "./token/pkcs11-token";
import { WorkerGrounds, type WorkerProcess } from "./worker-grounds.under-test";

/** How a signed act is bent. `statement` changes what is signed; `afterwards` changes the text under a signature already made. */
export interface Bend {
  readonly statement?: (statement: Statement) => Statement;
  readonly afterwards?: (statement: Statement) => Statement;
  readonly passkey?: SoftwarePasskey;
  readonly rpId?: string;
  readonly origin?: string;
  readonly flags?: number;
  readonly by?: string;
  readonly at?: string;
  readonly act?: Statement["act"];
  readonly kind?: EntryKind;
}

/** A worker that is started on a busy machine takes its time. */
const PATIENCE_MS = 60_000;

export interface Start {
  readonly mode?: Mode;
  readonly folder?: string;
  readonly killAt?: string;
}

/**
 * Where the attacks are tried: a real PostgreSQL with its hostile owner, a real token, a real worker process that has done
 * nothing wrong, and a second pair of eyes on the token that trusts nobody's word.
 */
export class AttackGrounds {
  readonly grounds: WorkerGrounds;
  readonly owner: HostileOwner;
  readonly cast: readonly Player[];
  readonly rosters: Readonly<Record<Mode, Roster>>;
  readonly #eyes: Pkcs11Token;
  readonly #mode: Mode;
  worker: WorkerProcess;
  #count = 0;
  #folder: string;
  #last: PlayedCeremony | null = null;

  private constructor(grounds: WorkerGrounds, owner: HostileOwner, eyes: Pkcs11Token, mode: Mode) {
    this.grounds = grounds;
    this.owner = owner;
    this.#eyes = eyes;
    this.#mode = mode;
    this.cast = players(3, 1);
    this.rosters = { rehearsal: rosterOf(this.cast, "rehearsal"), production: rosterOf(this.cast, "production") };
    for (const roster of Object.values(this.rosters)) grounds.trust(roster);
    this.#folder = grounds.stateFolder;
    this.worker = this.start();
  }

  static async open(mode: Mode = "rehearsal"): Promise<AttackGrounds> {
    const grounds = await WorkerGrounds.open();
    const owner = await HostileOwner.of(grounds.database.ownerUrl);
    return new AttackGrounds(grounds, owner, await eyesOn(grounds), mode);
  }

  start({ mode = this.#mode, folder = this.grounds.stateFolder, killAt }: Start = {}): WorkerProcess {
    const env = { CLAVIGER_WORKER_MODE: mode, CLAVIGER_WORKER_STATE: folder };
    return this.grounds.start({ env, ...(killAt === undefined ? {} : { killAt }) });
  }

  /** Ends the worker, and starts another in its place. */
  async restart(start: Start = {}): Promise<void> {
    await this.grounds.stopAll();
    this.#folder = start.folder ?? this.grounds.stateFolder;
    this.worker = this.start(start);
  }

  async close(): Promise<void> {
    await this.owner.end();
    await this.grounds.close();
  }

  /** The people's keys on the token, seen through another process than the worker's, which stays as it is. */
  async keys(): Promise<string[]> {
    const objects: ObjectReading[] = (await this.#eyes.listObjects()) as ObjectReading[];
    return objects.filter(({ label }) => !label.startsWith("claviger-")).map(({ objectClass, label }) => `${objectClass} ${label}`).sort();
  }

  /** A ceremony of one key by 2 of 3, whose first entry is written; `played` lets nothing else happen by itself. */
  ceremony(options: PlayOptions = {}): PlayedCeremony {
    const mode = options.mode ?? this.#mode;
    return new PlayedCeremony(this.grounds.app, { script: keyScript(`key-${String(++this.#count)}`), cast: this.cast, roster: this.rosters[mode], ...options, mode });
  }

  /** The same, with the recorder attached and the key's step open: two approvals, and the key is made. */
  async opened(options: PlayOptions = {}): Promise<PlayedCeremony> {
    const played = await this.ceremony(options).open();
    await this.attached(played);
    await played.openStep("key");
    return played;
  }

  attached = async (played: PlayedCeremony): Promise<void> => {
    await played.attached().catch((fault: unknown) => {
      throw new Error(`${String(fault)}\n${this.worker.output}`);
    });
  };

  /** Signs a bent act and writes it into the table as the owner of the database. */
  async enter(played: PlayedCeremony, person: string, bend: Bend = {}): Promise<Entry> {
    const entry = await this.signed(played, person, bend);
    await this.owner.insert(entry);
    return entry;
  }

  /** A signed act, bent, as it would be entered now. */
  async signed(played: PlayedCeremony, person: string, bend: Bend = {}): Promise<Entry> {
    const act = bend.act ?? "approve";
    const honest = await played.statement(person, { act, step: "key", verdict: null, remark: act === "refuse" ? { committed: "00".repeat(32) } : null });
    const signed = bend.statement?.(honest) ?? honest;
    const { passkey, rpId, origin, flags } = bend;
    const change = { ...(passkey && { passkey }), ...(rpId && { rpId }), ...(origin && { origin }), ...(flags !== undefined && { flags }) };
    const assertion = played.sign(person, signed, change);
    const body = { statement: bend.afterwards?.(signed) ?? signed, assertion };
    const kind = bend.kind ?? (act === "refuse" ? "step-refused" : "step-approved");
    return played.draft(await played.state(), bend.by ?? person, kind, body, bend.at);
  }

  /** The name of the rule for which the worker does nothing more in a ceremony, or waits in it; null while it says nothing. */
  async reason(id: string): Promise<string | null> {
    const [health] = await readHealth(this.grounds.app);
    const { ceremonies = {}, waiting = {} } = (health?.facts ?? {}) as { ceremonies?: Record<string, { code: string }>; waiting?: Record<string, string> };
    return ceremonies[id]?.code ?? waiting[id] ?? null;
  }

  /** Waits for the worker's health to name the rule, then lets it look once more: nothing may have come onto the token. */
  async refuses(played: PlayedCeremony, code: string, before: readonly string[], { intent = false } = {}): Promise<void> {
    await this.names(played.id, code);
    await this.nothingMade(played, before, { intent });
  }

  async names(id: string, code: string): Promise<void> {
    const read = () => this.reason(id).then((reason) => reason ?? this.worker.output.slice(-2_000));
    await expect.poll(read, { timeout: PATIENCE_MS, interval: 30 }).toBe(code);
  }

  /** After the worker has seen every ceremony once more: no key, no outcome, and, unless `intent`, not even the intent of one. */
  async nothingMade(played: PlayedCeremony, before: readonly string[], { intent = false } = {}): Promise<void> {
    await this.wentRound();
    expect(await this.keys()).toEqual(before);
    const kinds = await played.kinds();
    expect(kinds.filter((kind) => kind === "operation-done" || (kind === "operation-started" && !intent))).toEqual([]);
  }

  /** Waits until the worker has verified a ceremony as far as that entry. */
  async saw(played: PlayedCeremony, seq: number): Promise<void> {
    await expect.poll(() => this.grounds.memory(this.#folder).head(played.id)?.seq, { timeout: PATIENCE_MS, interval: 20 }).toBe(seq);
  }

  /** The worker visits ceremonies in the order of their ids: what is new in the last was seen after all the others. */
  async wentRound(): Promise<void> {
    const last = (this.#last ??= await this.ceremony({ id: "zz-last" }).open());
    await this.attached(last);
    await this.saw(last, await last.deviate("key"));
  }
}

/** One key pair by 2 of 3, and everybody signs. */
export function keyScript(label: string): Script {
  const small = smallScript();
  const signatures = small.acts.flatMap(({ steps }) => steps).find(({ kind }) => kind === "sign-off");
  if (!signatures) throw new Error("the small script has no sign-off");
  const request = { operation: "generate-key-pair", label, algorithm: "EC-P256", usage: ["sign"], extractable: false };
  const key = { step: "key", kind: "operation" as const, title: "Key", say: "Make it.", operations: [request] };
  return { ...small, acts: [{ act: "all", title: "All", steps: [key, signatures] }] };
}

/** The entry that would open the ceremony, not written and not judged. */
export function opening(played: PlayedCeremony, change: Partial<Body<"ceremony-opened">> = {}): Entry {
  const { script, roster, mode, cast, id } = played;
  const participants = cast.map(({ person, role }) => ({ person, role }));
  const place = commit({ path: `ceremony/${id}/place`, salt: "00".repeat(16), value: "Vault 1" });
  const hashes = { scriptHash: scriptHash(script), rosterHash: rosterHash(roster) };
  return played.draft(null, "operator-1", "ceremony-opened", { title: "Forged", mode, place, script, endorsements: played.endorsements(), roster, participants, ...hashes, ...change });
}

export function labelIn(script: Script): string {
  return stepsOf(script).flatMap(operationsOf).map((request) => textOf(request, "label")).join();
}

/**
 * The token port over the same module in this process: logged in once, before the worker starts, and without the lock that keeps
 * other workers out. It only looks.
 */
async function eyesOn({ token, serial }: WorkerGrounds): Promise<Pkcs11Token> {
  const { options } = token;
  // The module reads its configuration from the environment of the process.
  Object.assign(process.env, options.environment);
  const config = { mode: "serve", modulePath: options.modulePath, profile: options.profile, label: options.label, serial, configDirectory: null, pin: options.pin } as const;
  const host = { environment: process.env, lock: () => Promise.resolve(), mayPersist: () => undefined };
  return new Pkcs11Token(await openToken(config, { module: new pkcs11js.PKCS11(), constants: { ...pkcs11js } }, host));
}
