import type { Role } from "#lib/ceremony/roles";
import { dueOf, type Due } from "#lib/conduct/due";
import { readHealth } from "#lib/store/worker-health";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { allPlans } from "./plans";
import { readiness } from "./readiness";

/** What is this person's to do outside of any room, by its date. A rehearsing house asks nobody for readiness; workers are for administrators. */
export async function due(me: string, roles: readonly Role[]): Promise<Due[]> {
  const asks = env().CLAVIGER_MODE === "production";
  const administers = roles.includes("administrator");
  const [plans, view, workers] = await Promise.all([allPlans(), asks ? readiness(me) : null, administers ? readHealth(database()) : []]);
  return dueOf({ plans, readiness: view, workers, me, now: now().toISOString() });
}
