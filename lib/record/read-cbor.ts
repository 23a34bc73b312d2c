import { must } from "../x509/malformed";
import { text } from "../log/digest";

/** What authenticators write: RFC 8949 without tags, floats and lengths that are told at the end. */
export type Cbor = number | boolean | null | string | Uint8Array | readonly Cbor[] | ReadonlyMap<Cbor, Cbor>;

/** More than any attestation object is nested. */
const DEEPEST = 8;

/** The first item in these bytes, and how many bytes it has. Throws `Malformed` for what is none, or of a kind that is not read. */
export function readCbor(bytes: Uint8Array): { readonly value: Cbor; readonly length: number } {
  let at = 0;
  const take = (count: number): Uint8Array => {
    must(count <= bytes.length - at, "CBOR: cut off");
    return bytes.subarray(at, (at += count));
  };
  const item = (depth: number): Cbor => {
    must(depth <= DEEPEST, "CBOR: nested too deep");
    const [first = 0] = take(1);
    const [major, short] = [first >> 5, first & 31];
    if (major === 7) return simple(short);
    must(short <= 27, "CBOR: a length that is not said");
    const number = short < 24 ? short : take(2 ** (short - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    must(Number.isSafeInteger(number), "CBOR: a number too large");
    switch (major) {
      case 0: return number;
      case 1: return -1 - number;
      case 2: return take(number);
      case 3: return utf8In(take(number));
      case 4: return items(number, depth);
      case 5: return pairs(number, depth);
      default: must(false, "CBOR: a tag");
    }
    return null;
  };
  // Each item has a byte at least: a number of items that the rest cannot hold ends at the first that is not there.
  const items = (count: number, depth: number): Cbor[] => {
    const found: Cbor[] = [];
    for (let i = 0; i < count; i++) found.push(item(depth + 1));
    return found;
  };
  const pairs = (count: number, depth: number): Map<Cbor, Cbor> => {
    const found = new Map<Cbor, Cbor>();
    for (let i = 0; i < count; i++) {
      const key = item(depth + 1);
      must((typeof key === "string" || typeof key === "number") && !found.has(key), "CBOR: a key that is none, or twice");
      found.set(key, item(depth + 1));
    }
    return found;
  };
  const value = item(0);
  return { value, length: at };
}

/** What stands in a map under these keys, undefined where nothing does. Throws `Malformed` for what is no map. */
export function members(value: Cbor | undefined, ...keys: readonly (string | number)[]): (Cbor | undefined)[] {
  must(value instanceof Map, "CBOR: no map");
  const map: ReadonlyMap<Cbor, Cbor> = value;
  return keys.map((key) => map.get(key));
}

function simple(short: number): Cbor {
  must(short >= 20 && short <= 22, "CBOR: a float or an unknown value");
  return short === 22 ? null : short === 21;
}

function utf8In(bytes: Uint8Array): string {
  try {
    return text(bytes);
  } catch {
    must(false, "CBOR: text that is not UTF-8");
    return "";
  }
}
