import { setTimeout as sleep } from "node:timers/promises";
import { Identifier } from "#lib/ceremony/roster.schema";
import type { SealCertificate } from "#lib/record/seal-certificate";
import type { ExclusiveLock } from "#lib/store/exclusive-lock";
import { TokenFault } from "#lib/token/fault";
import type { Token } from "#lib/token/token";
import type { Acting } from "./acting";
import { Attempts } from "./attempts";
import { blockSentence } from "./blocks";
import { followRosters, type Unfit } from "./follow-rosters";
import { FollowedCeremonies } from "./followed-ceremonies";
import { guardedToken } from "./guarded-token";
import { HealthTeller } from "./health";
import { HeldToken } from "./held-token";
import { KnownPins } from "./known-pins";
import { KeptLog } from "./log/kept-log";
import { OtherTokens } from "./other-tokens";
import { findRecorder } from "./own-keys";
import type { OpenedToken, WorkerParts } from "./parts-port";
import { signAsRecorder, type Recorder } from "./recorder";
import { blocked, busyWith, NO_RECORDER, onBreak, SEALING, STANDING_BY, STOPPED, troubled } from "./said";
import { recordFault, sealedRecord } from "./seal-record";
import { Sealings } from "./sealings";
import { readySaid, sealsUntil } from "./seals-until";
import { SecretDesk } from "./secret-desk";
import { StandBy } from "./stand-by";
import { Helpless, LeadershipLost, NEEDS_A_PERSON, passesOn } from "./standing-down";
import { TokenWatch } from "./token-watch";
import { TrustTeller } from "./trust-teller";
import { findVerifierPage } from "./verifier-page";

const POLL_MS = 1_000;
const RETRY_MS = 1_000;
const TROUBLE_MS = 5_000;
const TOKEN_LOOK_MS = 5_000;
const CERTIFICATE_LOOK_MS = 60_000;

/**
 * Works until `signal`: waits to lead, opens the token, follows every ceremony and does what each is owed. Answers the exit code:
 * 0 after `signal`, NEEDS_A_PERSON when a person must act first. The token's PIN is tried once, and never again after a refusal.
 */
export async function runWorker(parts: WorkerParts, signal: AbortSignal): Promise<number> {
  const health = new HealthTeller(parts.store, { worker: parts.name, tokenSerial: parts.serial }, parts.now, parts.log);
  const work = new Work(parts, health, signal);
  try {
    while (!signal.aborted) {
      const turn = new AbortController();
      const standing: Promise<void>[] = [];
      const lock = await parts.lead(signal, (why) => {
        if (why === "database-gone") return parts.log("waiting-for-database: the database does not answer");
        void health.say("standing-by", STANDING_BY);
        if (standing.length === 0) standing.push(work.standBy(AbortSignal.any([signal, turn.signal])));
      });
      turn.abort();
      await Promise.all(standing);
      if (lock) await work.lead(lock).finally(() => lock.release());
    }
    await health.end("stopped", STOPPED);
    return 0;
  } catch (fault) {
    if (!(fault instanceof Helpless)) throw fault;
    return NEEDS_A_PERSON;
  }
}

class Work {
  readonly #parts: WorkerParts;
  readonly #health: HealthTeller;
  readonly #signal: AbortSignal;
  readonly #ceremonies: FollowedCeremonies;
  readonly #token: HeldToken;
  /** Of this process, whoever leads in between: a call for secrets outlives a database that was away for a moment. */
  readonly #desk = new SecretDesk();
  readonly #pins = new KnownPins();
  /** Rosters that nobody's quorum endorsed. */
  readonly #unfit: Unfit = new Map();
  #wake: () => void = () => undefined;
  /** Something has changed since the round under way began. */
  #isAwaited = false;
  #tokenSeenAt = 0;
  /** Model and firmware of the token, as it last said them. */
  #device: { readonly model: string; readonly firmware: string } | null = null;
  /** Under what it seals, and until when. */
  #seal: SealCertificate | null = null;
  #sealSeenAt = 0;
  readonly #log: KeptLog;
  readonly #trust: TrustTeller;
  readonly #tokenWatch: TokenWatch;
  /** Stamps that authorities are asked for; a fault of one is that one's. */
  readonly #stampings: Attempts;

