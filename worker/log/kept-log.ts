import type { Ceremony } from "#lib/ceremony/ceremony";
import { entryHash } from "#lib/ceremony/entry";
import { MODES } from "#lib/ceremony/roles";
import { treeHeadIn } from "#lib/log/checkpoint";
import { vkey } from "#lib/log/note";
import type { RecordLog } from "#lib/record/record-log";
import type { Transcript } from "#lib/record/transcript";
import { leavesOf } from "#lib/record/verify-log-proof";
import type { Acting } from "../acting";
import type { Said } from "../health";
import { signAsRecorder } from "../recorder";
import { logDiffers, logStopped, logUnknown } from "../said";
import type { CheckParts } from "./check-log";
import { LogFault, LogKeeper, LogUnknown, ownCheckpoint, type LogParts } from "./log-keeper";
import type { LogMemory } from "./log-memory";
import type { LogRowStore, LogStore } from "./log-store";
import { LogWatch } from "./log-watch";
import { CountsForged, UseCounter, type UseDayStore } from "./use-counter";
import type { OwnCheckpoint, Witnesses } from "./witnesses";

/**
 * The transparency log a worker keeps, by its origin, with its rows, the uses of keys that are counted into it, what is remembered
 * of it, and who is asked to cosign it.
 */
export type KeepsLog = {
  readonly origin: string;
  readonly store: LogStore & LogRowStore;
  readonly uses: UseDayStore;
  readonly memory: LogMemory;
  readonly witnesses: Witnesses;
};

type Hands = Pick<Acting, "recorder" | "token" | "verifier">;

/**
 * The log as the worker's rounds see it: taken further when something waits, asked for proofs, and left alone once it is not the one
 * this worker signed. It never keeps a ceremony from going on.
 */
export class KeptLog {
  readonly #keeps: KeepsLog | null;
  readonly #say: (line: string) => void;
  readonly #passesOn: (fault: unknown) => boolean;
  readonly #watch: LogWatch | null;
  readonly #counter: UseCounter | null;
  #keeper: LogKeeper | null = null;
  #trouble: Said | null = null;
  #uses: Said | null = null;

  /** `records`: what this worker sealed, and what is kept of it. `passesOn` tells the faults of token and database, which are thrown on. */
  constructor(
    keeps: KeepsLog | null,
    records: Pick<CheckParts, "sealed" | "record" | "isGone">,
    passesOn: (fault: unknown) => boolean,
    now: () => Date,
    say: (line: string) => void,
  ) {
    this.#keeps = keeps;
    this.#say = say;
    this.#passesOn = passesOn;
    this.#watch = keeps && new LogWatch({ store: keeps.store, memory: keeps.memory, ...records }, keeps.origin, now);
    this.#counter = keeps && new UseCounter(keeps.uses, now);
  }

  /** Why nothing more is put into the log, or what is kept and is not what the log says; null while all is well. */
  get trouble(): Said | null {
    const [first] = this.#watch?.differences ?? [];
    return this.#trouble ?? this.#uses ?? (first ? logDiffers(`${first.what}: ${first.how}`, this.#watch?.count ?? 1) : null);
  }

