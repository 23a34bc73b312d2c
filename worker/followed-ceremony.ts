import { currentStep, type Ceremony, type StepOpening } from "#lib/ceremony/ceremony";
import { readEntry, type Entry } from "#lib/ceremony/entry";
import { CLOCK_TOLERANCE_MS, isAhead } from "#lib/ceremony/signing-time";
import type { InvariantName, Refusal } from "#lib/ceremony/refusal";
import { take } from "#lib/ceremony/replay";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { CanonicalFault, type Json } from "#lib/log/canonical";
import { commit, commitmentsIn, type Opening } from "#lib/log/commitment";
import { base64url, fromBase64url, sameBytes, sha256Hex } from "#lib/log/digest";
import { book } from "#lib/operations/book";
import { ok, refuse, type Result } from "#lib/result";
import type { WorkerMemory } from "./memory";
import type { KeptEntry, WorkerStore } from "./store-port";

/** What the worker alone can see is wrong: the rest of the names are the rule book's. */
export const WORKER_BLOCKS = [
  /** The transcript is not an extension of the one this worker verified before: entries were changed or taken away. */
  "TRANSCRIPT-ROLLBACK",
  /** This worker's recorder is attached, and the worker remembers nothing of it: its folder is new, or was lost. */
  "TRANSCRIPT-UNKNOWN",
  /** An entry is dated ahead of the worker's own clock. */
  "CLOCK-AHEAD",
  /** The open step was opened by an entry that this worker saw dated ahead of its own clock. */
  "OPENING-AHEAD",
  /** An entry claims a time at which this worker looked and did not find it. */
  "CLOCK-BEHIND",
  /** The roster was neither trusted at this worker's console nor endorsed by the quorum of one that was. */
  "ROSTER-PINNED",
  /** A newer roster of the mode was trusted before this ceremony got its recorder. */
  "ROSTER-NEWEST",
  /** The worker does not take part in ceremonies of this mode. */
  "MODE-ACCEPTED",
  /** The recorder that attached itself is not this worker. */
  "RECORDER-MINE",
  /** The script works on a token that the worker's list of other tokens does not have. */
  "OTHER-TOKEN-LISTED",
  /** Another token is not there, does not answer, or is held by another process. */
  "OTHER-TOKEN-THERE",
  /** Under another token's name stands another device than the one announced. */
  "OTHER-TOKEN-SERIAL",
  /** Another token has no PIN here, or refused it. */
  "OTHER-TOKEN-PIN",
  /** The script asks something of another token that its module cannot do. */
  "OTHER-TOKEN-UNABLE",
  /** The record in the database is not the one this worker sealed. */
  "RECORD-MINE",
  /** The record could not be drawn or sealed. */
  "RECORD-SEALED",
  /** The transparency log does not have every entry yet, and the record waits a moment for it. */
  "LOG-COMPLETE",
  /** No time stamp can be had for the record, and the configuration asks for one. */
  "TIME-STAMPED",
] as const;

/** Why the worker does nothing more for a ceremony until a person has looked. */
export interface Block {
  readonly code: (typeof WORKER_BLOCKS)[number] | InvariantName;
  readonly facts: Refusal["facts"];
}

interface Sources {
  readonly store: WorkerStore;
  readonly memory: WorkerMemory;
  readonly verifier: SignatureVerifier;
  readonly now: () => Date;
}

/**
 * One ceremony as this worker has verified it, entry by entry, from the first. What was verified is kept, so that a row changed
 * later in the database is noticed: the database is asked for entries, never for a state.
 */
export class FollowedCeremony {
  readonly id: string;
  readonly #sources: Sources;
  #entries: KeptEntry[] = [];
  #ceremony: Ceremony | null = null;
  #remembered = false;
  /** When this run of the worker last looked and had seen all there was. */
  #lookedAt: number | null = null;
  /** How many entries there were then, where they have to be verified again. */
  #seen = 0;

  constructor(id: string, sources: Sources) {
    this.id = id;
    this.#sources = sources;
  }

  /** The same with nothing verified yet. What had been seen when it was last looked at is not forgotten: all else is newer. */
  afresh(): FollowedCeremony {
    const other = new FollowedCeremony(this.id, this.#sources);
    other.#lookedAt = this.#lookedAt;
    other.#seen = Math.max(this.#seen, this.#entries.length);
    return other;
  }

  /** The state after the last verified entry; null before the first. */
  get ceremony(): Ceremony | null {
    return this.#ceremony;
  }

  /**
   * The verified entries for the record, and of the openings beside them those that open something: nobody signs for what the
   * database keeps there, and one text that nobody committed to would spoil the record for good.
   */
  transcript(): { entries: Entry[]; openings: Opening[] } {
    const entries = this.#entries.map(({ bytes }) => {
      const read = readEntry(bytes);
      if (!read.ok) throw new Error("a verified entry cannot be read again");
      return read.value.entry;
    });
    const committed = new Set(commitmentsIn(entries as unknown as Json).map(({ commitment }) => commitment.committed));
    return { entries, openings: this.#entries.flatMap(({ openings }) => openings.filter((opening) => opens(opening, committed))) };
  }

  /** The canonical bytes of a verified entry. */
  bytesOf(seq: number): Uint8Array {
    const entry = this.#entries[seq];
    if (!entry) throw new Error(`entry ${String(seq)} was not verified here`);
    return entry.bytes;
  }

  /** Whether anybody pressed stop after that entry: a resume does not bring back what was agreed to before. */
  wasStoppedSince(seq: number): boolean {
    return this.transcript().entries.some((entry) => entry.seq > seq && entry.kind === "ceremony-stopped");
  }

