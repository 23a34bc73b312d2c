import { fromBase64url, sha256Hex } from "#lib/log/digest";
import { readFingerprint } from "#lib/record/fingerprint";
import { readCertificate } from "#lib/x509/certificate";
import { Malformed } from "#lib/x509/malformed";
import { fromPem } from "#lib/x509/pem";

/**
 * The public key of the recorder whom an auditor knows, out of the certificate that was typed or of that one among those given which has
 * the fingerprint that was typed; null for neither.
 */
export function recorderKey(typed: string, given: readonly string[]): Uint8Array | null {
  const fingerprint = readFingerprint(typed);
  try {
    if (fingerprint === null) return readCertificate(fromPem(typed, "CERTIFICATE")).spki;
    const found = given.map((one) => fromBase64url(one)).find((der) => sha256Hex(der) === fingerprint);
    return found ? readCertificate(found).spki : null;
  } catch (fault) {
    if (fault instanceof Malformed || fault instanceof RangeError) return null;
    throw fault;
  }
}
