import type { Ceremony } from "../ceremony/ceremony";
import { readLogProof } from "../log/log-proof";
import { EDITION_FILE, editionBytes, type Edition } from "./edition";
import { fieldsOf, FIELD_KINDS, type FieldKind } from "./fields";
import { recordDocument, type TellingBook } from "./record";
import type { RecordDocument } from "./record-document";
import { withLog } from "./record-log";
import { withVerifier } from "./record-verifier";
import type { Transcript } from "./transcript";
import { withParts } from "./with-parts";

export interface EditionParts {
  /** Without what is withheld. */
  readonly transcript: Transcript;
  /** What `replay` makes of its entries. */
  readonly ceremony: Ceremony;
  readonly edition: Edition;
  /** As they were attached to the record, byte by byte; null where they were not. */
  readonly logProof: Uint8Array | null;
  readonly verifierPage: Uint8Array | null;
}

/**
 * What the redacted edition of a record says: what the record says, with a word in place of what is withheld, what was withheld, and
 * what holds it now that no seal does. Same parts, same document. Of the record's files those are in it that say nothing but what its entries
 * say; attestations of authenticators are not, for in a maker's certificate may stand what no commitment covers.
 */
export function editionDocument({ transcript, ceremony, edition, logProof, verifierPage }: EditionParts, book: TellingBook): RecordDocument {
  const proof = logProof && readLogProof(logProof);
  const plain = recordDocument(transcript, ceremony, book);
  const logged = proof ? withLog(plain, proof) : plain;
  const paged = verifierPage ? withVerifier(logged, verifierPage) : logged;
  const whole: RecordDocument = {
    ...paged,
    edition: { record: edition.record, withheld: withheldOf(transcript, edition), of: fieldsOf(transcript.entries).length },
    verification: { ...paged.verification, command: paged.verification.command.replace("record.pdf", "edition.pdf") },
    attachments: [
      ...paged.attachments,
      {
        name: EDITION_FILE,
        mime: "application/json",
        description: "Of which record this is an edition, and which fields of which entries are withheld, as canonical JSON",
        relationship: "Data",
        bytes: editionBytes(edition),
      },
    ],
  };
  return withParts(whole, transcript, ceremony, null);
}

/** By kind, with the entries in which something of it is withheld. */
function withheldOf({ entries }: Transcript, { withheld }: Edition): NonNullable<RecordDocument["edition"]>["withheld"] {
  const listed = new Set(withheld.map(({ entry, at }) => `${String(entry)}${at}`));
  const fields = fieldsOf(entries).filter(({ entry, at }) => listed.has(`${String(entry)}${at}`));
  return (Object.keys(FIELD_KINDS) as FieldKind[]).flatMap((kind) => {
    const those = fields.filter((field) => field.kind === kind);
    return those.length === 0 ? [] : [{ what: FIELD_KINDS[kind], count: those.length, entries: [...new Set(those.map(({ entry }) => entry))] }];
  });
}