  constructor(parts: WorkerParts, health: HealthTeller, signal: AbortSignal) {
    this.#parts = parts;
    this.#health = health;
    this.#signal = signal;
    this.#ceremonies = new FollowedCeremonies(parts);
    this.#token = new HeldToken(parts, health, signal);
    const { store, memory, now, log, keepsLog } = parts;
    const isGone = (fault: unknown) => store.isGone(fault);
    const records = { sealed: () => memory.sealedRecords(), record: (ceremony: string) => store.findRecord(ceremony), isGone };
    this.#log = new KeptLog(keepsLog, records, passesOn(store), now, log);
    this.#trust = new TrustTeller(keepsLog?.memory ?? null, passesOn(store), log);
    this.#tokenWatch = new TokenWatch(parts.watchesTokens, parts.others.listed.map(({ name }) => name), parts.log);
    this.#stampings = new Attempts(now, () => this.#wake(), () => false);
  }

  /** Follows every ceremony, and does nothing in any, until this worker's turn has come. */
  async standBy(until: AbortSignal): Promise<void> {
    const { store, log } = this.#parts;
    const standBy = new StandBy(store, (id) => this.#ceremonies.follow(id));
    while (!until.aborted) {
      await standBy.look(until).catch((fault: unknown) => {
        if (!store.isGone(fault)) log(`trouble: ${fault instanceof Error ? `${fault.name}: ${fault.message}` : "an unknown fault"}`);
      });
      await sleep(POLL_MS, undefined, { signal: until }).catch(() => undefined);
    }
  }

  /** Acts as the one worker of the token until the lock is lost or the worker is stopped. */
  async lead(lock: ExclusiveLock): Promise<void> {
    if (!(await this.#satOut(lock))) return;
    const token = await this.#token.open(lock);
    if (!token) return;
    // From here on nobody else writes in this worker's folders.
    this.#parts.memory.clearHalfWritten();
    this.#parts.backups.begin();
    const watch = this.#parts.store.watch(() => this.#wake());
    this.#log.lookAnew();
    try {
      const acting = await this.#acting(lock, token);
      while (!this.#signal.aborted) {
        const changed = this.#changed();
        await this.#round(acting, lock, token);
        if (this.#ceremonies.isOut) await this.#sitOut(lock, token);
        else await changed();
      }
    } catch (fault) {
      if (!(fault instanceof LeadershipLost)) throw fault;
      this.#ceremonies.noteSeam("database-gone");
    } finally {
      await watch.stop();
      await token.close();
    }
  }

  /** Before the token is opened: a worker that is started in a break stays out of it. False when it must not go on. */
  async #satOut(lock: ExclusiveLock): Promise<boolean> {
    try {
      await this.#sitOut(lock, null);
      return lock.held && !this.#signal.aborted;
    } catch (fault) {
      if (fault instanceof LeadershipLost) return false;
      throw fault;
    }
  }

  /** Logged out for as long as one of this worker's ceremonies is on a break, whatever the others would want of the token. */
  async #sitOut(lock: ExclusiveLock, token: OpenedToken | null): Promise<void> {
    let isOut = false;
    while (!this.#signal.aborted) {
      const changed = this.#changed();
      if (!(await lock.confirm())) throw new LeadershipLost();
      const on = await this.#breaksOn();
      if (on.length === 0) break;
      if (!isOut) await token?.logOut();
      isOut = true;
      await this.#health.say("on-break", onBreak(this.#parts.serial, on));
      await changed();
    }
    if (isOut && token && !this.#signal.aborted) await this.#token.openAgain(token, lock);
  }

  async #breaksOn(): Promise<readonly string[]> {
    const gone = (fault: unknown) => {
      if (this.#parts.store.isGone(fault)) throw new LeadershipLost();
    };
    return this.#ceremonies.breaksOn(gone).catch((fault: unknown) => {
      gone(fault);
      throw fault;
    });
  }

  /** Resolves at the next change, or soon anyway: a notification can be lost, the transcript cannot. */
  #changed(): () => Promise<void> {
    const woken = new AbortController();
    this.#isAwaited = false;
    this.#wake = () => {
      this.#isAwaited = true;
      woken.abort();
    };
    const either = AbortSignal.any([woken.signal, this.#signal]);
    return () => sleep(POLL_MS, undefined, { signal: either }).catch(() => undefined);
  }

  async #acting(lock: ExclusiveLock, opened: OpenedToken): Promise<Acting> {
    const { store, memory, organisation, verifier, now, mode, software, name, timeStamps } = this.#parts;
    const leading = () => {
      if (!lock.held) throw new LeadershipLost();
    };
    const token = guardedToken(opened, leading);
    const recorder = await this.#recorder(token, opened, lock);
    await this.#lookAtCertificates(recorder);
    if (organisation) {
      this.#parts.log(this.#seal?.until ? `seals as ${organisation.name}` : `no good certificate for ${organisation.name} is kept: seals under the recorder's own authority`);
    }
    const hands = { token, recorder, verifier };
    return {
      ...hands,
      backups: this.#parts.backups,
      others: new OtherTokens(this.#parts.others, memory, this.#pins, now, leading),
      desk: this.#desk,
      pins: this.#pins,
      store,
      memory,
      organisation,
      now,
      mode,
      software,
      worker: name,
      async confirmLeadership() {
        if (!(await lock.confirm())) throw new LeadershipLost();
      },
      logProof: (transcript, ceremony) => this.#log.proofOf(hands, ceremony, transcript),
      seal: async (transcript, ceremony, log) =>
        sealedRecord(
          { ...hands, memory, organisation, now: now(), timeStamps, verifierPage: findVerifierPage(), attestations: (passkeys) => store.attestations(passkeys) },
          transcript,
          ceremony,
          await this.#log.cosigned(hands, log),
        ),
      recordFault: (pdf, ceremony) => recordFault(pdf, ceremony, recorder.certificate, verifier),
      timeStamps,
      stampings: this.#stampings,
      sealings: new Sealings(
        now,
        () => this.#wake(),
        passesOn(store),
      ),
      say: (doing) => this.#health.say("busy", busyWith(doing), this.#facts()),
    };
  }

  async #recorder(token: Token, opened: OpenedToken, lock: ExclusiveLock): Promise<Recorder> {
    for (;;) {
      try {
        const recorder = await findRecorder(token, this.#parts.memory);
        if (recorder) return recorder;
        await this.#health.end("not-initialised", NO_RECORDER);
        throw new Helpless();
      } catch (fault) {
        await this.#reopen(fault, opened, lock);
      }
    }
  }

  /** One look at every ceremony; each is brought as far as it goes, and a fault of one alone keeps no other from going on. */
  async #round(acting: Acting, lock: ExclusiveLock, opened: OpenedToken): Promise<void> {
    try {
      await acting.confirmLeadership();
      await this.#lookForToken(acting);
      await acting.memory.pinAsked((roster, trustedAt) => acting.memory.pinRoster(roster, trustedAt, (bytes) => signAsRecorder(acting.token, bytes)));
      await this.#trust.look(acting);
      const faults: unknown[] = [];
      const note = (fault: unknown) => {
        if (passesOn(acting.store)(fault)) throw fault;
        faults.push(fault);
      };
      await this.#followRosters(acting).catch(note);
      for (const id of await acting.store.ceremonies()) {
        if (this.#signal.aborted) return;
        // The id becomes a file name in the worker's memory: only what the rule book calls an id is one.
        if (!Identifier.safeParse(id).success) continue;
        await this.#ceremonies.bringForward(acting, id, this.#signal).catch(note);
        if (this.#ceremonies.waits.get(id) === "TOKEN-OUT") return;
      }
      await this.#log.keep(acting).catch(note);
      await this.#watchTokens(acting).catch(note);
      await this.#log.check(() => this.#isAwaited || this.#signal.aborted).catch(note);
      if (faults.length > 0) throw faults[0];
      await this.#sayReady(acting);
    } catch (fault) {
      if (fault instanceof LeadershipLost || fault instanceof Helpless) throw fault;
      if (fault instanceof TokenFault) return this.#reopen(fault, opened, lock);
      if (acting.store.isGone(fault)) return this.#databaseGone(fault);
      await this.#trouble(fault);
    }
  }

  /** Never while an operation is under way: what it is about to make or destroy is no finding. Between two of them what was made is written. */
  async #watchTokens(acting: Acting): Promise<void> {
    const { isOperationUnderWay, isOut, isAnyAtWork } = this.#ceremonies;
    if (!isOperationUnderWay && !isOut) await this.#tokenWatch.look(acting, isAnyAtWork);
  }

  async #followRosters(acting: Acting): Promise<void> {
    for (const { mode, version } of await followRosters(acting, this.#unfit)) {
      this.#parts.log(`roster: version ${String(version)} for ${mode} is trusted, by the quorum of the version before`);
    }
  }

  /** Asks the token for its name now and then, so that the room learns that it is gone before it is needed. */
  async #lookForToken({ token, recorder, now }: Acting): Promise<void> {
    if (now().getTime() - this.#tokenSeenAt < TOKEN_LOOK_MS) return;
    await this.#lookAtCertificates(recorder);
    const { model, firmwareVersion } = await token.info();
    this.#device = { model, firmware: firmwareVersion };
    this.#tokenSeenAt = now().getTime();
  }

  /** A new one may have been kept meanwhile, and time goes on. */
  async #lookAtCertificates(recorder: Recorder): Promise<void> {
    const { memory, organisation, now, verifier } = this.#parts;
    if (now().getTime() - this.#sealSeenAt < CERTIFICATE_LOOK_MS) return;
    this.#seal = await sealsUntil(memory, organisation, recorder, now(), verifier);
    this.#sealSeenAt = now().getTime();
  }

  /** The token is opened anew, as often as it takes; what was under way is looked for when it is back. */
  async #reopen(fault: unknown, opened: OpenedToken, lock: ExclusiveLock): Promise<void> {
    if (fault instanceof LeadershipLost || fault instanceof Helpless) throw fault;
    await this.#token.fault(fault);
    this.#ceremonies.noteSeam("token-gone");
    await this.#token.openAgain(opened, lock);
  }

