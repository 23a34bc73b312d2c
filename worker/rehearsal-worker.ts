import { staysOut } from "#lib/ceremony/admit-break";
import type { Roster } from "#lib/ceremony/roster";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { BackupPort } from "#lib/operations/backup-port";
import { advance, type Seam } from "./advance";
import { Attempts } from "./attempts";
import type { Acted, Acting } from "./acting";
import { blockSentence } from "./blocks";
import { FollowedCeremony } from "./followed-ceremony";
import { WorkerMemory } from "./memory";
import { KnownPins } from "./known-pins";
import { OtherTokens, type OtherTokenPort } from "./other-tokens";
import { makeRecorder } from "./own-keys";
import { signAsRecorder, type Recorder } from "./recorder";
import { recordFault, sealedRecord } from "./seal-record";
import { Sealings } from "./sealings";
import { SecretDesk } from "./secret-desk";
import type { WorkerStore } from "./store-port";
import type { OpenedToken } from "./parts-port";

/** What a rehearsal brings of its own; all the rest is the worker's. */
export interface RehearsalParts {
  readonly token: OpenedToken;
  readonly others: OtherTokenPort;
  readonly backups: BackupPort;
  readonly store: WorkerStore;
  /** A folder of this rehearsal's own, empty. */
  readonly stateFolder: string;
  readonly verifier: SignatureVerifier;
  readonly now: () => Date;
  readonly software: string;
  /** Who answers for its recorder, and who stamps what it says; of a rehearsal that people play nobody. */
  readonly vouching?: ((recorder: Recorder, memory: WorkerMemory) => Promise<Vouching>) | undefined;
}
type Vouching = Pick<Acting, "organisation" | "timeStamps">;

/**
 * The worker for one rehearsal, turned by hand in place of its loop: the same code decides and acts, but nothing happens between
 * two turns, so that two rehearsals of a script are the same. It takes part in rehearsals only, with a recorder of its own.
 */
export class RehearsalWorker {
  readonly recorder: Recorder;
  readonly #acting: Acting;
  readonly #followed = new Map<string, FollowedCeremony>();
  readonly #token: OpenedToken;
  #isOut = false;
  #settled: () => void = () => undefined;

  private constructor(parts: RehearsalParts, memory: WorkerMemory, recorder: Recorder, { organisation, timeStamps }: Vouching) {
    const { token, others, backups, store, verifier, now, software } = parts;
    const pins = new KnownPins();
    this.recorder = recorder;
    this.#token = token;
    this.#acting = {
      token,
      recorder,
      store,
      memory,
      organisation,
      verifier,
      now,
      software,
      pins,
      desk: new SecretDesk(),
      backups,
      others: new OtherTokens(others, memory, pins, now, () => undefined),
      mode: "rehearsal",
      worker: "rehearsal",
      // There is no other worker: token, transcript and this process are one another's only company.
      confirmLeadership: () => Promise.resolve(),
      logProof: () => Promise.resolve("none"),
      seal: (transcript, ceremony, log) =>
        sealedRecord({ token, recorder, memory, organisation: null, now: now(), timeStamps: [], verifier, verifierPage: null, attestations: (passkeys) => store.attestations(passkeys) }, transcript, ceremony, log),
      recordFault: (pdf, ceremony) => recordFault(pdf, ceremony, recorder.certificate, verifier),
      timeStamps,
      stampings: new Attempts(now, () => this.#settled(), () => false),
      sealings: new Sealings(now, () => this.#settled(), () => true),
      say: () => Promise.resolve(),
    };
  }

  /** Makes the recorder on the token, and trusts the rehearsal's own roster. */
  static async begin(parts: RehearsalParts, roster: Roster): Promise<RehearsalWorker> {
    if (roster.mode !== "rehearsal") throw new Error("the roster is not one of a rehearsal");
    const memory = new WorkerMemory(parts.stateFolder);
    const made = await makeRecorder(parts.token, memory, "Rehearsal", parts.now());
    if (!made.ok) throw new Error(`the token refused to make a recorder: ${made.refusal.reason}`);
    await memory.pinRoster(roster, parts.now().toISOString(), (bytes) => signAsRecorder(parts.token, bytes));
    const vouching = (await parts.vouching?.(made.value, memory)) ?? { organisation: null, timeStamps: [] };
    return new RehearsalWorker(parts, memory, made.value, vouching);
  }

  /**
   * Does everything the worker owes the ceremony now, its record included. Throws, with the worker's own sentence, when it is
   * blocked.
   */
  async turn(ceremony: string): Promise<void> {
    const followed = this.#follow(ceremony);
    if (this.#isOut && !(await this.#cameBack(followed))) return;
    for (;;) {
      const settled = new Promise<void>((resolve) => (this.#settled = resolve));
      const acted = await advance(this.#acting, followed, new Set<Seam>());
      if (acted.kind === "blocked") throw new Error(sentenceOf(acted));
      if (acted.kind === "again") continue;
      if (acted.why === "TOKEN-OUT") return this.#logOut();
      if (!this.#acting.sealings.underWay) return;
      await settled;
    }
  }

  async #logOut(): Promise<void> {
    await this.#token.logOut();
    this.#isOut = true;
  }

  async #cameBack(followed: FollowedCeremony): Promise<boolean> {
    const now = await followed.catchUp();
    if (now.ok && staysOut(now.value)) return false;
    await this.#token.reopen();
    this.#isOut = false;
    return true;
  }

  #follow(ceremony: string): FollowedCeremony {
    const followed = this.#followed.get(ceremony) ?? new FollowedCeremony(ceremony, this.#acting);
    this.#followed.set(ceremony, followed);
    return followed;
  }
}

function sentenceOf({ block }: Extract<Acted, { kind: "blocked" }>): string {
  const { sentence, remedy } = blockSentence(block);
  return `${sentence} ${remedy}`;
}
