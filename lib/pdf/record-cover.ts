import type { RecordDocument } from "#lib/record/record-document";
import { BODY, COLOUR, STYLE } from "./design";
import type { PdfDocument } from "./document";
import { dayAndClock, recital } from "./record-phrases";

const QR_SIZE = 96;
const HASH_HEIGHT = 71;

/** The first page: what this is, what happened in a few sentences, and what to compare. */
export function drawCover(doc: PdfDocument, record: RecordDocument): void {
  const { sheet } = doc;
  sheet.newPage();
  sheet.within("Sect", () => {
    sheet.y = 66;
    const right = sheet.left + sheet.width;
    doc.qrCode(record.verification.qr, `QR code: ${record.verification.qr}`, { x: right - QR_SIZE, y: 68, size: QR_SIZE });
    sheet.width -= QR_SIZE + 26;
    doc.paragraph(record.edition ? "REDACTED EDITION OF THE RECORD OF A KEY CEREMONY" : "RECORD OF A KEY CEREMONY", { style: { face: "done-bold", size: 8.6, colour: COLOUR.accent }, after: 0 });
    if (record.organisation) {
      sheet.skip(3);
      doc.paragraph(record.organisation, { style: { ...STYLE.text, colour: COLOUR.soft }, after: 0 });
    }
    sheet.y = Math.max(sheet.y + 34, 138);
    drawTitle(doc, record.title);
    sheet.rule(sheet.y + 9, { colour: COLOUR.accent, width: 2, to: sheet.left + 46 });
    sheet.width += QR_SIZE + 26;
    sheet.skip(28);
    drawMode(doc, record);
    drawEdition(doc, record);
    drawDisagreement(doc, record);
    doc.paragraph(recital(record), { style: STYLE.recital, leading: 1.52, after: 20 });
    doc.facts([
      { name: "Ceremony", value: record.ceremony, measured: true },
      ...(record.place ? [{ name: "Place", value: record.place }] : []),
      { name: "Opened", value: dayAndClock(record.opened) },
      { name: "Closed", value: dayAndClock(record.closed) },
      { name: "Script", value: `${record.script.title} (${record.script.id})` },
      { name: "Endorsed", value: record.endorsement.sentence },
      { name: "Mode", value: record.mode },
      { name: "Approval", value: record.quorum },
    ], { after: 6 });
    drawComparison(doc, record);
  });
  sheet.y = BODY.bottom;
}

/** Large, unless it would take more than two lines. */
function drawTitle({ sheet }: PdfDocument, title: string): void {
  const large = sheet.lines(title, STYLE.coverTitle);
  const style = large.length > 2 ? { ...STYLE.coverTitle, size: 19 } : STYLE.coverTitle;
  sheet.flow("H1", sheet.lines(title, style), { leading: style.size * 1.2 });
}

function drawMode(doc: PdfDocument, { mode }: RecordDocument): void {
  if (mode === "production") return;
  doc.callout("Rehearsal.", "This was practice. Its keys are not for use, and nothing in this record is evidence of a production ceremony.", "red");
  doc.sheet.skip(8);
}

/** That it is not the record, and that nothing seals it, is said before anything that the record says. */
function drawEdition(doc: PdfDocument, { edition }: RecordDocument): void {
  if (!edition) return;
  const count = edition.withheld.reduce((sum, one) => sum + one.count, 0);
  const said = `${String(count)} of ${String(edition.of)} names and texts are withheld. It has no seal; what holds it is said under “What is withheld”.`;
  doc.callout("Redacted edition.", said);
  doc.sheet.skip(8);
}

/** Whoever does not agree is named on the first page, above everything that the others agree to. */
function drawDisagreement(doc: PdfDocument, { signatures }: RecordDocument): void {
  const against = signatures.flatMap(({ name, signed }) => (signed && !signed.agrees ? [{ name, reason: signed.reason }] : []));
  if (against.length === 0) return;
  const said = against.slice(0, MOST_NAMED).map(({ name, reason }) => `${name}, because: “${shortened(reason)}”`);
  const rest = against.length > MOST_NAMED ? ` And ${against.length - MOST_NAMED} more; see Signatures.` : "";
  doc.callout("Not everybody agrees.", `${said.join(" ")}${rest}`, "red");
  doc.sheet.skip(8);
}

/** The cover is one page: who and why in short, the rest stands under Signatures. */
const MOST_NAMED = 3;
const MOST_SAID = 160;
const shortened = (text: string): string => (Array.from(text).length > MOST_SAID ? `${Array.from(text).slice(0, MOST_SAID).join("")} …` : text);

/** At the foot of the cover: the three hashes a reader compares with what others hold. */
function drawComparison(doc: PdfDocument, record: RecordDocument): void {
  const { sheet } = doc;
  const height = 3 * HASH_HEIGHT + 14;
  sheet.need(height);
  sheet.y = Math.max(sheet.y, BODY.bottom - height);
  sheet.rule(sheet.y, { colour: COLOUR.hairline, width: 0.5 });
  sheet.skip(12);
  doc.hash("Transcript: the hash of its last entry, printed at the foot of every page", record.transcriptHash);
  doc.hash("Script: the reviewed text that was performed", record.script.hash);
  const whose = record.edition ? "the certificate of the key that signed its last entry" : "the certificate behind the seal";
  doc.hash(`Recorder: ${whose}; compare it with the fingerprint you were given`, record.recorder.fingerprint);
}
