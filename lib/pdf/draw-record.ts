import type { RecordDocument } from "#lib/record/record-document";
import { producerOf } from "#lib/record/redraw";
import { COLOUR, STYLE } from "./design";
import { openDocument, type PdfDocument } from "./document";
import { drawClauses } from "./record-clauses";
import { drawCover } from "./record-cover";
import { drawDepartures, drawNotebooks, drawSignatures, drawVerification } from "./record-closing";
import { drawKeys } from "./record-keys";
import { drawPeopleAndToken } from "./record-people";
import { dayAndClock } from "./record-phrases";
import { drawSteps } from "./record-steps";
import { drawWithheld } from "./record-withheld";

export interface DrawRecordOptions {
  /** Leaves a place for the seal; without it the file cannot be sealed. Whole seconds count. */
  seal?: { signer: string; signingTime: Date };
  /** What draws, by the name that verifiers know it by. */
  renderer?: string;
}

/**
 * The record as a PDF/A-3a and PDF/UA-1 file, ready for `sealPdf`. The same record and options give the same bytes, in any
 * process. Throws a `GlyphFault` when a name or text holds a character no typeface has (see `canDraw`).
 */
export function drawRecord(record: RecordDocument, { seal, renderer }: DrawRecordOptions = {}): Promise<Uint8Array> {
  const rehearsal = record.mode === "rehearsal";
  const kind = [...(record.edition ? ["redacted edition"] : []), ...(rehearsal ? ["rehearsal"] : [])].join(", ");
  const doc = openDocument({
    title: `${record.title} – record of key ceremony ${record.ceremony}${kind === "" ? "" : ` (${kind})`}`,
    subject: `Transcript ${record.transcriptHash}`,
    author: record.organisation ?? "Claviger",
    keywords: `key ceremony, ${record.mode}, HSM, PKCS #11`,
    language: "en",
    created: new Date(record.closed),
    ...(renderer !== undefined && { producer: producerOf(renderer) }),
    running: {
      head: [`${record.ceremony} · ${record.title}`, kind === "" ? record.organisation ?? "Production" : kind.toUpperCase()],
      hash: { name: "Transcript", value: record.transcriptHash },
    },
    ...(rehearsal ? { watermark: "REHEARSAL" } : {}),
  });
  drawCover(doc, record);
  drawPeopleAndToken(doc, record);
  drawSteps(doc, record);
  drawKeys(doc, record);
  drawDepartures(doc, record);
  drawNotebooks(doc, record);
  drawSignatures(doc, record);
  drawClauses(doc, record);
  drawWithheld(doc, record);
  drawVerification(doc, record);
  if (seal) drawSeal(doc, record, seal);
  for (const attachment of record.attachments) doc.attach(attachment);
  return doc.finish();
}

const SEAL = { width: 330, height: 84 } as const;

/** The box readers click on. It proves nothing by itself, and says so. */
function drawSeal(doc: PdfDocument, record: RecordDocument, { signer, signingTime }: NonNullable<DrawRecordOptions["seal"]>): void {
  const { sheet } = doc;
  sheet.need(SEAL.height + 60);
  doc.heading(2, "Seal");
  const { left: x, y } = sheet;
  sheet.artifact(() => {
    sheet.canvas.rect(x, y, SEAL.width, SEAL.height).lineWidth(0.8).strokeColor(COLOUR.accent).stroke();
    sheet.canvas.rect(x + 2.5, y + 2.5, SEAL.width - 5, SEAL.height - 5).lineWidth(0.4).strokeColor(COLOUR.accent).stroke();
  });
  sheet.skip(11);
  const { width } = sheet;
  sheet.width = SEAL.width;
  sheet.indented(14, () => {
    doc.paragraph("Sealed by the worker with its record-signing key in the token", { style: { ...STYLE.strong, colour: COLOUR.accent }, after: 2 });
    doc.paragraph(signer, { style: STYLE.small, after: 1 });
    doc.paragraph(`Claimed time ${dayAndClock(signingTime.toISOString())}`, { style: STYLE.small, after: 2 });
    doc.paragraph("This box proves nothing by itself: check the signature in your reader, and verify.", { style: { ...STYLE.note, face: "done-italic" }, after: 0 });
  });
  sheet.width = width;
  doc.signatureField({ x, y, ...SEAL }, {
    signingTime,
    reason: `Record of key ceremony ${record.ceremony}`,
    description: "Digital seal of the record",
  });
  sheet.y = y + SEAL.height + 12;
}
