import { readEndorsement } from "#lib/ceremony/read-endorsement";
import type { Mode } from "#lib/ceremony/roles";
import type { EndorsementPorts } from "#lib/conduct/endorsable-now";
import { readRosters, rosterInForce, type ReadRoster } from "#lib/conduct/roster-standing";
import { keepEndorsement, listEndorsements } from "#lib/store/endorsements";
import { listRosters } from "#lib/store/rosters";
import { findScript } from "#lib/store/scripts";
import { readHealth } from "#lib/store/worker-health";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import { env } from "../env";
import { database } from "./database";
import { world } from "./people-ports";

/** The published rosters of a mode, the newest first; what cannot be read is left out. */
export const rostersOf = async (mode: Mode): Promise<ReadRoster[]> => readRosters(await listRosters(database(), mode));

/** Everything kept about a document that can be read at all. */
export const endorsementsOf = async (document: string) =>
  (await listEndorsements(database(), document)).flatMap((bytes) => {
    const read = readEndorsement(bytes);
    return read ? [read] : [];
  });

/** Hashes of the rosters that workers say they trust. */
export async function trustedByWorkers(): Promise<ReadonlySet<string>> {
  const said = (await readHealth(database())).flatMap(({ facts }) => facts["pinned"]);
  return new Set(said.filter((hash): hash is string => typeof hash === "string"));
}

/** The roster of a mode that counts now, or null before the first. */
export async function inForce(mode: Mode, rosters?: readonly ReadRoster[]): Promise<ReadRoster | null> {
  const [known, trusted] = await Promise.all([rosters ?? rostersOf(mode), trustedByWorkers()]);
  return rosterInForce(known, { verifier: webCryptoVerifier, endorsements: endorsementsOf, trusted, now: now().toISOString() });
}

/** What the verbs of endorsing stand on. */
export const endorsementPorts = (): EndorsementPorts => ({
  verifier: webCryptoVerifier,
  world,
  rosters: () => rostersOf(env().CLAVIGER_MODE),
  inForce: () => inForce(env().CLAVIGER_MODE),
  script: (hash) => findScript(database(), hash),
  endorsements: endorsementsOf,
  keep: (endorsement) => keepEndorsement(database(), endorsement),
});
