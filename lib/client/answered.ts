import { noticed, objectIn } from "./client-problem";
import type { Answer } from "./wire";

/** An answer of success, read member by member: what is missing or of another kind throws ANSWER-UNREADABLE. */
export class Answered {
  readonly #said: Readonly<Record<string, unknown>>;
  readonly #status: number;

  constructor({ status, body }: Answer) {
    const said = objectIn(body);
    if (!said) throw noticed("ANSWER-UNREADABLE", true, { status });
    [this.#said, this.#status] = [said, status];
  }

  text(member: string): string {
    const value = this.#said[member];
    return typeof value === "string" ? value : this.#fail();
  }

  whole(member: string): number {
    const value = this.#said[member];
    return typeof value === "number" && Number.isSafeInteger(value) ? value : this.#fail();
  }

  truth(member: string): boolean {
    const value = this.#said[member];
    return typeof value === "boolean" ? value : this.#fail();
  }

  object(member: string): Readonly<Record<string, unknown>> {
    const value = this.#said[member];
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : this.#fail();
  }

  bytes(member: string): Uint8Array {
    return bytesOf(this.text(member)) ?? this.#fail();
  }

  has(member: string): boolean {
    return this.#said[member] !== undefined;
  }

  #fail(): never {
    throw noticed("ANSWER-UNREADABLE", true, { status: this.#status });
  }
}

/**
 * Bytes in base64url without padding, in the one spelling that they have (RFC 4648 section 3.5); null for any other text. In memory of
 * their own: a Buffer would have its neighbours' beside it.
 */
export function bytesOf(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? new Uint8Array(bytes) : null;
}

/** Bytes as they travel. */
export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64url");
