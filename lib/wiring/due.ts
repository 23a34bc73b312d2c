import { dueOf, type Due } from "#lib/conduct/due";
import { now } from "../clock";
import { env } from "../env";
import { allPlans } from "./plans";
import { readiness } from "./readiness";

/** What is this person's to do outside of any room, by its date. A rehearsing house asks nobody for readiness. */
export async function due(me: string): Promise<Due[]> {
  const asks = env().CLAVIGER_MODE === "production";
  const [plans, view] = await Promise.all([allPlans(), asks ? readiness(me) : null]);
  return dueOf({ plans, readiness: view, me, now: now().toISOString() });
}
