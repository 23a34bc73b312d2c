import { inflateAtMost } from "./pdf-attachments";
import { asEdition, verifyEdition } from "./verify-edition";
import { looksLikeZip } from "./read-zip";
import { verifyPack } from "./verify-pack";
import type { TrustedRecorder } from "./trusted-recorder";
import { verifyRecord, type RecordPorts, type Verification } from "./verify-record";

/** Bytes that a file may unpack to, everything that is unpacked twice counted twice: far more than any record's. */
const MOST_INFLATED = 512 * 1024 * 1024;

/**
 * Checks whatever an auditor was handed: a sealed record, a redacted edition of one, or an evidence pack with either in it. Which it
 * is, is told by what it holds and never by its name. Total: never throws for what is in the file.
 */
export async function verifyFile(bytes: Uint8Array, recorder: TrustedRecorder, trusted: RecordPorts): Promise<Verification> {
  const ports = { ...trusted, inflate: inflateAtMost(MOST_INFLATED, trusted.inflate) };
  const judge = async (pdf: Uint8Array): Promise<Verification> => {
    const edition = await asEdition(pdf, ports.inflate);
    return edition ? verifyEdition(pdf, edition, recorder, ports) : verifyRecord(pdf, recorder, ports);
  };
  return looksLikeZip(bytes) ? verifyPack(bytes, judge, ports) : judge(bytes);
}
