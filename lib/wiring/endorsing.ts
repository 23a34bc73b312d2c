import { dutiesToAccept } from "#lib/ceremony/endorsement";
import type { Script } from "#lib/ceremony/script";
import type { EndorsementPorts } from "#lib/conduct/endorsable-now";
import { isAwaitedGrant } from "#lib/conduct/kept-grant";
import { paperToSign, type PaperPorts } from "#lib/conduct/paper-to-sign";
import { parseCanonical } from "#lib/log/canonical";
import { giveChallenge, takeChallenge } from "#lib/store/challenges";
import { keepEndorsement } from "#lib/store/endorsements";
import { findPaper } from "#lib/store/register-papers";
import { findScript, listScripts } from "#lib/store/scripts";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import { env } from "../env";
import { keptGrants } from "./accounts";
import { database } from "./database";
import { world } from "./people-ports";
import { isFindingOpen, register } from "./register";
import { endorsementsOf, inForce, rostersOf } from "./rosters";

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

const paperPorts: PaperPorts = {
  find: (paper) => findPaper(database(), paper),
  register,
  isOpen: isFindingOpen,
  isAwaited: async (grant) => isAwaitedGrant(await keptGrants(), grant),
};

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
  paper: (what, hash, person) => paperToSign(paperPorts, what, hash, person),
  keep: (endorsement) => keepEndorsement(database(), endorsement),
});
