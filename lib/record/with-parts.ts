import type { Ceremony } from "../ceremony/ceremony";
import { ATTESTATIONS_FILE } from "./authenticator-attestations";
import type { RecordAttachment, RecordDocument } from "./record-document";
import { manifestBytes, RECORD_MANIFEST_FILE } from "./record-manifest";
import { derivedParts } from "./record-parts";
import type { Transcript } from "./transcript";

/**
 * The document with everything that lies in it beside the transcript: the parts of the transcript as files of their own, the attestations
 * of authenticators (the bytes of their file; null for none), and last the manifest of all the others. Nothing is attached after it.
 */
export function withParts(document: RecordDocument, { entries }: Transcript, ceremony: Ceremony, attestations: Uint8Array | null): RecordDocument {
  const attested: RecordAttachment[] = attestations === null ? [] : [{
    name: ATTESTATIONS_FILE,
    mime: "application/json",
    description: "What authenticators said of themselves when passkeys of those who took part were made (WebAuthn attestation objects)",
    relationship: "Supplement",
    bytes: attestations,
  }];
  const files = [...document.attachments, ...derivedParts(entries, ceremony), ...attested];
  const manifest: RecordAttachment = {
    name: RECORD_MANIFEST_FILE,
    mime: "application/json",
    description: "Every other file in here, with what it is, its size and its SHA-256, as canonical JSON",
    relationship: "Data",
    bytes: manifestBytes(ceremony, files),
  };
  return { ...document, attachments: [...files, manifest] };
}
