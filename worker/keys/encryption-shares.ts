import { HALF, MOST_SHARES, SHARE } from "#lib/register/encryptions";

/** One key has made as many encryptions as it may: another key is needed. */
export class EncryptionsUsedUp extends Error {
  override readonly name = "EncryptionsUsedUp";
}

/**
 * Shares that were given before were given again, or the memory of them fails: nothing more is encrypted by that key before a person has
 * looked.
 */
export class SharesWithheld extends Error {
  override readonly name = "SharesWithheld";
}

export interface SharesMemory {
  /** The highest number that this process was ever given for a key; -1 before the first. */
  readonly get: (key: string) => number;
  readonly put: (key: string, number: number) => void;
  /** Sets the mark that shares of the key were given twice. It stays until a person takes it away. */
  readonly withhold: (key: string) => void;
  readonly isWithheld: (key: string) => boolean;
  /** What a person takes away once nothing is wrong any more. */
  readonly markOf: (key: string) => string;
}

export interface EncryptionSharesParts {
  /** Takes the next share of a key for this process, for good: its number, or null where there is none left. Throws while the database is gone. */
  readonly take: (key: string) => Promise<number | null>;
  /** What this process keeps of shares on its own disk. Whatever of it fails throws. */
  readonly remembered: SharesMemory;
  readonly say: (line: string) => void;
}

/**
 * How often a key may still encrypt by AES-GCM. With random ivs of 96 bits no key may be used more than 2^32 times, all processes together
 * (NIST SP 800-38D, 8.3): two equal ivs tell what was encrypted, and let anybody write more of it. Each process takes a share ahead from a
 * table in which nothing is taken back, and what it does not use is lost. A database that is rolled back would give shares twice: a
 * process that sees a number it was given before encrypts no more by that key, also when it is started again, until a person takes its mark
 * away. Where the memory fails, nothing is taken by each request that nobody would use: before a share is taken the memory is asked, and
 * once one was taken in vain this process takes no other of that key.
 */
export class EncryptionShares {
  readonly #parts: EncryptionSharesParts;
  readonly #left = new Map<string, number>();
  readonly #taking = new Map<string, Promise<void>>();
  readonly #nearly = new Set<string>();
  /** Keys by which this process encrypts no more, and why: only a start anew asks again. */
  readonly #withheld = new Map<string, SharesWithheld>();
  /** Keys of which it was said that the memory cannot be read: once is enough. */
  readonly #unread = new Set<string>();

  constructor(parts: EncryptionSharesParts) {
    this.#parts = parts;
  }

  /** How many keys have used half of their encryptions, as far as this process has seen. Which they are it has said, and tells no stranger. */
  get nearlyUsedUp(): number {
    return this.#nearly.size;
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
    const { take } = this.#parts;
    const withheld = this.#withheld.get(key);
    if (withheld) throw withheld;
    const before = this.#before(key);
    const number = await take(key);
    if (number === null) throw new EncryptionsUsedUp(`the key ${key} has encrypted 2^32 times`);
    this.#keep(key, number, before);
    this.#left.set(key, SHARE);
  }

  /** What is known of the key before anything is taken for it: who cannot know takes nothing. */
  #before(key: string): number {
    const { remembered, say } = this.#parts;
    try {
      if (!remembered.isWithheld(key)) return remembered.get(key);
    } catch (cause) {
      const why = `which shares of the key ${key} were given cannot be read (${cause instanceof Error ? cause.message : "unknown"})`;
      if (!this.#unread.has(key)) say(why);
      this.#unread.add(key);
      throw new SharesWithheld(why, { cause });
    }
    throw this.#withhold(key, `shares of the key ${key} were given twice before: ${remedy(remembered.markOf(key))}`);
  }

  #keep(key: string, number: number, before: number): void {
    const { remembered, say } = this.#parts;
    if (number <= before) {
      const why = `share ${String(number)} of the key ${key} was given after share ${String(before)}: ${remedy(remembered.markOf(key))}`;
      const fault = this.#withhold(key, why);
      try {
        remembered.withhold(key);
      } catch (cause) {
        say(`that shares of the key ${key} were given twice cannot be noted: ${cause instanceof Error ? cause.message : "unknown"}`);
      }
      throw fault;
    }
    try {
      remembered.put(key, number);
    } catch (cause) {
      const trouble = cause instanceof Error ? cause.message : "unknown";
      const why = `that share ${String(number)} of the key ${key} was given cannot be noted (${trouble}): mend that, and start the process again`;
      throw this.#withhold(key, why);
    }
    if (number >= HALF && !this.#nearly.has(key)) {
      this.#nearly.add(key);
      say(`the key ${key} has used ${String(number + 1)} of ${String(MOST_SHARES)} shares of its encryptions: have another key made`);
    }
  }

  #withhold(key: string, why: string): SharesWithheld {
    const fault = new SharesWithheld(why);
    this.#withheld.set(key, fault);
    this.#parts.say(why);
    return fault;
  }
}

const remedy = (mark: string): string =>
  "the table of shares was set back, and it encrypts no more; have another key made. " +
  `Who knows that no share was used twice deletes ${mark} and starts the process again`;
