import type { Library } from "#lib/conduct/open-ceremony";
import { findRoster } from "#lib/store/rosters";
import { findScript } from "#lib/store/scripts";
import { database } from "./database";
import { rehearsalsOf } from "./rehearsals";
import { endorsementsOf, inForce } from "./rosters";

/** What a ceremony is opened from: published scripts and rosters, who endorsed them, and what was rehearsed. */
export const library = (): Library => ({
  script: (hash) => findScript(database(), hash),
  roster: (hash) => findRoster(database(), hash),
  inForce: async (hash) => {
    const roster = await findRoster(database(), hash);
    return roster !== null && (await inForce(roster.mode))?.row.hash === hash;
  },
  // Nobody's names are asked for.
  rehearsals: (hash) => rehearsalsOf(hash, ""),
  endorsements: endorsementsOf,
});