  async #databaseGone(fault: unknown): Promise<void> {
    this.#parts.log(`waiting-for-database: ${fault instanceof Error ? fault.name : "the database does not answer"}`);
    this.#ceremonies.noteSeam("database-gone");
    await sleep(RETRY_MS);
  }

  /** Something nobody foresaw: said by its kind only, and everything verified anew before anything is done again. */
  async #trouble(fault: unknown): Promise<void> {
    const kind = fault instanceof Error ? `${fault.name}: ${fault.message}` : "an unknown fault";
    this.#parts.log(`trouble: ${kind}`);
    this.#ceremonies.beginAnew();
    const named = fault instanceof Error ? fault.name : "of no name";
    await this.#health.say("trouble", troubled(named), this.#facts());
    await sleep(TROUBLE_MS);
  }

  async #sayReady({ sealings }: Acting): Promise<void> {
    const [first] = this.#ceremonies.blocks.values();
    if (first) await this.#health.say("blocked", blocked(first), this.#facts());
    else if (this.#log.trouble !== null) await this.#health.say("blocked", this.#log.trouble, this.#facts());
    else if (sealings.underWay) await this.#health.say("busy", SEALING, this.#facts());
    else await this.#health.say("ready", readySaid(this.#parts.serial, this.#seal, this.#parts.now()), this.#facts());
  }

  #facts() {
    const { blocks, waits } = this.#ceremonies;
    const ceremonies = [...blocks].map(([id, block]) => [id, { code: block.code, ...blockSentence(block) }] as const);
    const { software, mode, memory } = this.#parts;
    return { software, ...this.#device, ...(this.#seal && { seal: this.#seal }), mode, pinned: memory.pinnedHashes(), ceremonies: Object.fromEntries(ceremonies), waiting: Object.fromEntries(waits) };
  }
}
