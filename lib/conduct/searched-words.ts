import type { Json } from "#lib/log/canonical";
import type { Opening } from "#lib/log/commitment";

/** Public keys, signatures, certificates: nobody looks for them by heart. A hash has 64 digits and stays. */
const OPAQUE = /^[A-Za-z0-9_+/=-]{65,}$/;
/** Well below what one row of the index can hold (1 MiB of words). */
const MOST = 200_000;

/**
 * What the desk finds an entry or an event by: every text in it, and every text that it commits to and that is known here. Labels, ids,
 * names, hashes and readings, as they stand; not the sentences that pages and the record make of them, and nothing inside of files.
 */
export function searchedWords(said: Json, openings: readonly Opening[] = []): string {
  const texts = [...textsIn(said), ...openings.map(({ value }) => value)].filter((one) => one !== "" && !OPAQUE.test(one));
  return [...new Set(texts)].join("\n").slice(0, MOST);
}

function textsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value as { readonly [member: string]: Json }).flatMap(([name, one]) =>
    name === "salt" || name === "committed" ? [] : textsIn(one),
  );
}

/** The labels and ids of keys that an operation's entry names: what was made, used or destroyed. */
export function keysNamed(kind: string, body: Json): string[] {
  if (!/^operation-|^worker-noted$/.test(kind)) return [];
  return [...new Set(membersIn(body, ["label", "key", "ckaId", "spkiSha256", "keyLabel"]))];
}

function membersIn(value: Json | undefined, names: readonly string[]): string[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value as { readonly [member: string]: Json }).flatMap(([name, one]) =>
    typeof one === "string" && names.includes(name) ? [one] : membersIn(one, names),
  );
}
