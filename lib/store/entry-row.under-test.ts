import type { NewEntry } from "#lib/conduct/ports";
import { canonical, type Json } from "#lib/log/canonical";
import { sha256Hex } from "#lib/log/digest";
import type { CeremonySummary } from "./ceremonies";

/** For tests of the store, which keeps whatever the rules admitted: a person's entry that follows `last`. */
export function nextEntry(
  ceremony: string,
  last: { seq: number; hash: string } | null,
  change: Partial<NewEntry> = {},
): NewEntry {
  const members = {
    ceremony,
    seq: last ? last.seq + 1 : 0,
    prev: last?.hash ?? null,
    kind: "step-acknowledged",
    by: "anna",
    at: "2026-11-22T12:00:00.123Z",
    ...change,
  };
  const bytes = canonical({ ...members, nonce: crypto.randomUUID() } as unknown as Json);
  return {
    openings: [{ path: "a/b", salt: "00".repeat(16), value: "Zoë" }],
    bytes,
    hash: sha256Hex(bytes),
    ...members,
  } as NewEntry;
}

/** The projection that goes with it. */
export const summary = (entry: NewEntry, change: Partial<CeremonySummary> = {}): CeremonySummary => ({
  id: entry.ceremony,
  title: "Root key",
  mode: "rehearsal",
  phase: "running",
  result: null,
  currentStep: "opening",
  headSeq: entry.seq,
  headHash: entry.hash,
  openedAt: "2026-11-22T12:00:00.123Z",
  closedAt: null,
  people: ["anna", "ben"],
  ...change,
});
