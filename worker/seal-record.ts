import type { Ceremony } from "#lib/ceremony/ceremony";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import { book } from "#lib/operations/book";
import { drawRecord } from "#lib/pdf/draw-record";
import type { RecordSigner, TimeStamper } from "#lib/pdf/pades-cms";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { drawable } from "#lib/pdf/undrawable-texts";
import { recordDocument } from "#lib/record/record";
import { withLog, type RecordLog } from "#lib/record/record-log";
import { withVerifier } from "#lib/record/record-verifier";
import { verifyRecord } from "#lib/record/verify-record";
import type { Transcript } from "#lib/record/transcript";
import type { Token } from "#lib/token/token";
import { inflate } from "#lib/webcrypto/inflate";
import { RECORD_SIGNING_KEY, type Recorder } from "./recorder";

interface Sealer {
  readonly token: Token;
  readonly recorder: Recorder;
  readonly now: Date;
  readonly timeStamp: TimeStamper | null;
  readonly verifier: SignatureVerifier;
  /** The page that checks records, to lie in this one; null where none was built. */
  readonly verifierPage: Uint8Array | null;
}

/**
 * Draws the record of a closed ceremony from its transcript alone, with what is proved of the log, and signs it with the record-signing key in the token. Throws
 * for a record that its own verifier would call bad, and whatever token and time-stamp authority throw.
 */
export async function sealedRecord(
  { token, recorder, now, timeStamp, verifier, verifierPage }: Sealer,
  transcript: Transcript,
  ceremony: Ceremony,
  log: RecordLog,
): Promise<Uint8Array> {
  const document = withVerifier(withLog(recordDocument(transcript, ceremony, book), log), verifierPage);
  const drawn = await drawRecord(drawable(document), {
    seal: { signer: `Claviger record signing ${ceremony.recorder?.token.serial ?? ""}`.trim(), signingTime: now },
  });
  const signer: RecordSigner = {
    algorithm: "ES256",
    certificate: recorder.recordSigningCertificate,
    chain: [recorder.certificate],
    sign: (data: Uint8Array) => token.sign(RECORD_SIGNING_KEY.id, "ES256", data),
  };
  const sealed = await sealPdf(drawn, { signer, ...(timeStamp ? { timeStamp } : {}) });
  const fault = await recordFault(sealed, ceremony, recorder, verifier);
  if (fault !== null) throw new Error(`the record of ${ceremony.id} does not pass its own verifier: ${fault}`);
  return sealed;
}

/**
 * Why a PDF is not the record of that ceremony by that recorder, or null: what an auditor's verifier says of it. A record cannot
 * be taken back, so none is kept that the verifier would call bad.
 */
export async function recordFault(
  pdf: Uint8Array,
  { id, head, mode }: Ceremony,
  recorder: Recorder,
  verifier: SignatureVerifier,
): Promise<string | null> {
  const { checks, about } = await verifyRecord(pdf, recorder.certificate, { verifier, inflate, mode });
  const bad = checks.find(({ ok }) => !ok);
  if (bad) return `${bad.name}: ${bad.reason}`;
  if (about?.ceremony !== id) return "it is the record of another ceremony";
  return about.head === head.hash ? null : "it tells of another transcript";
}
