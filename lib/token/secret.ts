const MASK = "[secret]";

/**
 * Holds a value that must not be printed: a PIN, a share. `toJSON`, `toString`, template strings and Node's inspect all give
 * "[secret]"; the value is not an own property, so neither a spread nor `Object.entries` finds it.
 */
export class Secret<T> {
  readonly #value: T;
  #taken = false;

  constructor(value: T) {
    this.#value = value;
  }

  /** Gives the value out, as often as asked, until `forget`. Throws afterwards. */
  reveal(): T {
    if (this.#taken) throw new Error("the secret was forgotten");
    return this.#value;
  }

  /** Overwrites bytes with zeros; a JavaScript string cannot be overwritten, only let go of. */
  forget(): void {
    if (this.#value instanceof Uint8Array) this.#value.fill(0);
    this.#taken = true;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return MASK;
  }
}
