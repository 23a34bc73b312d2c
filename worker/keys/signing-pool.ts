import { setTimeout as sleep } from "node:timers/promises";
import { PinRefused, TokenFault, TokenGone } from "#lib/token/fault";
import { CK } from "../token/pkcs11-constants";
import { ChildLink, type Environment } from "../token/child-link";
import { fromMessage, type StartConfig } from "../token/protocol";
import { pack, unpack } from "./packed";
import { FairQueue } from "./fair-queue";
import type { Answer, Work } from "./signing-protocol";
import { WorkTime, type Timed } from "./work-time";

export interface PoolOptions {
  readonly processes: number;
  readonly config: StartConfig;
  readonly environment: Environment;
  /** How much of one caller's, and of all, may wait. */
  readonly mostOfOne: number;
  readonly mostOfAll: number;
  readonly say: (line: string) => void;
  /** No login before `tryPinAgain`: the PIN was refused before this process began. */
  readonly pinWasRefused?: boolean;
  /** What tells one PIN from the next, asked before each login; and whom to tell of a refusal of that one. */
  readonly pin: { readonly mark: () => string; readonly refused: (mark: string) => void };
  /** How long a child may take for one message before it counts as hung. */
  readonly callLimitMs?: number;
  /** What each child runs. */
  readonly program?: URL;
}

export interface PoolHealth {
  readonly processes: number;
  readonly ready: number;
  readonly waiting: number;
  /** What the token answered last in place of what it was asked, by its name in PKCS#11; null once it has done anything since. */
  readonly fault: string | null;
  /** No login is tried again before `tryPinAgain`; what is logged in goes on. */
  readonly pinRefused: boolean;
}

/** There was no room, or no time: nothing was signed that anybody saw. */
export class PoolBusy extends Error {
  override readonly name = "PoolBusy";
  constructor(readonly why: "QUEUE-FULL" | "DEADLINE-PASSED") {
    super(why);
  }
}

interface Item extends Timed {
  readonly who: string;
  readonly work: Work;
  readonly done: (bytes: Uint8Array) => void;
  readonly failed: (fault: Error) => void;
  /** Asked before each try but the first. */
  readonly mayTryAgain: () => boolean;
  attempts: number;
}

interface Place {
  link: ChildLink | null;
  messages: number;
  doneAt: number;
  isProbed: boolean;
}

interface Standstill {
  readonly over: Promise<void>;
  readonly end: () => void;
}

function standstill(): Standstill {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  return { over, end };
}

const CALL_LIMIT_MS = 20_000;
const START_LIMIT_MS = 30_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
const SWEEP_MS = 20;
/** A token with a fault is asked so often whether it is over, so that it is known also where nobody asks for anything. */
const PROBE_MS = 1_000;
const PROBE: Work = { what: "random", length: 1 };
/** A second message lies ready when the first is done. */
const MESSAGES_OF_ONE = 2;
const MOST_ATTEMPTS = 6;

/** After these the same may work a moment later (PKCS#11 2.40, section 11.1): nothing of the caller's is wrong. */
const PASSING: readonly number[] = [
  CK.CKR_GENERAL_ERROR,
  CK.CKR_FUNCTION_FAILED,
  CK.CKR_DEVICE_ERROR,
  CK.CKR_DEVICE_MEMORY,
  CK.CKR_HOST_MEMORY,
  CK.CKR_OPERATION_ACTIVE,
  CK.CKR_KEY_HANDLE_INVALID,
  CK.CKR_OBJECT_HANDLE_INVALID,
];

/** Whether the same may be answered by another try, or a moment later. */
export const isPassing = ({ gone, ckr, ckrName }: TokenFault): boolean =>
  gone || ckrName === "SIGNATURE-DOES-NOT-VERIFY" || (ckr !== null && PASSING.includes(ckr));

/**
 * Signing children, each with one session, and the queue before them. Whoever asks takes turns; what waits too long is refused; a
 * child that is lost is replaced, and its works are done by another: a signature that nobody saw may be made again.
 */
