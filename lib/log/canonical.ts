import { sha256Hex, text, utf8 } from "./digest";

/** What an entry, a statement or a script may be made of. Numbers are integers that JavaScript can hold exactly. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A value that has no canonical form, or bytes that are not one. Carries where, never the value. */
export class CanonicalFault extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path || "/"}: ${problem}`);
    this.name = "CanonicalFault";
  }
}

/**
 * The one maker of canonical bytes: RFC 8785 (JCS) in UTF-8, narrowed to NFC strings and safe integers.
 * What is shown, signed, logged and printed comes from these bytes.
 * Throws CanonicalFault for anything else (floats, undefined, lone surrogates, strings that are not NFC).
 */
export function canonical(value: Json): Uint8Array {
  return utf8(canonicalText(value));
}

/** `canonical` before it becomes UTF-8. */
export function canonicalText(value: Json): string {
  return write(value, "");
}

/** SHA-256 over the canonical bytes, as hex. */
export const hashOf = (value: Json): string => sha256Hex(canonical(value));

/**
 * Canonical bytes back to the value. Throws CanonicalFault unless the bytes are exactly what `canonical` would have
 * written for it, so that no second spelling (key order, white space, doubled keys, escapes) can carry the same hash
 * twice or two meanings once.
 */
export function parseCanonical(bytes: Uint8Array): Json {
  let source: string;
  let value: Json;
  try {
    source = text(bytes);
    value = JSON.parse(source) as Json;
  } catch {
    throw new CanonicalFault("", "not JSON in UTF-8");
  }
  if (canonicalText(value) !== source) throw new CanonicalFault("", "not in canonical form (RFC 8785)");
  return value;
}

/** No entry, statement or script comes near; without a limit a hostile file could exhaust the stack of its reader. */
const MOST_DEPTH = 64;

function write(value: Json, path: string, depth = 0): string {
  if (depth > MOST_DEPTH) throw new CanonicalFault("", "nested deeper than anything of ours");
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return integer(value, path);
  if (typeof value === "string") return string(value, path);
  if (Array.isArray(value)) return `[${value.map((item: Json, i) => write(item, `${path}/${String(i)}`, depth + 1)).join(",")}]`;
  if (typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) {
    throw new CanonicalFault(path, `a ${typeof value} has no canonical form`);
  }
  const members = value as { readonly [key: string]: Json };
  // RFC 8785 section 3.2.3: members in the order of their UTF-16 code units, which is what sort() does.
  const keys = Object.keys(members).sort();
  return `{${keys.map((key) => `${string(key, path)}:${write(members[key] as Json, `${path}/${key}`, depth + 1)}`).join(",")}}`;
}

function integer(value: number, path: string): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new CanonicalFault(path, "only integers up to 2^53 - 1");
  return String(value);
}

function string(value: string, path: string): string {
  // Hashes, ids and times are ASCII, which is NFC and has no surrogates: most of every entry is done here.
  if (/^[ -~]*$/.test(value)) return JSON.stringify(value);
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value)) {
    throw new CanonicalFault(path, "half a surrogate pair");
  }
  if (value.normalize("NFC") !== value) throw new CanonicalFault(path, "text is not in Unicode normal form C");
  return JSON.stringify(value);
}
