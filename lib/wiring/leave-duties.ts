import * as conduct from "#lib/conduct/leave-duties";
import { readEntry } from "#lib/store/entries";
import { keepPlanOf, unplannedCeremonies } from "#lib/store/plans";
import { database } from "./database";
import { world } from "./people-ports";

/** On globalThis, one per process: see database.ts. */
const nothingLeft = ((globalThis as { clavigerNothingLeft?: Set<string> }).clavigerNothingLeft ??= new Set());

/** Before duties are looked at: those of production ceremonies without a plan are made, where they have not been yet. */
export const leaveDuties = (): Promise<void> =>
  conduct.leaveDuties(
    {
      unplanned: () => unplannedCeremonies(database()),
      opening: (ceremony) => readEntry(database(), ceremony, 0),
      keep: (plan) => {
        const { madeBy: by, scriptHash: script, startsAt, ceremony } = plan;
        return keepPlanOf(database(), plan, { kind: "plan-made", by, facts: { plan: plan.plan, script, startsAt, people: 0, ceremony } });
      },
    },
    world,
    nothingLeft,
  );
