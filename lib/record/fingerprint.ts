import { hex, sha256Hex } from "../log/digest";
import { bytesOfWords } from "../log/words";
import { Malformed } from "#lib/x509/malformed";
import { firstRevision } from "./archive-revision";
import { readSignedData } from "./cms";
import { cmsOf, readSignature } from "./pdf-signature";
import { readPdf } from "./read-pdf";

const BYTES = 32;

/**
 * A SHA-256 fingerprint as it stands in minutes: 64 hex digits, in groups or not, or its 32 words. Answers lower-case hex; null
 * for anything else, with a word misheard among them.
 */
export function readFingerprint(typed: string): string | null {
  const digits = typed.toLowerCase().replace(/[\s:.·-]/g, "");
  if (/^[0-9a-f]{64}$/.test(digits)) return digits;
  const bytes = bytesOfWords(typed);
  return bytes?.length === BYTES ? hex(bytes) : null;
}

/**
 * The certificate with that fingerprint among those the seal of a record brings along, or null. Where a certificate comes from
 * does not matter once its hash is the one in the minutes; never throws for what is in the file.
 */
export function certificateInSeal(pdf: Uint8Array, fingerprint: string): Uint8Array | null {
  try {
    const { certificates } = readSignedData(cmsOf(readSignature(readPdf(firstRevision(pdf)))));
    return certificates.find(({ der }) => sha256Hex(der) === fingerprint)?.der ?? null;
  } catch (fault) {
    if (fault instanceof Malformed) return null;
    throw fault;
  }
}
