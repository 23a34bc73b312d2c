import { differentCounts, type DifferentCount, type UsesOfDay } from "#lib/accounts/uses-of-day";
import { daysAfter } from "#lib/ceremony/days";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { hex, sameBytes, sha256Hex } from "#lib/log/digest";
import { inclusionProof, leafHash, rootFromInclusion } from "#lib/log/merkle";
import { logOriginOf } from "#lib/log/origin";
import type { LoggedEventRow } from "#lib/store/logged-things";
import { keptSubtrees } from "./log-keeper";
import type { LogMemory } from "./log-memory";
import type { LogRowStore } from "./log-store";
import { thingLeaf } from "./thing-leaf";
import { countDay, sealedCounts, type UseDayStore } from "./use-counter";

/** What is compared: rows with the counts that were sealed, and those with the log as this worker signed it. */
export interface CheckUsesParts {
  readonly uses: UseDayStore;
  readonly store: Pick<LogRowStore, "eventsAt" | "known" | "tile" | "stillWaiting">;
  readonly memory: Pick<LogMemory, "recall">;
  readonly recorderSpki: Uint8Array;
  readonly verifier: Pick<SignatureVerifier, "verify">;
}

/** What is wrong with the counts of a day: how, and of which kind of use where it is one. */
export type UseFinding =
  | { readonly how: "not-counted" | "not-sealed" | "not-in-the-log" | "uncounted-rows" | "counted-otherwise"; readonly day: string }
  | { readonly how: "differs"; readonly day: string; readonly count: DifferentCount };

/** One day looked at: how many uses it has, whether its leaf is still to come, and what is wrong. */
export type CheckedDay = { readonly day: string; readonly uses: number; readonly waits: boolean; readonly findings: readonly UseFinding[] };

/**
 * Counts the uses of a day again and holds them against what was sealed, and that against the leaf in the log: a row that was taken away,
 * changed or added since, by whoever owns the database, is a finding. Throws what the database throws.
 */
export async function checkUsesOf(parts: CheckUsesParts, origin: string, day: string): Promise<CheckedDay> {
  const kept = await parts.uses.find(day);
  if (!kept) return { day, uses: 0, waits: false, findings: [{ how: "not-counted", day }] };
  const sealed = await sealedCounts(kept, parts.recorderSpki, parts.verifier);
  if (!sealed) return { day, uses: 0, waits: false, findings: [{ how: "not-sealed", day }] };
  const { place, others } = await placeInLog(parts, origin, day, sha256Hex(kept.bytes));
  const now = await counted(parts.uses, day);
  const findings: readonly UseFinding[] = [
    ...(place === "absent" ? [{ how: "not-in-the-log" as const, day }] : []),
    ...(others > 0 ? [{ how: "counted-otherwise" as const, day }] : []),
    ...differentCounts(sealed, now).map((count) => ({ how: "differs" as const, day, count })),
  ];
  return { day, uses: now.uses, waits: place === "waits", findings };
}

/**
 * The same of every day from the first that was counted, or of which an event says so, to the last, one after the other: also of those in
 * between that were not, and of uses that stand before the first.
 */
export async function* checkUses(parts: CheckUsesParts, origin: string): AsyncGenerator<CheckedDay, void> {
  const days = [...(await parts.uses.days()), ...(await parts.uses.announced())].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return;
  if ((await parts.uses.before(first)) > 0) yield { day: first, uses: 0, waits: false, findings: [{ how: "uncounted-rows", day: first }] };
  for (let day = first; day <= last; day = daysAfter(day, 1).slice(0, 10)) yield await checkUsesOf(parts, origin, day);
}

async function counted(store: UseDayStore, day: string): Promise<UsesOfDay> {
  const steps = countDay(store, day);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

type Place = "logged" | "waits" | "absent";

/**
 * Whether an event names these counts, and is a leaf of the tree that this worker remembers or waits to be one; and how many events say that
 * the day was counted otherwise: its recorder says it once.
 */
async function placeInLog(parts: CheckUsesParts, origin: string, day: string, hash: string): Promise<{ readonly place: Place; readonly others: number }> {
  const all = await parts.store.eventsAt(await parts.uses.events(day));
  const events = all.filter((event) => isOf(event, day, hash));
  return { place: await placeOf(parts, logOriginOf(origin, "production"), events), others: all.length - events.length };
}

async function placeOf({ store, memory }: CheckUsesParts, log: string, events: readonly LoggedEventRow[]): Promise<Place> {
  const remembered = memory.recall(log);
  for (const event of events) {
    const leaf = leafHash(thingLeaf(event));
    const index = (await store.known(log, [hex(leaf)])).get(hex(leaf));
    if (index === undefined || !remembered || index >= remembered.size) continue;
    const proof = await inclusionProof(index, remembered.size, keptSubtrees({ store }, log, remembered.size));
    const root = rootFromInclusion(leaf, index, remembered.size, proof);
    if (root && sameBytes(root, remembered.root)) return "logged";
  }
  return (await store.stillWaiting(events)).length > 0 ? "waits" : "absent";
}

function isOf({ of, facts }: LoggedEventRow, day: string, hash: string): boolean {
  const said = JSON.parse(facts) as { readonly day?: unknown; readonly counts?: unknown } | null;
  return of === "uses-counted" && said?.day === day && said.counts === hash;
}
