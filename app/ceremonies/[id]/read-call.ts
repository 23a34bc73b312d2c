import { readEntry, recorderBytes, type Body } from "#lib/ceremony/entry";
import type { SignatureVerifier } from "#lib/ceremony/signature-verifier";
import type { RoomView } from "#lib/conduct/room";
import { fromBase64url, sameBytes, sha256Hex, utf8 } from "#lib/log/digest";
import { readCertificate } from "#lib/x509/certificate";

/** A call of the worker that this browser has checked: its key may be encrypted to. */
export type CheckedCall = { readonly hash: string; readonly nonce: string; readonly body: Body<"secrets-invited"> };

/**
 * Reads the worker's call for secrets and checks it here, before anything is typed into it: that it is of this ceremony and this
 * step, and that the recorder signed it with the key in the certificate whose fingerprint the room shows. Null when any of it
 * fails.
 */
export async function readCall(
  { secrets, id, current, recorder }: RoomView,
  verifier: SignatureVerifier,
): Promise<CheckedCall | null> {
  if (!secrets || !recorder) return null;
  try {
    const read = readEntry(utf8(secrets.call));
    if (!read.ok || read.value.entry.kind !== "secrets-invited") return null;
    const { entry, hash } = read.value;
    if (entry.ceremony !== id || entry.body.step !== current || entry.signature === null) return null;
    const [spki, certificate] = [fromBase64url(secrets.recorder.spki), fromBase64url(secrets.recorder.certificate)];
    if (sha256Hex(certificate) !== recorder.fingerprint || !sameBytes(readCertificate(certificate).spki, spki)) return null;
    const signed = await verifier.verify("ES256", spki, recorderBytes(entry), fromBase64url(entry.signature));
    return signed ? { hash, nonce: secrets.nonce, body: entry.body } : null;
  } catch {
    // Whatever cannot be read is not what the worker signed.
    return null;
  }
}
