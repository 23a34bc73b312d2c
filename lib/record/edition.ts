import { canonical, CanonicalFault, parseCanonical, type Json } from "../log/canonical";
import type { Field } from "./fields";

/** What an edition says of itself: whose it is, and which fields were withheld when it was made. */
export interface Edition {
  readonly ceremony: string;
  /** Hash of the last entry: the same as the record's. */
  readonly head: string;
  /** SHA-256 of the record that it was made from: the word of whoever made it, until the two are side by side. */
  readonly record: string;
  /** Each by the number of its entry and a JSON pointer into its body, in order. */
  readonly withheld: readonly { readonly entry: number; readonly at: string }[];
}

/** What a verdict tells of an edition; which fields are withheld was read from its transcript, and not from what it says. */
export interface EditionSaid {
  readonly record: string;
  readonly withheld: readonly Pick<Field, "entry" | "at" | "kind">[];
  /** How many fields there are that could be. */
  readonly of: number;
}

/** The name of the attachment by which a redacted edition is known. No record carries one. */
export const EDITION_FILE = "edition.json";

const VERSION = "claviger/redacted-edition/v1";

export const editionBytes = (edition: Edition): Uint8Array => canonical({ v: VERSION, ...edition, withheld: edition.withheld.map(({ entry, at }) => ({ entry, at })) });

/** `editionBytes` back again; null for anything else. */
export function readEdition(bytes: Uint8Array): Edition | null {
  try {
    const value = parseCanonical(bytes);
    return isEdition(value) ? value : null;
  } catch (fault) {
    if (fault instanceof CanonicalFault) return null;
    throw fault;
  }
}

const isHash = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const members = (value: unknown): string => (typeof value === "object" && value !== null ? Object.keys(value).sort().join() : "");

function isEdition(value: Json): value is Json & Edition {
  if (members(value) !== "ceremony,head,record,v,withheld") return false;
  const { v, ceremony, head, record, withheld } = value as unknown as Edition & { v: string };
  if (v !== VERSION || typeof ceremony !== "string" || !isHash(head) || !isHash(record) || !Array.isArray(withheld)) return false;
  return (withheld as Edition["withheld"]).every((one) => members(one) === "at,entry" && Number.isInteger(one.entry) && typeof one.at === "string");
}
