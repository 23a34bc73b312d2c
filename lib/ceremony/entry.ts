import type { z } from "zod";
import { canonical, hashOf, parseCanonical, type Json } from "../log/canonical";
import { sha256Hex, utf8 } from "../log/digest";
import { ok, type Result } from "../result";
import type { Assertion as AssertionSchema } from "./assertion.schema";
import { EntrySchema, RECORDER, RECORDER_KINDS, type BODIES, type EntryKind } from "./entry.schema";
import { no, type Refusal } from "./refusal";

export { RECORDER, type EntryKind } from "./entry.schema";

export type Assertion = z.infer<typeof AssertionSchema>;
export type Body<K extends EntryKind> = z.infer<(typeof BODIES)[K]>;

/** One link of a transcript. Its hash covers all of it; `prev` is the hash before; `by` is a person or "recorder". */
export type EntryOf<K extends EntryKind> = {
  readonly v: "claviger/entry/v1";
  readonly ceremony: string;
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly kind: K;
  readonly body: Body<K>;
  readonly prev: string | null;
  readonly signature: string | null;
};
export type Entry = { [K in EntryKind]: EntryOf<K> }[EntryKind];

/** SHA-256 of the canonical entry, hex: what the next entry calls `prev`. */
export const entryHash = (entry: Entry): string => hashOf(entry as unknown as Json);

/** Canonical bytes, as kept and published. */
export const entryBytes = (entry: Entry): Uint8Array => canonical(entry as unknown as Json);

/**
 * Kept bytes back to an entry and its hash. Refuses ENTRY-SHAPE when they are not canonical, have unknown or missing
 * members, or carry (or lack) a recorder's signature against their kind.
 */
export function readEntry(bytes: Uint8Array): Result<{ entry: Entry; hash: string }, Refusal> {
  let value: Json;
  try {
    value = parseCanonical(bytes);
  } catch (fault) {
    return no("ENTRY-SHAPE", { problem: fault instanceof Error ? fault.message : "unreadable" });
  }
  const parsed = EntrySchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return no("ENTRY-SHAPE", { problem: issue?.message ?? "unreadable", where: issue?.path.join("/") ?? "" });
  }
  const entry = value as unknown as Entry;
  const recorders = RECORDER_KINDS.includes(entry.kind);
  if (recorders !== (entry.signature !== null) || recorders !== (entry.by === RECORDER)) {
    return no("ENTRY-SHAPE", { problem: "signed by the recorder if and only if the recorder wrote it", kind: entry.kind });
  }
  return ok({ entry, hash: sha256Hex(bytes) });
}

/** The bytes a recorder signs for its entry: a domain, a zero byte, and the canonical entry without its signature. */
export function recorderBytes(entry: Entry): Uint8Array {
  const { signature: _, ...unsigned } = entry;
  const domain = utf8("claviger/recorder-signature/v1\0");
  const body = canonical(unsigned as unknown as Json);
  const bytes = new Uint8Array(domain.length + body.length);
  bytes.set(domain);
  bytes.set(body, domain.length);
  return bytes;
}
