import type { Ceremony } from "#lib/ceremony/ceremony";
import { entryHash } from "#lib/ceremony/entry";
import type { RecordLog } from "#lib/record/record-log";
import type { Transcript } from "#lib/record/transcript";
import { leavesOf } from "#lib/record/verify-log-proof";
import type { Acting } from "../acting";
import { signAsRecorder } from "../recorder";
import { LogFault, LogKeeper, type LogParts } from "./log-keeper";
import type { LogMemory } from "./log-memory";
import type { LogStore } from "./log-store";

/** The transparency log a worker keeps, by its origin, with its rows and what is remembered of it. */
export type KeepsLog = { readonly origin: string; readonly store: LogStore; readonly memory: LogMemory };

type Hands = Pick<Acting, "recorder" | "token" | "verifier">;

/**
 * The log as the worker's rounds see it: taken further when something waits, asked for proofs, and left alone once it is not the one
 * this worker signed. It never keeps a ceremony from going on.
 */
export class KeptLog {
  readonly #keeps: KeepsLog | null;
  readonly #say: (line: string) => void;
  #keeper: LogKeeper | null = null;
  #trouble: string | null = null;

  constructor(keeps: KeepsLog | null, say: (line: string) => void) {
    this.#keeps = keeps;
    this.#say = say;
  }

  /** Why nothing more is put into the log, or null. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Another worker may have led: what the log has become is looked at anew. */
  lookAnew(): void {
    this.#keeper = null;
  }

  /** Takes into the log what waits for it. */
  async keep(hands: Hands): Promise<void> {
    await this.#with(hands, (keeper, parts) => keeper.keep(parts));
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

  async #with<T>(hands: Hands, work: (keeper: LogKeeper, parts: LogParts) => Promise<T>): Promise<T | null> {
    if (!this.#keeps) return null;
    const { recorder, token, verifier } = hands;
    this.#keeper ??= new LogKeeper(this.#keeps.origin);
    const sign = (bytes: Uint8Array) => signAsRecorder(token, bytes);
    try {
      const done = await work(this.#keeper, { ...this.#keeps, verifier, recorderSpki: recorder.spki, sign });
      this.#trouble = null;
      return done;
    } catch (fault) {
      if (!(fault instanceof LogFault)) throw fault;
      if (this.#trouble !== fault.message) this.#say(`log: ${fault.message}`);
      this.#trouble = fault.message;
      return null;
    }
  }
}
