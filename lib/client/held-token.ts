/** An access token as it was given. */
export interface GivenToken {
  readonly text: string;
  readonly seconds: number;
}

/** After a renewal that failed, while the token is still good. */
const PAUSE_MS = 5_000;
/** The last part of its life, in which a token is renewed while it is still used. */
const RENEWED_IN_LAST = 0.2;

/**
 * The access token of all callers. One request for it is under way at a time, whoever waits; it is renewed before its end, and a
 * renewal that fails is nobody's trouble while the old one is good.
 */
export class HeldToken {
  readonly #ask: () => Promise<GivenToken>;
  readonly #now: () => number;
  #held: { readonly text: string; readonly renewAt: number; readonly endAt: number } | null = null;
  #coming: Promise<string> | null = null;
  #notBefore = 0;

  /** `now` counts milliseconds and never goes back. */
  constructor(ask: () => Promise<GivenToken>, now: () => number = () => performance.now()) {
    this.#ask = ask;
    this.#now = now;
  }

  /** A token that is good now. Throws what the request for it threw, when there is none. */
  get(): Promise<string> {
    const [held, now] = [this.#held, this.#now()];
    if (!held || now >= held.endAt) return this.#renew();
    if (now >= held.renewAt && now >= this.#notBefore) this.#renew().catch(() => (this.#notBefore = this.#now() + PAUSE_MS));
    return Promise.resolve(held.text);
  }

  /** Forgets a token that was refused; another that came meanwhile is kept. */
  drop(text: string): void {
    if (this.#held?.text === text) this.#held = null;
  }

  #renew(): Promise<string> {
    this.#coming ??= this.#asked().finally(() => (this.#coming = null));
    return this.#coming;
  }

  async #asked(): Promise<string> {
    const began = this.#now();
    const { text, seconds } = await this.#ask();
    this.#held = { text, renewAt: began + seconds * 1_000 * (1 - RENEWED_IN_LAST), endAt: began + seconds * 1_000 };
    return text;
  }
}
