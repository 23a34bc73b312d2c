import { sha256Hex } from "#lib/log/digest";
import type { RecordDeviation, RecordDocument, RecordSignature } from "#lib/record/record-document";
import { COLOUR, STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inFours } from "./hash-block";
import { between, clock, dayAndClock, duration } from "./record-phrases";

const CLASSES: Record<RecordDeviation["class"], string> = {
  A: "the tool refused", B: "procedure", C: "surroundings", D: "security",
};

/** What was not as scripted, each on a sheet of its own, and when the ceremony stood still. */
export function drawDepartures(doc: PdfDocument, record: RecordDocument): void {
  const { deviations, seams } = record;
  doc.part("Deviations", () => {
    if (deviations.length === 0) doc.paragraph("None was noted.");
    else doc.paragraph("Each on its numbered exception sheet, in the order in which they were noted.", { after: 4 });
    drawReading(doc, record);
    deviations.forEach((deviation, i) => {
      if (i > 0) doc.sheet.newPage();
      drawSheet(doc, deviation, deviations.length);
    });
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

/** Whether everybody heard them before they signed, and which printed sheets nobody needed. */
function drawReading(doc: PdfDocument, { deviations, readOut }: RecordDocument): void {
  if (!readOut) {
    if (deviations.length > 0) doc.callout("Not read aloud.", "The ceremony ended before its exception sheets were read aloud.", "red");
    return;
  }
  const unused = readOut.unused.length > 0 ? ` Printed sheets closed unused: ${readOut.unused.join(", ")}.` : "";
  const heard = deviations.some(({ at }) => at > readOut.at) ? " What is dated later was noted after it." : "";
  doc.paragraph(`Read aloud by ${readOut.by} before the signatures, ${dayAndClock(readOut.at)}.${heard}${unused}`);
}

function drawSheet(doc: PdfDocument, deviation: RecordDeviation, count: number): void {
  const grave = deviation.class === "D";
  doc.heading(2, `Exception sheet ${deviation.number} of ${count}`);
  doc.paragraph([
    { text: `Class ${deviation.class}, ${CLASSES[deviation.class]}`, face: "done-bold", colour: grave ? COLOUR.red : COLOUR.ink },
    ` · noted by ${deviation.by} at ${clock(deviation.at)}${deviation.step ? ` · ${deviation.step}` : ""}`,
  ], { style: STYLE.note, after: 6 });
  doc.facts([
    { name: "Expected", value: deviation.expected },
    { name: "Happened", value: deviation.happened },
    { name: "Decided", value: deviation.decided },
    { name: "Decided by", value: deviation.decidedBy.length > 0 ? deviation.decidedBy.join(", ") : "not said" },
  ], { nameWidth: 74 });
  if (deviation.initials.length > 0) {
    doc.table(
      [{ head: "Initials", share: 16, style: STYLE.measured }, { head: "Of", share: 60 }, { head: "At", share: 24, style: STYLE.measuredSmall }],
      deviation.initials.map(({ initials, name, at }) => [initials, name, clock(at)]),
    );
  }
  for (const { name, by, at, reason } of deviation.withheld) {
    doc.paragraph(`Not initialled by ${name}: ${reason} (noted by ${by} at ${clock(at)}).`, { style: STYLE.note });
  }
  if (deviation.missing.length > 0) doc.paragraph(`Not initialled by ${deviation.missing.join(", ")}.`, { style: STYLE.note });
}

/** What witnesses wrote for themselves and released, with the times at which they wrote it. */
export function drawNotebooks(doc: PdfDocument, { notebooks }: RecordDocument): void {
  if (notebooks.length === 0) return;
  doc.part("Witnesses’ notebooks", () => {
    doc.paragraph("Kept in private during the ceremony and released by their writers, every page up to the release. The times of the pages are the app’s word, signed for by the writer.");
    for (const { name, role, released, passkey, statementHash, pages } of notebooks) {
      doc.heading(2, name);
      doc.paragraph(`${role} · released ${dayAndClock(released)} with passkey ${passkey}`, { style: STYLE.note, after: 4 });
      doc.facts(pages.map(({ number, at, text }) => ({ name: `${number}  ${clock(at)}`, value: text })), { nameWidth: 84, nameStyle: STYLE.measuredSmall });
      doc.paragraph(`Signed statement ${inFours(statementHash)}`, { style: STYLE.measuredSmall });
    }
  });
}

/** Everyone's word on the whole transcript, with what they signed. */
export function drawSignatures(doc: PdfDocument, { signatures, afterwards }: RecordDocument): void {
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
    drawAfterwards(doc, afterwards);
  });
}

/** What the record cannot know, because it was sealed before. */
function drawAfterwards(doc: PdfDocument, afterwards: readonly string[]): void {
  if (afterwards.length === 0) return;
  doc.heading(2, "What was left to do");
  doc.paragraph(
    "The ceremony is finished when each of these is done, or signed off as not done with the reason. That comes after the seal: the " +
      "house keeps it in the ceremony's plan, if it has one, by the word of its app, and nobody here has signed it.",
    { after: 8 },
  );
  doc.list(afterwards.map((text) => ({ text })));
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
