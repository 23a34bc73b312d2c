/**
 * The user PINs that custodians have given this process for other tokens, or have set with it, by the token's name. Each is for
 * the ceremony that it was entered in and for no other, is kept until that one is over, and ends with the process.
 */
export class KnownPins {
  readonly #pins = new Map<string, Map<string, Uint8Array>>();

  /** Keeps a copy, in place of the one before. */
  know(token: string, ceremony: string, pin: Uint8Array): void {
    const known = this.#pins.get(token) ?? new Map<string, Uint8Array>();
    known.get(ceremony)?.fill(0);
    this.#pins.set(token, known.set(ceremony, Uint8Array.from(pin)));
  }

  has(token: string, ceremony: string): boolean {
    return this.#pins.get(token)?.has(ceremony) ?? false;
  }

  /** A copy for whoever logs in, who overwrites it; null when nobody gave one. */
  pinOf(token: string, ceremony: string): Uint8Array | null {
    const pin = this.#pins.get(token)?.get(ceremony);
    return pin ? Uint8Array.from(pin) : null;
  }

  /** Overwrites what was entered for a token, in whatever ceremony: it has another PIN, or refused the one it was shown. */
  forget(token: string): void {
    for (const pin of this.#pins.get(token)?.values() ?? []) pin.fill(0);
    this.#pins.delete(token);
  }

  /** Overwrites what was entered in a ceremony. */
  forgetCeremony(ceremony: string): void {
    for (const known of this.#pins.values()) {
      known.get(ceremony)?.fill(0);
      known.delete(ceremony);
    }
  }
}
