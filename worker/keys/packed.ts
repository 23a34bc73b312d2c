/**
 * Works and answers on their way between the key process and its signing children: the bytes of all of them in one piece, and where some
 * were, how many. The channel between processes takes longer over four small arrays than a token over a signature by P-256.
 */
export interface Packed {
  readonly parts: readonly Part[];
  readonly bytes: Uint8Array;
}

type Part = Readonly<Record<string, unknown>>;

/** The fields that are bytes, in works and answers alike; none of them is ever a number. */
const BYTES: ReadonlySet<string> = new Set(["id", "spki", "data", "aad", "mac", "bytes"]);

/** Flat objects, to be sent. Throws `TypeError` for bytes in a field that is none of those known to hold them. */
export function pack(parts: readonly object[]): Packed {
  const pieces: Uint8Array[] = [];
  return { parts: parts.map((part) => counted(part as Part, pieces)), bytes: Buffer.concat(pieces) };
}

function counted(part: Part, pieces: Uint8Array[]): Part {
  const out: Record<string, unknown> = {};
  for (const name in part) {
    const value = part[name];
    if (value instanceof Uint8Array) {
      if (!BYTES.has(name)) throw new TypeError(`no bytes travel as ${name}`);
      pieces.push(value);
      out[name] = value.length;
    } else out[name] = value;
  }
  return out;
}

/**
 * Objects as they were packed; their bytes are views of the one piece. What they say is for the reader to check: this throws `TypeError`
 * only for what is not packed at all, and where the lengths do not make up the piece.
 */
export function unpack(packed: unknown): object[] {
  if (!isPacked(packed)) throw new TypeError("nothing packed");
  const { buffer, byteOffset, length } = packed.bytes;
  const piece = Buffer.from(buffer, byteOffset, length);
  let at = 0;
  const whole = packed.parts.map((part) => {
    const out: Record<string, unknown> = {};
    for (const name in part) {
      const value = part[name];
      const isLength = typeof value === "number" && BYTES.has(name);
      if (isLength && !(value >= 0)) throw new TypeError("not a length");
      out[name] = isLength ? piece.subarray(at, at + value) : value;
      if (isLength) at += value;
    }
    return out;
  });
  if (at !== length) throw new TypeError("the lengths do not make up the bytes");
  return whole;
}

const isPacked = (packed: unknown): packed is Packed =>
  typeof packed === "object" &&
  packed !== null &&
  "parts" in packed &&
  Array.isArray(packed.parts) &&
  packed.parts.every((part) => typeof part === "object" && part !== null) &&
  "bytes" in packed &&
  packed.bytes instanceof Uint8Array;
