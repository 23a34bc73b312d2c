import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { chainFault } from "../x509/certificate-chain";
import { organisationChain } from "./recorder-path";
import type { BringingEntry, TrustedRecorder } from "./trusted-recorder";
import type { Check } from "./verify-transcript";

/**
 * An organisation's certificates that had ended when an authority whom the auditor trusts first stamped the entry that brings them, or one behind it:
 * the entry's own date is no more than the word of whoever has the recorder's key, and that key does not forget how to sign. Nothing is said where nobody
 * whom they trust stamped anything, nor of a recorder that is known by itself.
 */
export async function endedWhenStamped(
  trusted: TrustedRecorder, brought: BringingEntry | null, stamped: readonly { readonly entry: number; readonly at: number }[], verifier: SignatureVerifier,
): Promise<Check[]> {
  const times = stamped.flatMap(({ entry, at }) => (brought && entry >= brought.entry ? [at] : []));
  if (!("organisation" in trusted) || !brought || times.length === 0) return [];
  const at = Math.min(...times);
  const fault = await chainFault(organisationChain(brought), at, verifier);
  if (fault === null) return [];
  const when = `An authority you trust first stamped the transcript at ${new Date(at).toISOString()}`;
  return [{ name: "organisation", ok: false, reason: `${when}. The certificate of the recorder's key was then not to be trusted: ${fault}.` }];
}
