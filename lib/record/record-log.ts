import { treeHeadIn } from "../log/checkpoint";
import { LOG_PROOF_FILE, logProofBytes, type LogProof } from "../log/log-proof";
import type { RecordDocument } from "./record-document";

/**
 * What a worker can prove of a transparency log when it seals a record: that the entries are in it; or nothing, because it keeps no
 * log (`none`), or the log does not hold them all or stands still (`behind`).
 */
export type RecordLog = LogProof | "none" | "behind";

/** The document with the proof among its files; or with a sentence that says why there is none, and how one is had later. */
export function withLog(document: RecordDocument, log: RecordLog): RecordDocument {
  const { verification, attachments } = document;
  const noted = (note: string) => ({ ...verification, notes: [...(verification.notes ?? []), note] });
  if (log === "none") return { ...document, verification: noted(NONE) };
  if (log === "behind") return { ...document, verification: noted(BEHIND) };
  const head = treeHeadIn(log.checkpoint);
  if (!head) throw new Error("a proof leads to a checkpoint");
  const file = {
    name: LOG_PROOF_FILE,
    mime: "text/plain",
    description: `That every entry is a leaf of the transparency log ${head.origin}: a batch proof and a checkpoint the recorder signed`,
    relationship: "Data" as const,
    bytes: logProofBytes(log),
  };
  const said = `Every entry is also a leaf of the transparency log ${head.origin}, which had ${String(head.size)} leaves when this record was sealed. The proof is attached, and --log ${head.origin} demands it.`;
  return { ...document, verification: noted(said), attachments: [...attachments, file] };
}

const NONE = "No proof from a transparency log is attached: the worker that sealed this record keeps none.";
const BEHIND = [
  "No proof from the transparency log is attached: when this record was sealed, the log did not yet hold every entry. ",
  "Once it does, claviger log prove makes the proof, and claviger verify takes it with --log-proof.",
].join("");