  /** Compares a few more of the rows that were logged with their leaves, until there is something else to do. */
  async check(isAwaited: () => boolean): Promise<void> {
    const before = this.#watch?.differences.length ?? 0;
    await this.#watch?.look(isAwaited);
    for (const { what, how } of this.#watch?.differences.slice(before) ?? []) this.#say(`log: ${what}: ${how}`);
  }

  /** Another worker may have led: what the log has become is looked at anew. */
  lookAnew(): void {
    this.#keeper = null;
  }

  /** Counts uses of keys of days that are over, takes into the log what waits for it, and has witnesses asked about what it is then. */
  async keep(hands: Hands): Promise<void> {
    await this.#count(hands);
    await this.#with(hands, async (keeper, parts) => {
      await keeper.keep(parts);
      if (parts.witnesses.some) for (const mode of MODES) this.#tend(parts, await keeper.newest(parts, mode));
    });
  }

  /** What cannot be counted is said, and keeps nothing else out of the log. */
  async #count(hands: Hands): Promise<void> {
    try {
      const day = await this.#counter?.look(hands);
      if (typeof day === "string") this.#say(`log: the uses of keys on ${day} are counted`);
      this.#uses = null;
    } catch (fault) {
      if (this.#passesOn(fault)) throw fault;
      const why = fault instanceof CountsForged ? forged(fault) : "the uses of keys cannot be counted";
      if (this.#uses === null) this.#say(`log: ${why}${fault instanceof Error ? ` (${fault.name})` : ""}`);
      this.#uses = logDiffers(why, 1);
    }
  }

  #tend({ store, witnesses }: Kept, checkpoint: OwnCheckpoint | null): void {
    if (!checkpoint) return;
    const { origin, size } = checkpoint;
    void witnesses.tend(checkpoint, (witness, line) => store.keepCosignature({ origin, size, witness: vkey(witness), line }));
  }

  /** The proof that all entries of a closed ceremony are in the log, with what still waited taken in first. */
  async proofOf(hands: Hands, { id, mode }: Ceremony, { entries }: Transcript): Promise<RecordLog> {
    if (!this.#keeps) return "none";
    const leaves = leavesOf({ ceremony: id, hashes: entries.map(entryHash) });
    const proof = await this.#with(hands, async (keeper, parts) => {
      await keeper.keep(parts);
      return keeper.prove(parts, mode, leaves);
    });
    return proof ?? "behind";
  }

  /** A proof with the cosignatures of witnesses that answer at once under its checkpoint. */
  async cosigned(hands: Hands, log: RecordLog): Promise<RecordLog> {
    if (!this.#keeps?.witnesses.some || typeof log === "string") return log;
    const head = treeHeadIn(log.checkpoint);
    if (!head) throw new Error("a proof leads to a checkpoint");
    const checkpoint = ownCheckpoint(partsOf(this.#keeps, hands), log.checkpoint, head);
    return { ...log, checkpoint: await this.#keeps.witnesses.cosigned(checkpoint) };
  }

  async #with<T>(hands: Hands, work: (keeper: LogKeeper, parts: Kept) => Promise<T>): Promise<T | null> {
    if (!this.#keeps) return null;
    this.#keeper ??= new LogKeeper(this.#keeps.origin);
    try {
      const done = await work(this.#keeper, partsOf(this.#keeps, hands));
      this.#trouble = null;
      return done;
    } catch (fault) {
      if (this.#passesOn(fault)) throw fault;
      const trouble = troubleOf(fault);
      if (this.#trouble?.sentence !== trouble.sentence) this.#say(`log: ${fault instanceof Error ? `${fault.name}: ${fault.message}` : "an unknown fault"}`);
      this.#trouble = trouble;
      return null;
    }
  }
}

/**
 * What is kept can be such that it cannot be read: that is the log's trouble, and no ceremony waits for it. What a fault says may hold
 * anything, and is for the worker's own log.
 */
function troubleOf(fault: unknown): Said {
  if (fault instanceof LogUnknown) return logUnknown(fault.origin);
  if (fault instanceof LogFault) return logStopped(fault.message);
  return logStopped(`what waits for it cannot be read (${fault instanceof Error ? fault.name : "an unknown fault"})`);
}

type Kept = LogParts & Pick<KeepsLog, "witnesses">;

const partsOf = (keeps: KeepsLog, { recorder, token, verifier }: Hands): Kept => ({
  ...keeps,
  verifier,
  recorderSpki: recorder.spki,
  sign: (bytes) => signAsRecorder(token, bytes),
});

const forged = ({ day, how }: CountsForged): string =>
  how === "not-sealed" ? `the counts of ${day} were not sealed by this recorder` : `the counts of ${day} were taken away after they were made`;
