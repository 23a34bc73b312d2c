import { commit } from "../log/commitment";
import { fromBase64url, fromHex } from "../log/digest";
import { fieldsOf, type Field } from "./fields";
import type { Redacted } from "./redact";
import type { Transcript } from "./transcript";

/** A withheld value that can be read elsewhere in what stays. */
export interface Leak {
  readonly field: Field;
  /** Where it can be read: "entry 1: /recorder/certificate". */
  readonly where: string;
}

/** Shorter ones are in every text. */
const LEAST = 3;
/** In bytes and codings of bytes, letters stand beside one another by chance: shorter words of a name would be in any of them. */
const LEAST_IN_BYTES = 5;
/** Texts that are bytes in disguise: certificates, what passkeys signed. Standard base64 and hex as well: texts of others have them. */
const PACKED = /^(?:[A-Za-z0-9_-]{16,}|[A-Za-z0-9+/]{14,}={0,2}|(?:[0-9a-fA-F]{2}){8,})$/;
/** Bytes that are texts which are bytes: how deep it is looked. */
const DEEPEST = 2;

/**
 * Where withheld values stand also in what cannot be withheld, or was not: in other texts, in the script, in certificates, in what a
 * browser told a passkey. Capitals and spaces make no difference. Values of one or two characters are not looked for. Of a person's name
 * each word is looked for as well, by itself: people write of Müller, and not of Dr. Anna Müller.
 */
export function leaksIn({ transcript, values }: Redacted, others: readonly { readonly name: string; readonly text: string }[]): Leak[] {
  const places = [...textsIn(transcript), ...others.map((one) => ({ ...one, packed: true }))].map((one) => ({ ...one, text: plain(one.text) }));
  return values.flatMap(({ field, value }) => {
    const sought = plain(value);
    if (sought.length < LEAST) return [];
    const [inTexts, inBytes] = field.kind === "names" ? [wordsOf(sought, LEAST), wordsOf(sought, LEAST_IN_BYTES)] : [null, null];
    const tells = ({ text, packed }: Place) => text.includes(sought) || (packed ? inBytes : inTexts)?.test(text);
    return places.filter(tells).map(({ name }) => ({ field, where: name }));
  });
}

/** A text to look into; `packed`: it is bytes, or how bytes are written. */
interface Place {
  readonly name: string;
  readonly text: string;
  readonly packed: boolean;
}

/** Finds any word of a name that is long enough, where it stands by itself; null for a name without one. */
function wordsOf(name: string, least: number): RegExp | null {
  const words = (name.match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => word.length >= least);
  return words.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{M}])(?:${words.join("|")})(?![\\p{L}\\p{M}])`, "u");
}

const plain = (text: string): string => text.normalize("NFC").toLowerCase().replaceAll(/\s+/gu, " ").trim();

/** Every text in a transcript, by its place; of bytes that are written as text, what they say as well. */
function textsIn({ entries, openings }: Transcript): Place[] {
  const found: Place[] = [];
  const look = (name: string, value: unknown): void => {
    if (typeof value === "string") {
      found.push(...told(name, value, 0));
    } else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) {
        found.push({ name: `${name}/${key}`, text: key, packed: false });
        look(`${name}/${key}`, member);
      }
    }
  };
  entries.forEach(({ body, by }, seq) => look(`entry ${String(seq)}: `, { ...body, by }));
  const fields = new Map(fieldsOf(entries).map(({ entry, at, committed }) => [committed, `${String(entry)}${at}`]));
  for (const opening of openings) look(`${fields.get(commit(opening).committed) ?? ""}, which stays open`, opening.value);
  return found;
}

/** A text, and what it says where it is bytes in disguise: as single bytes, and as UTF-8 between bytes that are none. Certificates have both. */
function told(name: string, text: string, depth: number): Place[] {
  const packed = PACKED.test(text);
  if (depth >= DEEPEST || !packed) return [{ name, text, packed: packed || depth > 0 }];
  const inside = readings(text).flatMap((bytes) => {
    const single = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    const decoded = new TextDecoder().decode(bytes);
    // What a passkey signed is JSON, with texts in it that may be bytes once more.
    const parts = decoded.match(/[A-Za-z0-9+/_=-]{14,}/g) ?? [];
    const both = [single, decoded].map((one) => ({ name, text: one, packed }));
    return [...both, ...parts.flatMap((part) => told(name, part, depth + 1))];
  });
  return [{ name, text, packed }, ...inside];
}

/** The bytes that a text may be, by each of the codings that it fits. */
function readings(text: string): Uint8Array[] {
  const isHex = /^(?:[0-9a-fA-F]{2})+$/.test(text);
  const plainly = text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return [...(isHex ? [() => fromHex(text.toLowerCase())] : []), () => fromBase64url(plainly)].flatMap((read) => {
    try {
      return [read()];
    } catch {
      // Not that after all: it is looked at as the text that it is.
      return [];
    }
  });
}