  /** Reads what is new and verifies it. */
  catchUp(): Promise<Result<Ceremony, Block>> {
    return this.#read(this.#entries.length);
  }

  /**
   * Reads the whole transcript again and compares every byte of it with what was verified before. Done before each operation:
   * the last thing known about the ceremony, its stop switch too, is then true now.
   */
  readAgain(): Promise<Result<Ceremony, Block>> {
    return this.#read(0);
  }

  async #read(from: number): Promise<Result<Ceremony, Block>> {
    const lookedAt = this.#sources.now().getTime();
    const found = await this.#sources.store.entries(this.id, from);
    const known = this.#entries.slice(from);
    const rollback = (seq: number) => refuse<Block>({ code: "TRANSCRIPT-ROLLBACK", facts: { seq } });
    for (const [i, entry] of known.entries()) {
      const again = found[i];
      if (!again || !sameBytes(again.bytes, entry.bytes)) return rollback(entry.seq);
    }
    for (const [i, entry] of found.slice(known.length).entries()) {
      const verified = await this.#verify(entry);
      if (verified.ok) continue;
      if (verified.refusal.code === "CLOCK-AHEAD") this.#noteAhead(found.slice(known.length + i));
      return verified;
    }
    const ceremony = this.#ceremony;
    if (!ceremony) return refuse({ code: "OPENED-FIRST", facts: {} });
    this.#lookedAt = lookedAt;
    if (this.#isForgotten(ceremony)) return refuse({ code: "TRANSCRIPT-UNKNOWN", facts: { ceremony: this.id, seq: ceremony.head.seq } });
    if (!this.#remember(ceremony)) return rollback(this.#sources.memory.head(this.id)?.seq ?? 0);
    const ahead = this.#openedAhead(ceremony);
    return ahead ? refuse({ code: "OPENING-AHEAD", facts: { seq: ahead.seq, at: ahead.at } }) : ok(ceremony);
  }

  /** Openings that nobody may ever act on: when their time has come, what was written after them may have been taken away again. */
  #noteAhead(entries: readonly KeptEntry[]): void {
    const { memory, now } = this.#sources;
    const openings = entries.flatMap(({ bytes }) => {
      const read = readEntry(bytes);
      return read.ok && read.value.entry.kind === "step-opened" && isAhead(read.value.entry.at, now().getTime()) ? [read.value.hash] : [];
    });
    memory.sawAhead(this.id, openings);
  }

  /** The opening of the step that is open, if this worker or an earlier run of it saw it ahead of its clock, and nothing has begun under it. */
  #openedAhead(ceremony: Ceremony): StepOpening | null {
    const current = currentStep(ceremony);
    if (ceremony.phase !== "running" || current?.status !== "open" || current.started || !current.opening) return null;
    return this.#sources.memory.wasAhead(this.id, current.opening.hash) ? current.opening : null;
  }

  async #verify(entry: KeptEntry): Promise<Result<Ceremony, Block>> {
    const { verifier, now } = this.#sources;
    const next = await take(verifier, book, this.#ceremony, entry.bytes);
    if (!next.ok) return refuse({ code: next.refusal.invariant, facts: { ...next.refusal.facts, seq: entry.seq } });
    const { at } = next.value.head;
    if (isAhead(at, now().getTime())) return refuse({ code: "CLOCK-AHEAD", facts: { seq: entry.seq, at } });
    const isNew = this.#entries.length >= this.#seen;
    if (isNew && this.#lookedAt !== null && Date.parse(at) < this.#lookedAt - CLOCK_TOLERANCE_MS) {
      return refuse({ code: "CLOCK-BEHIND", facts: { seq: entry.seq, at, looked: new Date(this.#lookedAt).toISOString() } });
    }
    this.#ceremony = next.value;
    this.#entries.push({ ...entry, hash: sha256Hex(entry.bytes) });
    return next;
  }

  /**
   * Whether this worker's own recorder took part here without this worker remembering it. Somebody may have cut the transcript off: what
   * is there is taken for all there was only once a person has said so at the console. Nothing is done any more in a closed one.
   */
  #isForgotten({ recorder, phase }: Ceremony): boolean {
    const { memory } = this.#sources;
    if (!recorder || phase === "closed" || memory.head(this.id)) return false;
    const own = memory.certificate("trust-anchor");
    if (own === null || recorder.recorder.certificate !== base64url(own)) return false;
    // Another's key under this worker's certificate is another's: what a person said of the transcript would not make it this one's.
    return Buffer.from(own).includes(Buffer.from(fromBase64url(recorder.recorder.spki)));
  }

  /** Compares with what an earlier run of this worker saw, once, and writes down what this one has seen. */
  #remember({ head }: Ceremony): boolean {
    const { memory } = this.#sources;
    const before = memory.head(this.id);
    if (!this.#remembered && before && this.#entries[before.seq]?.hash !== before.hash) return false;
    this.#remembered = true;
    // Two workers of one host may keep their memory in one folder: the one that lags behind takes nothing back.
    if (!before || before.seq < head.seq) memory.sawHead(this.id, { seq: head.seq, hash: head.hash, closed: false, record: null });
    return true;
  }
}

/** A text that has no canonical form opens nothing. */
function opens(opening: Opening, committed: ReadonlySet<string>): boolean {
  try {
    return committed.has(commit(opening).committed);
  } catch (fault) {
    if (fault instanceof CanonicalFault) return false;
    throw fault;
  }
}
