import type { Ceremony } from "#lib/ceremony/ceremony";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { drawnRecord } from "#lib/pdf/drawn-record";
import type { RecordSigner, TimeStamper } from "#lib/pdf/pades-cms";
import { redrawRecord } from "#lib/pdf/redraw-record";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { archived } from "#lib/record/archive-revision";
import { attestationsFile, attestedPasskeys, type KeptAttestation } from "#lib/record/authenticator-attestations";
import { readPdf } from "#lib/record/read-pdf";
import type { RecordLog } from "#lib/record/record-log";
import type { TrustedRecorder } from "#lib/record/trusted-recorder";
import { verifyRecord } from "#lib/record/verify-record";
import type { Transcript } from "#lib/record/transcript";
import type { Token } from "#lib/token/token";
import { inflate } from "#lib/webcrypto/inflate";
import { organisationChain, type KeepsChains, type OrganisationChain, type PinnedOrganisation } from "./organisation-chain";
import { RECORD_SIGNING_KEY, signAsRecorder, type Recorder } from "./recorder";

interface Sealer {
  readonly token: Token;
  readonly recorder: Recorder;
  readonly memory: KeepsChains;
  readonly organisation: PinnedOrganisation | null;
  readonly now: Date;
  /** The first stamps the seal, the second everything over it. */
  readonly timeStamps: readonly TimeStamper[];
  readonly verifier: SignatureVerifier;
  /** The page that checks records, to lie in this one; null where none was built. */
  readonly verifierPage: Uint8Array | null;
  /** What is kept of the enrolments of these passkeys. It is believed by the hashes in the roster alone. */
  readonly attestations: (passkeys: readonly string[]) => Promise<readonly KeptAttestation[]>;
}

/**
 * Draws the record of a closed ceremony from its transcript alone, with what is proved of the log, and signs it in the token: with the recorder key
 * where an organisation has certified it, else with the record-signing key. Throws for a record that its own verifier would call bad, and whatever token and time-stamp authority throw.
 */
export async function sealedRecord(
  { token, recorder, memory, organisation, now, timeStamps, verifier, verifierPage, attestations }: Sealer,
  transcript: Transcript,
  ceremony: Ceremony,
  log: RecordLog,
): Promise<Uint8Array> {
  const kept = await attestations(attestedPasskeys(ceremony).map(({ id }) => id));
  const attested = await attestationsFile(kept, ceremony, verifier);
  const drawn = await drawnRecord({ transcript, ceremony, log, verifierPage, attestations: attested, signingTime: now });
  const certified = await organisationChain(memory, organisation, recorder.spki, now, verifier);
  const signer = certified ? certifiedSigner(token, recorder, certified) : ownSigner(token, recorder);
  const [first, second] = timeStamps;
  const once = await sealPdf(drawn, { signer, ...(first && { timeStamp: first }) });
  const sealed = second ? await archived(once, readPdf(once), { certificates: [], revocationLists: [], responses: [] }, second) : once;
  const byItself = await recordFault(sealed, ceremony, recorder.certificate, verifier);
  const fault = byItself ?? (certified && organisation ? await recordFault(sealed, ceremony, { organisation: { sha256: organisation.root }, name: organisation.name }, verifier) : null);
  if (fault !== null) throw new Error(`the record of ${ceremony.id} does not pass its own verifier: ${fault}`);
  return sealed;
}

const ownSigner = (token: Token, { certificate, recordSigningCertificate }: Recorder): RecordSigner => ({
  algorithm: "ES256",
  certificate: recordSigningCertificate,
  chain: [certificate],
  sign: (data) => token.sign(RECORD_SIGNING_KEY.id, "ES256", data),
});

/** The recorder's own certificate goes along: whoever knows the recorder by its fingerprint finds it there. */
const certifiedSigner = (token: Token, { certificate: own }: Recorder, [certificate, ...above]: OrganisationChain): RecordSigner => ({
  algorithm: "ES256",
  certificate,
  chain: [...above, own],
  path: above,
  sign: (data) => signAsRecorder(token, data),
});

/**
 * Why a PDF is not the record of that ceremony by that recorder, or null: what an auditor's verifier says of it. A record cannot
 * be taken back, so none is kept that the verifier would call bad.
 */
export async function recordFault(
  pdf: Uint8Array,
  { id, head, mode }: Ceremony,
  recorder: TrustedRecorder,
  verifier: SignatureVerifier,
): Promise<string | null> {
  const { checks, about } = await verifyRecord(pdf, recorder, { verifier, inflate, mode, redraw: redrawRecord() });
  const bad = checks.find(({ ok }) => !ok);
  if (bad) return `${bad.name}: ${bad.reason}`;
  if (about?.ceremony !== id) return "it is the record of another ceremony";
  return about.head === head.hash ? null : "it tells of another transcript";
}
