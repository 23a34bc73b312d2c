import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { toldWithin, type SealCertificate } from "#lib/record/seal-certificate";
import { readCertificate } from "#lib/x509/certificate";
import { organisationChain, type KeepsChains, type PinnedOrganisation } from "./organisation-chain";
import type { Recorder } from "./recorder";
import { certificateEnded, certificateEnds, certificateGone, watching } from "./said";
import type { Said } from "./health";

/**
 * Under what this worker would seal now, and until when: every certificate of the chain has to be good, and the recorder's own too, for the record
 * is held against both. Where an organisation is pinned of which none is good there is no end to say.
 */
export async function sealsUntil(
  memory: KeepsChains, pinned: PinnedOrganisation | null, recorder: Recorder, at: Date, verifier: SignatureVerifier,
): Promise<SealCertificate> {
  const earliest = (certificates: readonly Uint8Array[]) => new Date(Math.min(...certificates.map((der) => readCertificate(der).notAfter))).toISOString();
  if (!pinned) return { of: "recorder", until: earliest([recorder.certificate, recorder.recordSigningCertificate]) };
  const chain = await organisationChain(memory, pinned, recorder.spki, at, verifier);
  return { of: "organisation", until: chain && earliest([...chain, recorder.certificate]) };
}

/** What a worker that is ready says of itself: once the end is near or over, that too, anew at each of the days at which people are told. */
export function readySaid(serial: string, seal: SealCertificate | null, now: Date): Said {
  const within = seal && toldWithin(seal, now.toISOString());
  if (!seal || within === null) return watching(serial);
  if (seal.until === null) return certificateGone(serial);
  const end = Date.parse(seal.until);
  // One that ends at the first second of a day is of no use on that day (RFC 5280, 4.1.2.5: the second itself is still good).
  const lastDay = new Date(end - 1000).toISOString().slice(0, 10);
  return now.getTime() > end ? certificateEnded(serial, lastDay) : certificateEnds(serial, lastDay, within);
}
