import { sha256Hex } from "#lib/log/digest";
import type { RecordDeviation, RecordDocument, RecordSignature } from "#lib/record/record-document";
import { COLOUR, STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inFours } from "./hash-block";
import { between, clock, dayAndClock, duration } from "./record-phrases";

const CLASSES: Record<RecordDeviation["class"], string> = {
  A: "the tool refused", B: "procedure", C: "surroundings", D: "security",
};

/** What was not as scripted, and when the ceremony stood still. */
export function drawDepartures(doc: PdfDocument, { deviations, seams }: RecordDocument): void {
  doc.part("Deviations", () => {
    if (deviations.length === 0) doc.paragraph("None was noted.");
    for (const deviation of deviations) {
      const grave = deviation.class === "D";
      doc.heading(2, `Deviation ${deviation.number}`);
      doc.paragraph([
        { text: `Class ${deviation.class}, ${CLASSES[deviation.class]}`, face: "done-bold", colour: grave ? COLOUR.red : COLOUR.ink },
        ` · noted by ${deviation.by} at ${clock(deviation.at)}${deviation.step ? ` · ${deviation.step}` : ""}`,
      ], { style: STYLE.note, after: 6 });
      doc.facts([
        { name: "Expected", value: deviation.expected },
        { name: "Happened", value: deviation.happened },
        { name: "Decided", value: deviation.decided },
      ], { nameWidth: 74 });
    }
    doc.heading(2, "Interruptions");
    if (seams.length === 0) doc.paragraph("The ceremony ran without interruption.");
    else {
      doc.table(
        [{ head: "From", share: 16, style: STYLE.measured }, { head: "To", share: 16, style: STYLE.measured }, { head: "What happened", share: 68 }],
        seams.map(({ from, to, what, step }) => [
          clock(from), to ? [clock(to), { text: `\n${duration(between(from, to))}`, ...STYLE.note }] : "not ended",
          `${what}${step ? ` (${step})` : ""}`,
        ]),
      );
    }
  });
}

/** Everyone's word on the whole transcript, with what they signed. */
export function drawSignatures(doc: PdfDocument, { signatures }: RecordDocument): void {
  doc.part("Signatures", () => {
    doc.paragraph("Each participant signed, with their own passkey, a statement that names the hash of the transcript up to their signature.", { after: 10 });
    doc.table(
      [{ head: "Name", share: 25 }, { head: "Statement", share: 39, style: { ...STYLE.spoken, size: 9 } }, { head: "Signed", share: 38, style: STYLE.measuredSmall }],
      signatures.map((signature) => [
        [{ text: signature.name, face: "done-bold" }, { text: `\n${signature.role}`, colour: STYLE.note.colour }],
        word(signature),
        signature.signed
          ? [{ text: dayAndClock(signature.signed.at), colour: COLOUR.ink }, `\npasskey ${signature.signed.passkey}\n${inFours(signature.signed.statementHash)}`]
          : "",
      ]),
    );
  });
}

function word({ signed }: RecordSignature) {
  if (!signed) return [{ text: "Did not sign.", face: "done-bold" as const, colour: COLOUR.red }];
  if (signed.agrees) return signed.sentence;
  return [{ text: "Does not agree. ", face: "done-bold" as const, colour: COLOUR.red }, `${signed.sentence} “${signed.reason}”`];
}

/** What the record rests on, how to check it without us, and what is inside. */
export function drawVerification(doc: PdfDocument, record: RecordDocument): void {
  doc.part("What this record relies on, and how to check it", () => {
    doc.paragraph("Mathematics shows the rest; these had to be taken as given:", { after: 6 });
    doc.list(record.assumptions.map((text, i) => ({ text, mark: `${i + 1}`, colour: COLOUR.accent })));
    doc.heading(2, "How to verify");
    doc.paragraph("The check needs this file, the recorder’s certificate, and nothing of ours. It repeats every rule over every entry of the attached transcript.", { after: 8 });
    doc.paragraph([{ text: record.verification.command, face: "measured", size: 9 }], { after: 8 });
    for (const note of record.verification.notes ?? []) doc.paragraph(note);
    doc.hash("First compare the certificate you were given with this fingerprint (SHA-256)", record.recorder.fingerprint);
    doc.heading(2, "Inside this file");
    doc.paragraph("Attached, under the same seal:", { after: 8 });
    doc.table(
      [{ head: "Name", share: 30, style: STYLE.measured }, { head: "What it is", share: 42 }, { head: "Size and SHA-256", share: 30, style: STYLE.measuredSmall }],
      record.attachments.map(({ name, description, bytes }) => [
        name, description, [`${bytes.length.toLocaleString("en-GB")} bytes\n`, { text: inFours(sha256Hex(bytes)), colour: COLOUR.ink }],
      ]),
    );
  });
}
