import type { Ceremony } from "../ceremony/ceremony";
import { canonical } from "../log/canonical";
import { fromBase64url, sha256Hex, utf8 } from "../log/digest";
import { LOG_PROOF_FILE, readLogProof } from "../log/log-proof";
import { toPem } from "../x509/pem";
import { ATTESTATIONS_FILE } from "./authenticator-attestations";
import { EDITION_FILE, readEdition } from "./edition";
import { editionDocument } from "./edition-document";
import type { PdfAttachment } from "./pdf-attachments";
import { recordDocument, type TellingBook } from "./record";
import { VERIFIER_FILE } from "./record-files";
import { RECORD_MANIFEST_FILE } from "./record-manifest";
import { DERIVED_FILES } from "./record-parts";
import { reportText } from "./report-text";
import { readTranscript, TRANSCRIPT_FILE } from "./transcript";
import { zipArchive, type ArchivedFile } from "./zip-archive";

export const MANIFEST_FILE = "manifest.json";
export const REPORT_FILE = "report.txt";
/** The file that carries the proof: a sealed record, or a redacted edition of one. */
export const PACKED_RECORD = "record.pdf";

const VERSION = "claviger/evidence-pack/v1";

const WHAT: Readonly<Record<string, string>> = {
  [PACKED_RECORD]: "The record itself, or the redacted edition of it. All the other files come out of it, and it alone proves anything.",
  [REPORT_FILE]: "What the record says, as text.",
  [TRANSCRIPT_FILE]: "Every entry of the ceremony with every signed statement and assertion, as canonical JSON (RFC 8785). Attached to the record.",
  [LOG_PROOF_FILE]: "That every entry is a leaf of the transparency log. Attached to the record.",
  "checkpoint.txt": "The checkpoint that this proof leads to: a signed note (C2SP), as the log gave it out.",
  [VERIFIER_FILE]: "The verifier as one page: opened in a browser without a network, it checks this pack and the record. Attached to the record.",
  [EDITION_FILE]: "Of which record this is a redacted edition, and which fields are withheld. Attached to it.",
  [DERIVED_FILES.script]: "The script as it was read and agreed to. Attached to the record.",
  [DERIVED_FILES.roster]: "Who took part, with roles and passkeys; names as commitments. Attached to the record.",
  [DERIVED_FILES.outcomes]: "What came of each operation on the token, as the recorder signed it. Attached to the record.",
  [DERIVED_FILES.publicKeys]: "The public keys that outcomes tell of. Attached to the record.",
  [DERIVED_FILES.certificates]: "The recorder's certificates and those issued in the ceremony. Attached to the record.",
  [DERIVED_FILES.stamps]: "Time stamps over entries (RFC 3161). Attached to the record.",
  [ATTESTATIONS_FILE]: "What authenticators said of themselves when passkeys were made. Attached to the record.",
  [RECORD_MANIFEST_FILE]: "What lies in the record, file by file. Attached to it; of this archive it is manifest.json.",
  "recorder.pem": "The recorder's certificate, as the record brings it. Compare its fingerprint with the one in the minutes before you believe it.",
};

/** The record that goes into a pack, its files, and what was decided of it. */
export interface PackedParts {
  readonly record: Uint8Array;
  readonly attached: ReadonlyMap<string, Pick<PdfAttachment, "bytes">>;
  /** What `replay` makes of the transcript among them. */
  readonly ceremony: Ceremony;
}

/**
 * The evidence pack of a record: everything in it, beside it, with a report as text and a manifest, as one archive. Same record, same
 * bytes. `report` is taken for the report where it is given. Throws for a record without a transcript.
 */
export function evidencePack({ record, attached, ceremony }: PackedParts, book: TellingBook, report?: Uint8Array): Uint8Array {
  const proof = readLogProof(attached.get(LOG_PROOF_FILE)?.bytes ?? new Uint8Array());
  const certificate = ceremony.recorder?.recorder.certificate;
  const files: ArchivedFile[] = [
    { name: PACKED_RECORD, bytes: record },
    { name: REPORT_FILE, bytes: report ?? utf8(reportOf(attached, ceremony, book)) },
    ...[...attached].map(([name, { bytes }]) => ({ name, bytes })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ...(proof ? [{ name: "checkpoint.txt", bytes: proof.checkpoint }] : []),
    ...(certificate === undefined ? [] : [{ name: "recorder.pem", bytes: utf8(toPem("CERTIFICATE", fromBase64url(certificate))) }]),
  ];
  const listed = files.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: sha256Hex(bytes), what: WHAT[name] ?? "" }));
  const manifest = canonical({ v: VERSION, ceremony: ceremony.id, head: ceremony.head.hash, files: listed });
  return zipArchive([{ name: MANIFEST_FILE, bytes: manifest }, ...files]);
}

function reportOf(attached: PackedParts["attached"], ceremony: Ceremony, book: TellingBook): string {
  const read = readTranscript(attached.get(TRANSCRIPT_FILE)?.bytes ?? new Uint8Array());
  if (!read.ok) throw new Error(read.refusal.sentence);
  const { entries, openings } = read.value;
  const transcript = { entries, openings };
  const edition = readEdition(attached.get(EDITION_FILE)?.bytes ?? new Uint8Array());
  const logProof = attached.get(LOG_PROOF_FILE)?.bytes ?? null;
  const document = edition
    ? editionDocument({ transcript, ceremony, edition, logProof, verifierPage: null }, book)
    : recordDocument(transcript, ceremony, book);
  return `${reportText(document)}\n`;
}
