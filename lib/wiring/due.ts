import type { Role } from "#lib/ceremony/roles";
import { dueOf, type Due } from "#lib/conduct/due";
import { readHealth } from "#lib/store/worker-health";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { renewalsDue } from "./desk";
import { allPlans } from "./plans";
import { readiness } from "./readiness";

/** What is this person's to do outside of any room, by its date. A rehearsing house asks nobody for readiness; workers and records for administrators. */
export async function due(me: string, roles: readonly Role[]): Promise<Due[]> {
  const asks = env().CLAVIGER_MODE === "production";
  const administers = roles.includes("administrator");
  const at = now().toISOString();
  const [plans, view] = await Promise.all([allPlans(), asks ? readiness(me) : null]);
  const [workers, renewals] = administers ? await Promise.all([readHealth(database()), renewalsDue(at)]) : [[], []];
  return dueOf({ plans, readiness: view, workers, renewals, me, now: at });
}
