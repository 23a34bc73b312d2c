import { replay } from "../ceremony/replay";
import type { SignatureVerifier } from "../ceremony/signature-verifier";
import { book } from "../operations/book";
import { firstRevision } from "./archive-revision";
import type { PackedParts } from "./evidence-pack";
import { readAttachments, type Inflate } from "./pdf-attachments";
import { readPdf } from "./read-pdf";
import { readTranscript, TRANSCRIPT_FILE } from "./transcript";

/**
 * What an evidence pack is made of, out of the record alone; null where the transcript inside is not one that the rules admit. Throws
 * `Malformed` for a file that is no record.
 */
export async function packedParts(
  record: Uint8Array, ports: { readonly verifier: SignatureVerifier; readonly inflate: Inflate },
): Promise<PackedParts | null> {
  const attached = await readAttachments(readPdf(firstRevision(record)), ports.inflate);
  const transcript = readTranscript(attached.get(TRANSCRIPT_FILE)?.bytes ?? new Uint8Array());
  const replayed = transcript.ok ? await replay(ports.verifier, book, transcript.value.bytes) : null;
  return replayed?.ok && replayed.value ? { record, attached, ceremony: replayed.value } : null;
}
