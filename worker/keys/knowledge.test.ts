import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { rosterToEndorse } from "#lib/ceremony/endorsement";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { CLOCK_TOLERANCE_MS } from "#lib/ceremony/signing-time";
import { endorsementBy, hashSignatures, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { canonical, type Json } from "#lib/log/canonical";
import { dayAt } from "#lib/register/evidence.under-test";
import type { EvidenceStore } from "./evidence-store";
import { Knowledge } from "./knowledge";
import { EvidenceWithheld, SeenEvidence } from "./seen-evidence";

/** What is known by a clock that is not always right: a second roster that two custodians of the first signed on day 10. */
const folder = mkdtempSync(path.join(tmpdir(), "claviger-knowledge-"));
afterAll(() => rmSync(folder, { recursive: true }));

const second: Roster = { ...smallRoster, version: 2, prev: rosterHash(smallRoster) };
const signed = ["carl", "cleo"].map((person) =>
  endorsementBy(person, rosterToEndorse(second), smallRoster, { statement: { at: dayAt(10) } }),
);
const bytesOf = (values: readonly object[]) => values.map((value) => canonical(value as Json));
const store: EvidenceStore = {
  heads: () => Promise.resolve([]),
  entries: () => Promise.resolve([]),
  rosters: () => Promise.resolve(bytesOf([smallRoster, second])),
  papers: () => Promise.resolve([]),
  endorsements: (document) => Promise.resolve(bytesOf(document === rosterHash(second) ? signed : [])),
  close: () => Promise.resolve(),
};

/** What a process learns that is started at that time with the memory of those before it. */
function learnt(memory: string, milliseconds: number) {
  const trusted = { mode: "production", roster: rosterHash(smallRoster), recorders: new Set<string>() } as const;
  const now = () => new Date(Date.parse(dayAt(10)) + milliseconds);
  const seen = new SeenEvidence(memory);
  return new Knowledge({ ...trusted, store, verifier: hashSignatures, seen, now, say: () => undefined }).learn();
}

test("a roster that was seen is not gone because a clock was set back, by as much as clocks may be apart", async () => {
  const memory = mkdtempSync(path.join(folder, "set-back-"));
  await learnt(memory, 1_000);
  expect(await learnt(memory, -CLOCK_TOLERANCE_MS)).toMatchObject({ at: dayAt(10, -2) });
  await expect(learnt(memory, -CLOCK_TOLERANCE_MS - 1)).rejects.toThrow(EvidenceWithheld);
});
