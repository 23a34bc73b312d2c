import { readFileSync, writeFileSync } from "node:fs";
import { sha256Hex } from "#lib/log/digest";
import { logProofBytes, type LogProof } from "#lib/log/log-proof";
import type { NoteKey } from "#lib/log/note";
import { proveLeaves } from "#lib/log/prove-leaves";
import { firstRevision } from "#lib/record/archive-revision";
import { readAttachments } from "#lib/record/pdf-attachments";
import { readPdf } from "#lib/record/read-pdf";
import { TRANSCRIPT_FILE, readTranscript } from "#lib/record/transcript";
import { leavesOf } from "#lib/record/verify-log-proof";
import { inflate } from "#lib/webcrypto/inflate";
import { webCryptoVerifier } from "#lib/webcrypto/web-crypto-verifier";
import { NotDone, Unusable, type ExitCode } from "./command";
import { LOG_TROUBLES, sourceAt } from "./log-source";

/**
 * `claviger log prove`: the proof that a record's entries are in a log, for a record that was sealed before the log had them. The
 * seal is not looked at here: `claviger verify` holds the proof against the transcript under it.
 */
export async function proveRecord(record: string, url: string, key: NoteKey, out: string): Promise<ExitCode> {
  const leaves = await leavesIn(record);
  const proof = await proveLeaves(sourceAt(url), { origin: key.name, keys: [key] }, leaves, webCryptoVerifier);
  if (proof === "absent") throw new NotDone(`The log ${key.name} does not hold all ${String(leaves.length)} entries of this record.`);
  if ("trouble" in proof) throw new NotDone(`${LOG_TROUBLES[proof.trouble]} Nothing was written.`);
  write(out, proof);
  console.log(`${String(leaves.length)} entries are in the log ${key.name}. The proof is in ${out}: claviger verify … --log-proof ${out}`);
  return 0;
}

async function leavesIn(record: string): Promise<readonly Uint8Array[]> {
  const unusable = (why: string) => new Unusable(`${record} is no record whose entries could be looked up (${why}).`);
  const attached = await Promise.resolve()
    .then(() => readAttachments(readPdf(firstRevision(new Uint8Array(readFileSync(record)))), inflate))
    .catch((fault: unknown) => {
      throw unusable(fault instanceof Error ? fault.message : "unreadable");
    });
  const transcript = readTranscript(attached.get(TRANSCRIPT_FILE)?.bytes ?? new Uint8Array());
  if (!transcript.ok) throw unusable(transcript.refusal.sentence);
  const { entries, bytes } = transcript.value;
  const [opening] = entries;
  if (!opening) throw unusable("there is no entry");
  return leavesOf({ ceremony: opening.ceremony, hashes: bytes.map(sha256Hex) });
}

/** Never over a file that is there. */
function write(out: string, proof: LogProof): void {
  try {
    writeFileSync(out, logProofBytes(proof), { flag: "wx" });
  } catch (fault) {
    throw new Unusable(`${out} cannot be written (${(fault as NodeJS.ErrnoException).code ?? "no place"}).`);
  }
}
