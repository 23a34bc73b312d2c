import type { Json } from "#lib/log/canonical";
import { fromBase64url } from "#lib/log/digest";

type Members = { readonly [name: string]: Json };

const isMembers = (value: Json | undefined): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads an outcome member by member and collects, in sentences, what is missing, of another kind or not known. What cannot be
 * read comes back empty; look at `problems` after `end` before believing any of it.
 */
export class OutcomeReader {
  readonly problems: string[];
  readonly #members: Members;
  readonly #where: string;
  readonly #read = new Set<string>();

  constructor(value: Json, where = "outcome", problems: string[] = []) {
    this.problems = problems;
    this.#where = where;
    this.#members = isMembers(value) ? value : {};
    if (!isMembers(value)) problems.push(`${where} is not a set of members`);
  }

  text(name: string): string {
    const value = this.#take(name);
    return typeof value === "string" ? value : this.#wrong(name, "text", "");
  }

  flag(name: string): boolean {
    const value = this.#take(name);
    return typeof value === "boolean" ? value : this.#wrong(name, "true or false", false);
  }

  count(name: string): number {
    const value = this.#take(name);
    return typeof value === "number" && value >= 0 ? value : this.#wrong(name, "a number", 0);
  }

  /** SHA-256 or a 32-byte id in lower-case hex. */
  hash(name: string): string {
    const value = this.#take(name);
    return typeof value === "string" && /^[0-9a-f]{64}$/.test(value) ? value : this.#wrong(name, "64 hex digits", "");
  }

  /** A CKA_ID in lower-case hex: 1 to 32 bytes, for keys of others have ids of any length. */
  keyId(name: string): string {
    const value = this.#take(name);
    return typeof value === "string" && /^(?:[0-9a-f]{2}){1,32}$/.test(value)
      ? value
      : this.#wrong(name, "the id of a key in hex", "");
  }

  bytes(name: string): Uint8Array {
    const value = this.#take(name);
    try {
      if (typeof value === "string") return fromBase64url(value);
    } catch {
      // Falls through: not base64url is the same finding as not text.
    }
    return this.#wrong(name, "base64url", new Uint8Array());
  }

  /** Any member as it stands, but there it must be; for values that have more than one kind. */
  any(name: string): Json {
    const value = this.#take(name);
    return value === undefined ? this.#wrong(name, "there", null) : value;
  }

  texts(name: string): string[] {
    const value = this.#take(name);
    if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
    return this.#wrong(name, "a list of texts", []);
  }

  member(name: string): OutcomeReader {
    return new OutcomeReader(this.#take(name) ?? null, `${this.#where}.${name}`, this.problems);
  }

  /** Reads every item of a list with `read`, which must itself call `end`. */
  list<T>(name: string, read: (item: OutcomeReader) => T): T[] {
    const value = this.#take(name);
    if (!Array.isArray(value)) return this.#wrong(name, "a list", []);
    return value.map((item: Json, i) => read(new OutcomeReader(item, `${this.#where}.${name}/${String(i)}`, this.problems)));
  }

  /** Notes every member nobody asked for: an outcome says what its operation says and nothing else. */
  end(): void {
    for (const name of Object.keys(this.#members)) {
      if (!this.#read.has(name)) this.problems.push(`${this.#where} has a member ${name} that is not known`);
    }
  }

  #take(name: string): Json | undefined {
    this.#read.add(name);
    return Object.hasOwn(this.#members, name) ? this.#members[name] : undefined;
  }

  #wrong<T>(name: string, kind: string, empty: T): T {
    this.problems.push(`${this.#where}.${name} is not ${kind}`);
    return empty;
  }
}
