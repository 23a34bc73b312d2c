import { dutiesToAccept } from "#lib/ceremony/endorsement";
import { readEndorsement } from "#lib/ceremony/read-endorsement";
import type { Mode } from "#lib/ceremony/roles";
import type { Script } from "#lib/ceremony/script";
import type { EndorsementPorts } from "#lib/conduct/endorsable-now";
import { parseCanonical } from "#lib/log/canonical";
import { readRosters, rosterInForce, type ReadRoster } from "#lib/conduct/roster-standing";
import { giveChallenge, takeChallenge } from "#lib/store/challenges";
import { keepEndorsement, listEndorsements, listOwnStatements } from "#lib/store/endorsements";
import { listRosters } from "#lib/store/rosters";
import { findScript, listScripts } from "#lib/store/scripts";
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

const MINUTES_OF_A_TEST = 10;
const testOf = (person: string, passkey: string) => `test/${person}/${passkey}`;

/** The words of duties that a published script names, by their hash; null where none does. */
async function dutiesNamed(hash: string): Promise<string | null> {
  for (const { bytes } of await listScripts(database())) {
    const says = (parseCanonical(bytes) as unknown as Script).duties?.says;
    if (says !== undefined && dutiesToAccept(says).hash === hash) return says;
  }
  return null;
}

/** What people said of themselves, as far as it can be read at all. */
export const ownStatements = async (what: "duties" | "passkey") =>
  (await listOwnStatements(database(), what)).flatMap((bytes) => {
    const read = readEndorsement(bytes);
    return read ? [read] : [];
  });

/** What the verbs of endorsing stand on. */
export const endorsementPorts = (): EndorsementPorts => ({
  verifier: webCryptoVerifier,
  world,
  rosters: () => rostersOf(env().CLAVIGER_MODE),
  inForce: () => inForce(env().CLAVIGER_MODE),
  script: (hash) => findScript(database(), hash),
  endorsements: endorsementsOf,
  duties: dutiesNamed,
  nonces: {
    give: async (person, passkey, nonce) => {
      const at = now();
      const expiresAt = new Date(at.getTime() + MINUTES_OF_A_TEST * 60_000);
      await giveChallenge(database(), { id: testOf(person, passkey), purpose: "test", challenge: nonce, expiresAt }, at);
    },
    take: (person, passkey) => takeChallenge(database(), testOf(person, passkey), "test", now()),
  },
  keep: (endorsement) => keepEndorsement(database(), endorsement),
});
