/** Whose requests are counted at most; the one that asked least lately is forgotten for another. */
const MOST_CALLERS = 10_000;

/** How many requests a caller has left, at so many a minute; what was not used saves up for ten seconds. In this process alone. */
export class RequestRate {
  readonly #most: number;
  readonly #left = new Map<string, { tokens: number; at: number }>();

  constructor(most = MOST_CALLERS) {
    this.#most = most;
  }

  /** 0 when the request may be made, which counts it; else how many seconds to wait. `now` in milliseconds. */
  take(caller: string, perMinute: number, now: number): number {
    const tokens = this.#tokens(caller, perMinute, now);
    this.#left.delete(caller);
    if (this.#left.size >= this.#most) for (const oldest of this.#left.keys()) if (this.#left.size >= this.#most) this.#left.delete(oldest);
    this.#left.set(caller, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return secondsUntil(tokens, perMinute);
  }

  /** What `take` would answer, and counts nothing. */
  wait(caller: string, perMinute: number, now: number): number {
    return secondsUntil(this.#tokens(caller, perMinute, now), perMinute);
  }

  #tokens(caller: string, perMinute: number, now: number): number {
    const most = Math.max(1, perMinute / 6);
    const before = this.#left.get(caller) ?? { tokens: most, at: now };
    return Math.min(most, before.tokens + ((now - before.at) * perMinute) / 60_000);
  }
}

const secondsUntil = (tokens: number, perMinute: number): number => (tokens >= 1 ? 0 : Math.ceil(((1 - tokens) * 60) / perMinute));