export class SigningPool {
  readonly #options: PoolOptions;
  readonly #queue: FairQueue<Item>;
  readonly #places: Place[];
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #kept: Promise<void>[];
  readonly #stop = new AbortController();
  #starting: Promise<unknown> = Promise.resolve();
  readonly #sent = new Set<Item>();
  readonly #callLimitMs: number;
  readonly #time = new WorkTime();
  #fault: string | null = null;
  /** Set while the PIN is refused: what lets the logins go on. */
  #pinRefused: Standstill | null;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#pinRefused = options.pinWasRefused === true ? standstill() : null;
    this.#callLimitMs = options.callLimitMs ?? CALL_LIMIT_MS;
    this.#queue = new FairQueue(options.mostOfOne, options.mostOfAll);
    this.#places = Array.from({ length: options.processes }, () => ({ link: null, messages: 0, doneAt: 0, isProbed: false }));
    this.#timers = [setInterval(() => this.#sweep(), SWEEP_MS), setInterval(() => this.#probe(), PROBE_MS)];
    this.#kept = this.#places.map((place) => this.#keep(place));
  }

  /**
   * The bytes, within so many milliseconds. Rejects with `PoolBusy`, or with the `TokenFault` that another try did not mend. A work that
   * is lost is tried again, where `mayTryAgain` allows it.
   */
  perform(who: string, work: Work, withinMs: number, mayTryAgain = () => true): Promise<Uint8Array> {
    return new Promise((done, failed) => {
      this.#enqueue({ who, work, deadline: performance.now() + withinMs, withinMs, done, failed, mayTryAgain, attempts: 0 });
    });
  }

  get health(): PoolHealth {
    const ready = this.#places.filter(({ link }) => link !== null).length;
    return { processes: this.#places.length, ready, waiting: this.#queue.size, fault: this.#fault, pinRefused: this.#pinRefused !== null };
  }

  /** After a person has put the PIN right: one more login, and when that is refused none again. */
  tryPinAgain(): void {
    this.#pinRefused?.end();
    this.#pinRefused = null;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.tryPinAgain();
    for (const { link } of this.#places) link?.kill();
    await Promise.all(this.#kept);
    for (const timer of this.#timers) clearInterval(timer);
    for (const item of this.#queue.expired(Infinity)) item.failed(new PoolBusy("DEADLINE-PASSED"));
  }

  #enqueue(item: Item): void {
    if (this.#stop.signal.aborted || item.deadline <= performance.now()) {
      item.failed(new PoolBusy("DEADLINE-PASSED"));
      return;
    }
    this.#queue.push(item.who, item)?.failed(new PoolBusy("QUEUE-FULL"));
    this.#dispatch();
  }

  /** Nobody waits beyond the time given, wherever the work is: also in a child that hangs. */
  #sweep(): void {
    const now = performance.now();
    for (const late of this.#queue.expired(now)) late.failed(new PoolBusy("DEADLINE-PASSED"));
    for (const item of this.#sent) {
      if (item.deadline > now) continue;
      this.#sent.delete(item);
      item.failed(new PoolBusy("DEADLINE-PASSED"));
    }
  }

  /** Children that nobody asks for anything are asked for a byte: one that hangs is ended, and a fault that is over is known to be. */
  #probe(): void {
    for (const place of this.#places) {
      const { link } = place;
      if (link === null || place.messages > 0 || place.isProbed) continue;
      place.isProbed = true;
      link
        .call("perform", [pack([PROBE])], this.#callLimitMs)
        .then(unpack)
        .then(
          (answers) => {
            const [answer] = answers as Answer[];
            if (answer && "bytes" in answer) this.#fault = null;
            else if (answer) this.#fault = answer.fault.ckrName;
          },
          () => undefined,
        )
        .finally(() => (place.isProbed = false));
    }
  }

  #dispatch(): void {
    for (let round = 0; round < MESSAGES_OF_ONE; round += 1) {
      for (const place of this.#places) {
        if (this.#queue.size === 0) return;
        if (place.link === null || place.messages > round) continue;
        const ready = this.#places.filter(({ link }) => link !== null).length;
        const share = Math.ceil(this.#queue.size / ready);
        const most = this.#time.inMessage(share);
        const items = this.#take(Math.min(most, share), most * (place.messages + 1));
        if (items.length > 0) this.#send(place, place.link, items);
      }
    }
  }

  /**
   * The next ones. What would not be done in time behind so many works is refused at once, not begun: else a crowd is answered late, one
   * after the other, and nobody in time.
   */
  #take(most: number, works: number): Item[] {
    return this.#queue.take(most, this.#time.isLate(works, performance.now()), (item) => item.failed(new PoolBusy("DEADLINE-PASSED")));
  }

  #send(place: Place, link: ChildLink, items: readonly Item[]): void {
    const sentAt = performance.now();
    place.messages += 1;
    for (const item of items) this.#sent.add(item);
    link
      .call("perform", [pack(items.map(({ work }) => work))], this.#callLimitMs)
      .then(unpack)
      .then(
        (answers) => {
          const now = performance.now();
          this.#time.took(items, now - Math.max(sentAt, place.doneAt));
          place.doneAt = now;
          place.messages -= 1;
          items.forEach((item, i) => this.#settle(link, item, (answers as Answer[])[i]));
          this.#dispatch();
        },
        (fault: unknown) => {
          place.messages -= 1;
          for (const item of items) this.#again(item, fault instanceof TokenFault ? fault : new TokenGone("perform", "UNEXPECTED"));
        },
      );
  }

  #settle(link: ChildLink, item: Item, answer: Answer | undefined): void {
    this.#sent.delete(item);
    if (answer && "bytes" in answer) {
      this.#fault = null;
      item.done(answer.bytes);
      return;
    }
    const fault = answer ? fromMessage(answer.fault) : new TokenGone("perform", "NO-ANSWER");
    const isWrong = fault.ckrName === "SIGNATURE-DOES-NOT-VERIFY";
    // The process goes, and with it whatever was wrong in it; the next one has to prove the key anew. No request ends more than one.
    if (isWrong && item.attempts === 0) link.kill("SIGNED-WRONGLY");
    if (isWrong && item.attempts > 0) item.failed(fault);
    else this.#again(item, fault);
  }

  #again(item: Item, fault: TokenFault): void {
    this.#sent.delete(item);
    item.attempts += 1;
    if (isPassing(fault)) this.#fault = fault.ckrName;
    if (!isPassing(fault) || item.attempts >= MOST_ATTEMPTS || this.#stop.signal.aborted || !item.mayTryAgain()) {
      item.failed(fault);
      return;
    }
    setTimeout(() => this.#enqueue(item), fault.gone ? 0 : 10 * 2 ** item.attempts);
  }

  /** Keeps one place filled, until the pool is closed; while the PIN is refused, it waits for a person. */
  async #keep(place: Place): Promise<void> {
    let wait = FIRST_WAIT_MS;
    for (;;) {
      const began = performance.now();
      const why = await this.#serve(place);
      await this.#pinRefused?.over;
      if (this.#stop.signal.aborted) return;
      this.#options.say(`a signing process ended: ${why}`);
      wait = performance.now() - began > LONGEST_WAIT_MS ? FIRST_WAIT_MS : Math.min(2 * wait, LONGEST_WAIT_MS);
      await sleep(wait, undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** One child from its start to its end, and why it ended. Starts take turns: a login rewrites SoftHSM's token under the others' eyes. */
  async #serve(place: Place): Promise<string> {
    const { config, environment, pin } = this.#options;
    let why = "unknown";
    const turn = this.#starting.then(async () => {
      if (this.#stop.signal.aborted || this.#pinRefused !== null) return null;
      const mark = pin.mark();
      const program = this.#options.program ?? new URL("./signing-child.ts", import.meta.url);
      const onEnd = (said: string) => {
        why = said;
        place.link = null;
      };
      const link = new ChildLink(config, environment, { onWaiting: () => undefined, onEnd }, program);
      const late = setTimeout(() => link.kill("NOT-STARTED-IN-TIME"), START_LIMIT_MS);
      try {
        await link.ready;
        return link;
      } catch (fault) {
        const cause = fault instanceof Error ? fault.cause : fault;
        if (cause instanceof PinRefused) {
          this.#pinRefused = standstill();
          pin.refused(mark);
        }
        why = cause instanceof TokenFault ? cause.ckrName : "NOT-STARTED";
        link.kill();
        await link.ended;
        return null;
      } finally {
        clearTimeout(late);
      }
    });
    this.#starting = turn;
    const link = await turn;
    if (!link) return why;
    if (this.#stop.signal.aborted) link.kill();
    place.messages = 0;
    place.link = link;
    this.#dispatch();
    await link.ended;
    return why;
  }
}
