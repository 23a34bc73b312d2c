import { fromBase64url } from "../log/digest";
import { readAttachments, type Inflate } from "./pdf-attachments";
import type { PdfFile } from "./read-pdf";
import { readTimeStamp, type TimeStamp } from "./time-stamp";
import { readTranscript, TRANSCRIPT_FILE } from "./transcript";

/**
 * The time stamps inside a record's transcript, read and not judged: whose certificates a renewal asks about, and a verifier may find
 * evidence of. What cannot be read is left out; that it is no time stamp is found where the transcript is judged.
 */
export async function entryStampsIn(record: PdfFile, inflate: Inflate): Promise<TimeStamp[]> {
  try {
    const read = readTranscript((await readAttachments(record, inflate)).get(TRANSCRIPT_FILE)?.bytes ?? new Uint8Array());
    return (read.ok ? read.value.entries : []).flatMap((entry) => (entry.kind === "time-stamped" ? stampOf(entry.body.token) : []));
  } catch {
    return [];
  }
}

function stampOf(token: string): TimeStamp[] {
  try {
    return [readTimeStamp(fromBase64url(token))];
  } catch {
    return [];
  }
}
