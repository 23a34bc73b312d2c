import { hex } from "../log/digest";
import { bytesOfWords } from "../log/words";

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
