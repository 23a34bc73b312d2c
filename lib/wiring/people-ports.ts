import { readFileSync } from "node:fs";
import type { PeoplePorts } from "#lib/conduct/people-ports";
import type { World } from "#lib/conduct/ports";
import { canDraw } from "#lib/pdf/typefaces";
import type { Database } from "#lib/store/database";
import { peopleStore } from "#lib/store/people-store";
import { attestationRoots } from "#lib/webauthn/passkey-attestation";
import { registrationOptions, verifyRegistration } from "#lib/webauthn/passkey-registration";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { now } from "../clock";
import type { Env } from "../env";

export const world: World = { now, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)), undrawable: canDraw };

/** What the verbs about people and access stand on, in the app and at the console. */
export function peoplePortsOf(
  db: Database,
  { RP_ID, APP_ORIGIN, ATTESTATION_ROOTS_FILE }: Pick<Env, "RP_ID" | "APP_ORIGIN" | "ATTESTATION_ROOTS_FILE">,
): PeoplePorts {
  const rp = { id: RP_ID, origin: APP_ORIGIN, name: "Claviger" };
  const registration: PeoplePorts["registration"] = {
    options: (asked) => registrationOptions(rp, asked),
    verify: (answer, challenge) => verifyRegistration(rp, answer, challenge, rootsIn(ATTESTATION_ROOTS_FILE)),
  };
  return { people: peopleStore(db), registration, verifier: webCryptoVerifier, world, rp };
}

/** Read at each enrolment, so that a maker can be added without a restart; there are few. */
const rootsIn = (file: string | undefined) => (file === undefined ? [] : attestationRoots(readFileSync(file, "utf8")));
