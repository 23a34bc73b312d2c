import { MOST_WORKS } from "./signing-protocol";

/** One message takes about so long: many short works, one long one. Nobody waits for a message of long ones. */
const MESSAGE_MS = 8;
/**
 * Where much waits, it takes longer, up to so long: each message costs the processes on both its ends half a millisecond, whatever
 * is in it, and who waits long does not notice. Two of them are the most that anybody new waits behind.
 */
const LONG_MESSAGE_MS = 24;
/** A long message takes no more than this part of what waits. */
const PART = 1 / 4;
/** What a work took until now is a mean. */
const SLACK = 1.5;
/** How much one call weighs in it. */
const WEIGHT = 0.1;

/** What is asked of a work that waits. Times are milliseconds, as `performance.now` counts. */
export interface Timed {
  readonly deadline: number;
  /** How long it may take in all. */
  readonly withinMs: number;
  /** How often it was begun and lost. */
  readonly attempts: number;
}

/** How long works of the token take, as a mean, and what would be too late for that reason. */
export class WorkTime {
  #meanMs = 1;

  /** How many make up one message, when so many wait for the one it goes to. */
  inMessage(waiting: number): number {
    const few = MESSAGE_MS / this.#meanMs;
    const many = Math.min(LONG_MESSAGE_MS / this.#meanMs, waiting * PART);
    return Math.max(1, Math.min(MOST_WORKS, Math.floor(Math.max(few, many))));
  }

  /**
   * So many works took so long together. One counts as a quarter of the time that the most hurried of them had, however long it took: a
   * call that was slow once calls nobody late after it.
   */
  took(works: readonly Timed[], milliseconds: number): void {
    const most = Math.min(...works.map(({ withinMs }) => withinMs)) / 4;
    this.#meanMs = (1 - WEIGHT) * this.#meanMs + WEIGHT * Math.min(milliseconds / works.length, most);
  }

  /**
   * What would not be done in time behind so many works. Nothing is late in the first half of its time, however slow the token was said to
   * be; and what was begun and lost is late only when its time is over: whoever was let in waits for as long as was said.
   */
  isLate(behind: number, now: number): (item: Timed) => boolean {
    const needed = SLACK * behind * this.#meanMs;
    return ({ attempts, deadline, withinMs }) => deadline - now < (attempts === 0 ? Math.min(needed, withinMs / 2) : 0);
  }
}
