import { ok, type Result } from "../result";
import type { VerifiedAssertion } from "./assertion";
import { roleOf, type Ceremony } from "./ceremony";
import { no, type Refusal } from "./refusal";
import { passkeyOf, type Passkey } from "./roster";
import type { Script } from "./script";

type Flags = Pick<VerifiedAssertion, "backupEligible" | "backedUp">;

/**
 * Whether a passkey is of the kind that a script admits: by what the roster says of it and, where it has signed, by the flags
 * that the authenticator itself signed. Refuses PASSKEY-POLICY with what is wrong with it.
 */
export function checkPasskey(policy: Script["passkeys"], passkey: Passkey, flags: Flags | null): Result<Passkey, Refusal> {
  const wrong = (problem: string) => no("PASSKEY-POLICY", { passkey: passkey.id, problem });
  if (policy?.synced === false) {
    if (passkey.synced) return wrong("it may be synced, as the roster says");
    if (flags && (flags.backupEligible || flags.backedUp)) return wrong("it may be synced, as its authenticator says");
  }
  if (policy?.attested && passkey.attestation?.proof !== "root") return wrong("nobody the house trusts vouches for its authenticator");
  if (policy?.models && !policy.models.includes(passkey.aaguid)) return wrong("its authenticator is of no model that is admitted");
  return ok(passkey);
}

/** Whoever signs as a custodian in production signs with a passkey of the kind that the script admits. */
export function checkSigner(ceremony: Ceremony, assertion: VerifiedAssertion | null): Result<null, Refusal> {
  if (!assertion || ceremony.mode !== "production") return ok(null);
  const found = passkeyOf(ceremony.roster, assertion.credentialId);
  if (!found || roleOf(ceremony, found.person.person) !== "custodian") return ok(null);
  const kind = checkPasskey(ceremony.script.passkeys, found.passkey, assertion);
  return kind.ok ? ok(null) : kind;
}
