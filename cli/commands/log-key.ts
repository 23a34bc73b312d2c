import { NOTE_ECDSA, vkey } from "#lib/log/note";
import { broughtBySeal, foundRecorder, type TrustedRecorder } from "#lib/record/trusted-recorder";
import { verifyRecord } from "#lib/record/verify-record";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { readCertificate } from "#lib/x509/certificate";
import { NotDone, Unusable } from "./command";
import { bytesOf } from "./given-files";

/**
 * The verifier key of a log (C2SP signed-note) by its recorder's own certificate; whoever knows the recorder by a fingerprint or an organisation
 * brings a record as well, in which that certificate lies. Throws `Unusable` without one, and `NotDone` where the record is not good.
 */
export async function logKey(recorder: TrustedRecorder, origin: string, record: string | undefined): Promise<string> {
  const certificate = record === undefined ? whole(recorder) : await inRecord(recorder, bytesOf(record));
  return vkey({ name: origin, kind: NOTE_ECDSA, publicKey: readCertificate(certificate).spki });
}

function whole(recorder: TrustedRecorder): Uint8Array {
  if (recorder instanceof Uint8Array) return recorder;
  throw new Unusable("A log is signed with the recorder's own key, which neither a fingerprint nor an organisation's root is. Bring a record by that recorder as well.");
}

async function inRecord(recorder: TrustedRecorder, bytes: Uint8Array): Promise<Uint8Array> {
  const first = await verifyRecord(bytes, recorder, { verifier, inflate });
  const mode = first.about?.mode ?? "production";
  const { verdict, checks } = mode === "production" ? first : await verifyRecord(bytes, recorder, { verifier, inflate, mode });
  const bad = checks.find(({ ok }) => !ok);
  const { certificate } = await foundRecorder(recorder, broughtBySeal(bytes), verifier);
  if (verdict !== "good" || !certificate) throw new NotDone(`No key was taken from it: the record is not good (${bad ? `${bad.name}: ${bad.reason}` : "no check held"}).`);
  return certificate;
}
