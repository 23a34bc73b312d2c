/** One key has made as many encryptions as it may: another key is needed. */
export class EncryptionsUsedUp extends Error {
  override readonly name = "EncryptionsUsedUp";
}

/** Shares that were given before are given again: the database is not what it was. Nothing is encrypted before a person has looked. */
export class SharesWithheld extends Error {
  override readonly name = "SharesWithheld";
}

export interface EncryptionSharesParts {
  /** Takes the next share of a key for this process, for good: its number, or null where there is none left. Throws while the database is gone. */
  readonly take: (key: string) => Promise<number | null>;
  /** The highest number that this process was ever given, by key, on its own disk. */
  readonly remembered: { readonly get: (key: string) => number; readonly put: (key: string, number: number) => void };
  readonly say: (line: string) => void;
}

/** Encryptions in one share. With `MOST_SHARES` of them, less than 2^32. */
export const SHARE = 65_536;
/** One share of 65,536 is never given: what ceremonies encrypt by the key, to try it, is not counted here. */
export const MOST_SHARES = 65_535;
/** From here on half of them are used up (2^31). */
const HALF = 32_768;

/**
 * How often a key may still encrypt by AES-GCM. With random ivs of 96 bits no key may be used more than 2^32 times, all processes together
 * (NIST SP 800-38D, 8.3): two equal ivs tell what was encrypted, and let anybody write more of it. Each process takes a share ahead from a
 * table in which nothing is taken back, and what it does not use is lost. A database that is rolled back would give shares twice: a
 * process that sees a number it was given before encrypts no more by that key.
 */
export class EncryptionShares {
  readonly #parts: EncryptionSharesParts;
  readonly #left = new Map<string, number>();
  readonly #taking = new Map<string, Promise<void>>();
  readonly #nearly = new Set<string>();

  constructor(parts: EncryptionSharesParts) {
    this.#parts = parts;
  }

  /** Keys, by their ids, that have used half of their encryptions, as far as this process has seen. */
  get nearlyUsedUp(): readonly string[] {
    return [...this.#nearly].sort();
  }

  /** Resolves once one encryption by that key is counted. Throws `EncryptionsUsedUp`, `SharesWithheld`, and what `take` throws. */
  async count(key: string): Promise<void> {
    while (!this.countAgain(key)) {
      // One share at a time: whoever waits for it uses it too.
      const taking = this.#taking.get(key) ?? this.#take(key).finally(() => this.#taking.delete(key));
      this.#taking.set(key, taking);
      await taking;
    }
  }

  /** Counts one more, such as another try of the same, from the share at hand; false where nothing is left of it. */
  countAgain(key: string): boolean {
    const left = this.#left.get(key) ?? 0;
    if (left > 0) this.#left.set(key, left - 1);
    return left > 0;
  }

  async #take(key: string): Promise<void> {
    const { take, remembered, say } = this.#parts;
    const number = await take(key);
    if (number === null) throw new EncryptionsUsedUp(`the key ${key} has encrypted 2^32 times`);
    const before = remembered.get(key);
    if (number <= before) throw new SharesWithheld(`share ${String(number)} of the key ${key} was given after share ${String(before)}`);
    remembered.put(key, number);
    if (number >= HALF && !this.#nearly.has(key)) {
      this.#nearly.add(key);
      say(`the key ${key} has used ${String(number + 1)} of ${String(MOST_SHARES)} shares of its encryptions: have another key made`);
    }
    this.#left.set(key, SHARE);
  }
}
