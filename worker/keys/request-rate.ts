/** How many requests an account has left, at so many a minute; what it did not use saves up for ten seconds. */
export class RequestRate {
  readonly #left = new Map<string, { tokens: number; at: number }>();

  /** 0 when the request may be made, which counts it; else how many seconds to wait. `now` in milliseconds. */
  take(account: string, perMinute: number, now: number): number {
    const perMs = perMinute / 60_000;
    const most = Math.max(1, perMinute / 6);
    const before = this.#left.get(account) ?? { tokens: most, at: now };
    const tokens = Math.min(most, before.tokens + (now - before.at) * perMs);
    this.#left.set(account, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perMs / 1_000);
  }
}
