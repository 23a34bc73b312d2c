import type { Ceremony } from "#lib/ceremony/ceremony";
import { book } from "#lib/operations/book";
import { drawRecord } from "#lib/pdf/draw-record";
import type { RecordSigner, TimeStamper } from "#lib/pdf/pades-cms";
import { sealPdf } from "#lib/pdf/seal-pdf";
import { drawable } from "#lib/pdf/undrawable-texts";
import { recordDocument } from "#lib/record/record";
import type { Transcript } from "#lib/record/transcript";
import type { Token } from "#lib/token/token";
import { RECORD_SIGNING_KEY, type Recorder } from "./recorder";

/** Draws the record of a closed ceremony from its transcript alone, and signs it with the record-signing key in the token. */
export async function sealedRecord(
  { token, recorder, now, timeStamp }: { token: Token; recorder: Recorder; now: Date; timeStamp: TimeStamper | null },
  transcript: Transcript,
  ceremony: Ceremony,
): Promise<Uint8Array> {
  const drawn = await drawRecord(drawable(recordDocument(transcript, ceremony, book)), {
    seal: { signer: `Claviger record signing ${ceremony.recorder?.token.serial ?? ""}`.trim(), signingTime: now },
  });
  const signer: RecordSigner = {
    algorithm: "ES256",
    certificate: recorder.recordSigningCertificate,
    chain: [recorder.certificate],
    sign: (data: Uint8Array) => token.sign(RECORD_SIGNING_KEY.id, "ES256", data),
  };
  return sealPdf(drawn, { signer, ...(timeStamp ? { timeStamp } : {}) });
}
