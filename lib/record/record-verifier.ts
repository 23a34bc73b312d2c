import { sha256Hex } from "../log/digest";
import type { RecordDocument } from "./record-document";
import { VERIFIER_FILE } from "./record-files";

/**
 * The document with the page that checks it among its files; or with a sentence that says there is none. The page is the
 * sealer's word like everything that is sealed: its hash is printed, to be compared with the published one.
 */
export function withVerifier(document: RecordDocument, page: Uint8Array | null): RecordDocument {
  const { verification, attachments } = document;
  const noted = (note: string) => ({ ...verification, notes: [...(verification.notes ?? []), note] });
  if (page === null) return { ...document, verification: noted(NONE) };
  const file = {
    name: VERIFIER_FILE,
    mime: "text/html",
    description: "The verifier as one page: opened in a browser without a network, it checks this record",
    relationship: "Supplement" as const,
    bytes: page,
  };
  const hash = sha256Hex(page).match(/.{4}/g)?.join(" ") ?? "";
  const said = [
    `The page ${VERIFIER_FILE}, attached, checks this record in a browser without a network. Before you believe the copy in here, `,
    `compare its SHA-256 (${hash}) with what claviger verifier says of the same release on a machine you trust.`,
  ].join("");
  return { ...document, verification: noted(said), attachments: [...attachments, file] };
}

const NONE =
  "The verifier's own page is not attached: none had been built where this record was sealed. claviger verifier makes it.";
