import { readEntry } from "#lib/ceremony/entry";
import { openingOf, type Opening } from "#lib/log/commitment";
import { planOfUnplanned } from "./make-plan";
import type { NewPlan } from "./plan-ports";
import type { World } from "./ports";

/** The first entry of a ceremony as it is kept, with what its commitments stand for. */
export type KeptOpening = { readonly bytes: Uint8Array; readonly openings: readonly Opening[] };

/** Where ceremonies are that were opened without a plan, and where what they leave to do is kept. */
export interface DutyShelf {
  /** Production ceremonies that no plan points at. */
  unplanned(): Promise<readonly string[]>;
  opening(ceremony: string): Promise<KeptOpening | null>;
  /** Once for a ceremony, however many processes look at it together. */
  keep(plan: NewPlan & { readonly ceremony: string }): Promise<void>;
}

/**
 * What production ceremonies that nobody planned leave to do, as duties of whoever opened each. Made from their first entries whenever
 * somebody looks at duties, and so lost by no crash; `settled` are those that are known to leave nothing, and is added to. A rehearsal
 * that nobody planned leaves nothing: what it practises ends with it.
 */
export async function leaveDuties(shelf: DutyShelf, world: Pick<World, "random">, settled: Set<string>): Promise<void> {
  for (const ceremony of await shelf.unplanned()) {
    if (settled.has(ceremony)) continue;
    const opening = await shelf.opening(ceremony);
    const plan = opening && planOfOpening(world, opening);
    if (plan) await shelf.keep(plan);
    else settled.add(ceremony);
  }
}

function planOfOpening(world: Pick<World, "random">, { bytes, openings }: KeptOpening): (NewPlan & { readonly ceremony: string }) | null {
  const read = readEntry(bytes);
  if (!read.ok || read.value.entry.kind !== "ceremony-opened") return null;
  const { ceremony, by, at, body } = read.value.entry;
  const { title, mode, script, scriptHash } = body;
  if (mode !== "production") return null;
  const room = openingOf(body.place, openings)?.value ?? "";
  return planOfUnplanned(world, { ceremony, title, room, mode, scriptHash, madeBy: by, at, script });
}
