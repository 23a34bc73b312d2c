/**
 * The user PINs that custodians have given this process for other tokens, or have set with it, by the token's name. Each is kept
 * until the ceremony that it was entered in is over, and ends with the process.
 */
export class KnownPins {
  readonly #pins = new Map<string, { readonly ceremony: string; readonly pin: Uint8Array }>();

  /** Keeps a copy, in place of the one before. */
  know(token: string, ceremony: string, pin: Uint8Array): void {
    this.forget(token);
    this.#pins.set(token, { ceremony, pin: Uint8Array.from(pin) });
  }

  has(token: string): boolean {
    return this.#pins.has(token);
  }

  /** A copy for whoever logs in, who overwrites it; null when nobody gave one. */
  pinOf(token: string): Uint8Array | null {
    const known = this.#pins.get(token);
    return known ? Uint8Array.from(known.pin) : null;
  }

  /** Overwrites the PIN of a token. */
  forget(token: string): void {
    this.#pins.get(token)?.pin.fill(0);
    this.#pins.delete(token);
  }

  /** Overwrites what was entered in a ceremony. */
  forgetCeremony(ceremony: string): void {
    for (const [token, known] of this.#pins) if (known.ceremony === ceremony) this.forget(token);
  }
}
