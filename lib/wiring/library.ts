import type { Library } from "#lib/conduct/open-ceremony";
import { earlierCeremonies } from "#lib/store/earlier-ceremonies";
import { findPlan, pointAtCeremony } from "#lib/store/plans";
import { findRoster } from "#lib/store/rosters";
import { findEditions, findScript } from "#lib/store/scripts";
import { readHealth } from "#lib/store/worker-health";
import { database } from "./database";
import { rehearsalsOfScript } from "./rehearsals";
import { endorsementsOf, inForce, ownStatements } from "./rosters";
import { servedSecondScreen } from "./second-screen";

/** What a ceremony is opened from: published scripts and rosters, who endorsed them, and what was rehearsed. */
export const library = (): Library => ({
  script: (hash) => findScript(database(), hash),
  editions: (script) => findEditions(database(), script),
  roster: (hash) => findRoster(database(), hash),
  inForce: async (hash) => {
    const roster = await findRoster(database(), hash);
    return roster !== null && (await inForce(roster.mode))?.row.hash === hash;
  },
  rehearsals: rehearsalsOfScript,
  endorsements: endorsementsOf,
  ownStatements,
  workers: () => readHealth(database()),
  planSaid: (plan) => findPlan(database(), plan),
  earlier: () => earlierCeremonies(database()),
  secondScreen: servedSecondScreen,
  fromPlan: async (id, { ceremony, scriptHash, by }) => {
    const plan = await findPlan(database(), id);
    if (plan?.scriptHash !== scriptHash || plan.draft) return "overtaken";
    return pointAtCeremony(database(), id, ceremony, { kind: "plan-used", by, facts: { plan: id, ceremony } });
  },
});
