import { readEndorsement } from "#lib/ceremony/read-endorsement";
import type { Mode } from "#lib/ceremony/roles";
import { readRosters, rosterInForce, type ReadRoster } from "#lib/conduct/roster-standing";
import { listEndorsements, listOwnStatements } from "#lib/store/endorsements";
import { listRosters } from "#lib/store/rosters";
import { readHealth } from "#lib/store/worker-health";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import { database } from "./database";

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

/** What people said of themselves, as far as it can be read at all. */
export const ownStatements = async (what: "duties" | "passkey") =>
  (await listOwnStatements(database(), what)).flatMap((bytes) => {
    const read = readEndorsement(bytes);
    return read ? [read] : [];
  });
