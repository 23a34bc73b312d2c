import { hex, sha256 } from "#lib/log/digest";
import { base45, fromBase45 } from "./base45";

/**
 * What one code carries. With head and base45 it fits a QR code of version 10 (57 modules a side) at error correction L, which
 * a telephone reads off a projector: a screen has no scratches, and fewer, larger modules matter more than correction.
 */
const BYTES_A_PART = 224;
/** Nothing of ours comes near; a hostile display cannot make a reader collect for ever. */
const MOST_PARTS = 32;

const MARK = "CLAVIGER1";
const PART = /^CLAVIGER1\/(\d{1,2})\/(\d{1,2})\/([0-9A-F]{32})\/([0-9A-Z $%*+\-./:]+)$/;

/** Which whole the parts belong to: the first half of its SHA-256, in the signs of the alphanumeric mode. */
const wholeId = (bytes: Uint8Array): string => hex(sha256(bytes)).slice(0, 32).toUpperCase();

/**
 * The texts of the codes that carry these bytes, to be shown in turn: `CLAVIGER1/part/parts/whole/base45`. One code where it
 * fits. Throws a RangeError for nothing at all, and for what would take more than 32 codes.
 */
export function codeParts(bytes: Uint8Array): readonly string[] {
  const parts = Math.ceil(bytes.length / BYTES_A_PART);
  if (parts === 0 || parts > MOST_PARTS) throw new RangeError(`${String(bytes.length)} bytes cannot be carried`);
  const size = Math.ceil(bytes.length / parts);
  const id = wholeId(bytes);
  return Array.from({ length: parts }, (_, i) => {
    const piece = base45(bytes.subarray(i * size, (i + 1) * size));
    return [MARK, String(i + 1), String(parts), id, piece].join("/");
  });
}

/** How far the reading has come. `foreign`: a code of something else, which changes nothing. */
export type Collected =
  | { readonly state: "foreign" }
  | { readonly state: "reading"; readonly read: readonly number[]; readonly parts: number }
  | { readonly state: "whole"; readonly bytes: Uint8Array }
  | { readonly state: "damaged" };

/**
 * Puts together, in whatever order they are seen and however often, the parts of one whole. A part of another whole begins that
 * one anew: the display has moved on. What does not hash to what every part says is damaged, and is begun again.
 */
export class PartCollector {
  #id = "";
  #pieces = new Map<number, Uint8Array>();

  take(text: string): Collected {
    const found = PART.exec(text);
    const [part, parts, id] = [Number(found?.[1]), Number(found?.[2]), found?.[3] ?? ""];
    const piece = pieceOf(found?.[4] ?? "");
    if (!found || !piece || part < 1 || part > parts || parts > MOST_PARTS) return { state: "foreign" };
    // The number of parts belongs to the whole: two displays that cut it differently are two wholes.
    const whole = `${id}/${String(parts)}`;
    if (whole !== this.#id) {
      this.#id = whole;
      this.#pieces = new Map();
    }
    this.#pieces.set(part, piece);
    const read = [...this.#pieces.keys()].sort((a, b) => a - b);
    if (read.length < parts) return { state: "reading", read, parts };
    const bytes = Uint8Array.from(read.flatMap((one) => [...(this.#pieces.get(one) ?? [])]));
    this.#id = "";
    this.#pieces = new Map();
    return wholeId(bytes) === id ? { state: "whole", bytes } : { state: "damaged" };
  }
}

function pieceOf(text: string): Uint8Array | null {
  try {
    const piece = fromBase45(text);
    return piece.length === 0 || piece.length > BYTES_A_PART ? null : piece;
  } catch {
    return null;
  }
}
