import { base64url } from "#lib/log/digest";
import { OneTimeKey } from "#lib/hpke/sealed-part";
import type { Executed, OperationRefusal } from "#lib/operations/operation";
import type { Result } from "#lib/result";

/** What became of an operation that needed secrets. */
export type Settled = Result<Executed, OperationRefusal>;

/**
 * What this process knows of secrets, in memory and nowhere else: for each ceremony the one-time key of its newest call, and, of an
 * operation whose secrets were used, what came of it until that is written down. Both end with the process: the next one calls anew.
 */
export class SecretDesk {
  readonly #keys = new Map<string, OneTimeKey>();
  readonly #tidied = new Map<string, string>();
  readonly #settled = new Map<string, Settled>();
  /** Public halves of keys made here that have opened nothing. */
  readonly #unused = new Set<string>();

  /** A new key for a ceremony, in place of the one before; its public half, base64url. */
  async call(ceremony: string): Promise<string> {
    this.forget(ceremony);
    const key = await OneTimeKey.make();
    this.#keys.set(ceremony, key);
    const publicKey = base64url(key.publicKey);
    this.#unused.add(publicKey);
    return publicKey;
  }

  /** Whether nobody can have worked with what was entered for that call: it was made here, and nothing was ever opened with its key. */
  neverUsed(publicKey: string): boolean {
    return this.#unused.has(publicKey);
  }

  /** Whether this process made that call, and has not used its key. */
  holds(ceremony: string, publicKey: string): boolean {
    const key = this.#keys.get(ceremony);
    return key !== undefined && base64url(key.publicKey) === publicKey;
  }

  /** Opens a part; null when it was not sealed for this call and place. Throws when there is no key. */
  open(ceremony: string, sealed: Uint8Array, info: Uint8Array): Promise<Uint8Array | null> {
    const key = this.#keys.get(ceremony);
    if (!key) throw new Error("no call for secrets is open");
    this.#unused.delete(base64url(key.publicKey));
    return key.open(sealed, info);
  }

  /** Overwrites the key of a ceremony's call. */
  forget(ceremony: string): void {
    this.#keys.get(ceremony)?.forget();
    this.#keys.delete(ceremony);
  }

  /** Whether the ciphertexts of a ceremony were tidied up as it stands now. */
  isTidy(ceremony: string, standing: string): boolean {
    return this.#tidied.get(ceremony) === standing;
  }

  tidied(ceremony: string, standing: string): void {
    this.#tidied.set(ceremony, standing);
  }

  /** Keeps what came of an operation until it is written: its secrets are gone, and it must not be done again. */
  settle(ckaId: string, settled: Settled): void {
    this.#settled.set(ckaId, settled);
  }

  settled(ckaId: string): Settled | null {
    return this.#settled.get(ckaId) ?? null;
  }

  written(ckaId: string): void {
    this.#settled.delete(ckaId);
  }
}
