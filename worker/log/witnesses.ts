import { setTimeout as sleep } from "node:timers/promises";
import type { NoteVerifier } from "#lib/log/checkpoint";
import type { NoteKey } from "#lib/log/note";
import { addCheckpointBody, cosignatureIn, cosigned, type Witness } from "#lib/log/witness";
import { readAtMost } from "#lib/read-at-most";

/** A checkpoint of our own that is to be cosigned. */
export type OwnCheckpoint = {
  readonly origin: string;
  readonly size: number;
  readonly note: Uint8Array;
  readonly key: NoteKey;
  /** That the log grew to this size out of the one of `old` leaves. */
  readonly proofFrom: (old: number) => Promise<readonly Uint8Array[]>;
};

/** A witness gave no cosignature, and why; `seen`: how many leaves it has seen, where those are more than it was shown. */
export class WitnessFault extends Error {
  override readonly name = "WitnessFault";

  constructor(
    message: string,
    readonly seen: number | null = null,
  ) {
    super(message);
  }
}

/** What a witness answers when it is asked to cosign: `seen` where it has seen more leaves, else what it says. */
export type WitnessAnswer = { readonly witness: string; readonly says: string; readonly seen: number | null };

const TIMEOUT_MS = 10_000;
const MOST_REPLY = 64 * 1024;
/** The size it has seen, the newer one it saw meanwhile, and once more. */
const ATTEMPTS = 3;

/** Between two checkpoints of a busy room, and after a fault the first time. */
const PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;

type State = { isAsked: boolean; /** What it has seen, as far as is known. */ seen: number; signed: number; tries: number; again: number };

/**
 * Asks witnesses to cosign what the log has become, beside the worker's rounds: no ceremony ever waits for one. Each is asked again
 * and again, after longer and longer pauses, and always for the newest checkpoint.
 */
export class Witnesses {
  readonly #list: readonly Witness[];
  readonly #verifier: NoteVerifier;
  readonly #now: () => Date;
  readonly #say: (line: string) => void;
  readonly #states = new Map<string, State>();

  constructor(list: readonly Witness[], verifier: NoteVerifier, now: () => Date, say: (line: string) => void) {
    this.#list = list;
    this.#verifier = verifier;
    this.#now = now;
    this.#say = say;
  }

  get some(): boolean {
    return this.#list.length > 0;
  }

  /**
   * Asks whoever has not signed this checkpoint and may be asked by now; `keep` is given what comes of it. Resolves, and never
   * rejects, when those that are asked now have answered: a round does not wait for that.
   */
  async tend(checkpoint: OwnCheckpoint, keep: (witness: NoteKey, line: string) => Promise<void>): Promise<void> {
    const asked = this.#list.map(async (witness) => {
      const state = this.#state(witness, checkpoint);
      if (state.isAsked || state.signed >= checkpoint.size || this.#now().getTime() < state.again) return;
      state.isAsked = true;
      await this.#attempt(witness, checkpoint, state, keep);
      state.isAsked = false;
    });
    await Promise.all(asked);
  }

  /** The checkpoint with the cosignatures that are to be had at once; without those of witnesses that do not answer in time. */
  async cosigned(checkpoint: OwnCheckpoint): Promise<Uint8Array> {
    const lines = await Promise.all(
      this.#list.map((witness) => this.#ask(witness, checkpoint, this.#state(witness, checkpoint)).catch(() => null)),
    );
    return cosigned(checkpoint.note, lines.filter((line) => line !== null));
  }

  /** Asks each for its signature under this checkpoint, once: what it says for a person to read. */
  async answers(checkpoint: OwnCheckpoint): Promise<readonly WitnessAnswer[]> {
    const asked = this.#list.map(async (witness): Promise<WitnessAnswer> => {
      const { name } = witness.key;
      try {
        await this.#ask(witness, checkpoint, this.#state(witness, checkpoint));
        return { witness: name, says: "has seen no more than this, and cosigns it", seen: null };
      } catch (fault) {
        if (!(fault instanceof WitnessFault)) throw fault;
        return { witness: name, says: fault.message, seen: fault.seen };
      }
    });
    return Promise.all(asked);
  }

  /** What goes wrong is said once, and tried again later: that is all there is to do about a machine of somebody else. */
  async #attempt(witness: Witness, checkpoint: OwnCheckpoint, state: State, keep: (witness: NoteKey, line: string) => Promise<void>): Promise<void> {
    try {
      await keep(witness.key, await this.#ask(witness, checkpoint, state));
      state.signed = checkpoint.size;
      if (state.tries > 0) this.#say(`log: witness ${witness.key.name} signs again`);
      state.tries = 0;
      state.again = this.#now().getTime() + PAUSE_MS;
    } catch (fault) {
      if (state.tries === 0) this.#say(`log: witness ${witness.key.name}: ${fault instanceof Error ? fault.message : "an unknown fault"}`);
      state.again = this.#now().getTime() + Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** state.tries);
      state.tries += 1;
    }
  }

  async #ask(witness: Witness, checkpoint: OwnCheckpoint, state: State): Promise<string> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const old = Math.min(state.seen, checkpoint.size);
      const answer = await post(witness, addCheckpointBody(old, await checkpoint.proofFrom(old), checkpoint.note));
      if (answer.status === 409) {
        state.seen = seenIn(answer.body);
        if (state.seen > checkpoint.size) {
          const says = `has seen ${String(state.seen)} leaves of ${checkpoint.origin}, and here are ${String(checkpoint.size)}`;
          throw new WitnessFault(says, state.seen);
        }
        // Somebody else may have asked it for another size in the same moment.
        if (attempt > 0) await sleep(100 * attempt);
        continue;
      }
      if (answer.status !== 200) throw new WitnessFault(`answers ${String(answer.status)} for ${checkpoint.origin}`);
      const log = { origin: checkpoint.origin, keys: [checkpoint.key] };
      const line = await cosignatureIn(answer.body, witness.key, checkpoint.note, log, this.#verifier);
      if (line === null) throw new WitnessFault(`gave no cosignature by its key over the checkpoint of ${checkpoint.origin}`);
      state.seen = Math.max(state.seen, checkpoint.size);
      return line;
    }
    throw new WitnessFault(`does not agree on what it has seen of ${checkpoint.origin}`);
  }

  #state(witness: Witness, { origin }: OwnCheckpoint): State {
    const name = `${witness.url} ${witness.key.name} ${origin}`;
    const known = this.#states.get(name) ?? { isAsked: false, seen: 0, signed: -1, tries: 0, again: 0 };
    this.#states.set(name, known);
    return known;
  }
}

/** Content-Type text/x.tlog.size: a number and a newline. */
function seenIn(body: string): number {
  const size = /^(0|[1-9][0-9]{0,15})\n?$/.exec(body)?.[1];
  if (size === undefined) throw new WitnessFault("says it has seen another size, and not which");
  return Number(size);
}

async function post({ url }: Witness, body: string): Promise<{ readonly status: number; readonly body: string }> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const headers = { "content-type": "text/plain; charset=utf-8", "user-agent": "claviger-log" };
    const answer = await fetch(`${url}/add-checkpoint`, { method: "POST", headers, body, signal, redirect: "error" });
    const reply = await readAtMost(answer.body, MOST_REPLY);
    if (reply === null) throw new WitnessFault("answers without end");
    return { status: answer.status, body: new TextDecoder().decode(reply) };
  } catch (fault) {
    if (fault instanceof WitnessFault) throw fault;
    throw new WitnessFault(`cannot be reached (${fault instanceof Error ? fault.name : "no answer"})`);
  }
}
