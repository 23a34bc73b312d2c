import { LOG_PROOF_FILE } from "../log/log-proof";
import { sha256Hex } from "../log/digest";
import type { PdfAttachment } from "./pdf-attachments";
import { ATTESTATIONS_FILE } from "./authenticator-attestations";
import { RECORD_MANIFEST_FILE } from "./record-manifest";
import { DERIVED_FILES } from "./record-parts";
import { TRANSCRIPT_FILE } from "./transcript";
import type { Check } from "./verify-transcript";

/** The stand-alone verifier, as one page that loads nothing. What it says of the record it came in is the sealer's word. */
export const VERIFIER_FILE = "claviger-verifier.html";

/** Every file that a record may carry. One with another name would be sealed, and looked at by nobody. */
export const RECORD_FILES: readonly string[] = [TRANSCRIPT_FILE, LOG_PROOF_FILE, VERIFIER_FILE, ...Object.values(DERIVED_FILES), ATTESTATIONS_FILE, RECORD_MANIFEST_FILE];

/** Those that nothing carries without a manifest. */
export const MANIFESTED_FILES: readonly string[] = [...Object.values(DERIVED_FILES), ATTESTATIONS_FILE];

/** Nothing may be inside that this verifier does not know; what is there is told with its hash. */
export function attachmentsCheck(attached: ReadonlyMap<string, Pick<PdfAttachment, "bytes">>, known = RECORD_FILES): Check {
  const name = "attachments";
  const strange = [...attached.keys()].filter((file) => !known.includes(file));
  if (strange.length > 0) {
    return { name, ok: false, reason: `Attached is what no record carries that this verifier knows: ${strange.join(", ")}.` };
  }
  const told = [...attached].map(([file, { bytes }]) => `${file} (SHA-256 ${sha256Hex(bytes)})`).join(", ");
  return { name, ok: true, reason: attached.size === 0 ? "Nothing is attached." : `Nothing is attached but ${told}.` };
}
