import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { chainFault } from "../x509/certificate-chain";
import { organisationChain } from "./recorder-path";
import type { BringingEntry, TrustedRecorder } from "./trusted-recorder";
import type { Check } from "./verify-transcript";

const UNTIMED = [
  "No authority you trust says that the certificate of the recorder's key was still valid when the transcript was written:",
  "whoever has that key can have written it after the certificate ended, with earlier dates in it.",
].join(" ");

/**
 * An organisation's certificates that had ended when an authority whom the auditor trusts first stamped the entry that brings them, or one behind it:
 * the entry's own date is no more than the word of whoever has the recorder's key, and that key does not forget how to sign. Where nobody whom they trust
 * stamped anything, it is said that this was not examined. Nothing is said of a recorder that is known by itself.
 */
export async function endedWhenStamped(
  trusted: TrustedRecorder, brought: BringingEntry | null, stamped: readonly { readonly entry: number; readonly at: number }[], verifier: SignatureVerifier,
): Promise<Check[]> {
  const times = stamped.flatMap(({ entry, at }) => (brought && entry >= brought.entry ? [at] : []));
  if (!("organisation" in trusted) || !brought) return [];
  if (times.length === 0) return [{ name: "organisation", ok: true, examined: false, reason: UNTIMED }];
  const at = Math.min(...times);
  const fault = await chainFault(organisationChain(brought), at, verifier);
  if (fault === null) return [];
  const when = `An authority you trust first stamped the transcript at ${new Date(at).toISOString()}`;
  return [{ name: "organisation", ok: false, reason: `${when}. The certificate of the recorder's key was then not to be trusted: ${fault}.` }];
}
