import { sha256Hex } from "#lib/log/digest";
import type { RecordDeviation, RecordDocument, RecordSignature, RecordStamp } from "#lib/record/record-document";
import { printedSheetsInWords } from "#lib/record/printed-sheets";
import { COLOUR, STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inFours } from "./hash-block";
import { between, clock, dayAndClock, duration, sentenceCase } from "./record-phrases";

const CLASSES: Record<NonNullable<RecordDeviation["class"]>, string> = {
  A: "the tool refused", B: "procedure", C: "surroundings", D: "security",
};

/** What was not as scripted, each on a sheet of its own, and when the ceremony stood still. */
export function drawDepartures(doc: PdfDocument, record: RecordDocument): void {
  const { deviations, seams } = record;
  doc.part("Deviations", () => {
    if (deviations.length === 0) doc.paragraph("None was noted.");
    else doc.paragraph("Each on its numbered exception sheet, in the order in which they were opened.", { after: 4 });
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
    drawStamps(doc, record);
  });
}

/** Who outside of this house says when it was; nothing where nobody was asked. */
function drawStamps(doc: PdfDocument, { stamps }: RecordDocument): void {
  if (stamps.length === 0) return;
  doc.heading(2, "Time stamps");
  doc.paragraph("Authorities outside were asked to stamp the transcript when the recorder joined and after each key. Who trusts one need not take the recorder’s word for the time.", { after: 6 });
  doc.table(
    [{ head: "What", share: 20 }, { head: "In the transcript", share: 18, style: STYLE.measured }, { head: "By the authority", share: 62 }],
    stamps.map(({ of, at, authority, stamped, missed }) => [of, clock(at), stampInWords(authority, stamped, missed)]),
  );
}

function stampInWords(authority: string, stamped: RecordStamp["stamped"], missed: RecordStamp["missed"]): string {
  const first = missed ? ` Asked at ${clock(missed.at)}, and ${missed.why}.` : "";
  if (!stamped) return `${sentenceCase(authority)}: not stamped.${first}`;
  return `${sentenceCase(authority)}: ${dayAndClock(stamped.at)}, by ${stamped.name}, policy ${stamped.policy}.${first}`;
}

/** Whether everybody heard them before they signed, and what became of the printed ones. */
function drawReading(doc: PdfDocument, record: RecordDocument): void {
  const { deviations, readOut } = record;
  if (!readOut && deviations.length > 0) {
    doc.callout("Not read aloud.", "The ceremony ended before its exception sheets were read aloud.", "red");
  }
  doc.paragraph([...(readOut ? [readingInWords(readOut, deviations)] : []), ...printedSheetsInWords(record)].join(" "));
}

function readingInWords({ at, by }: NonNullable<RecordDocument["readOut"]>, deviations: readonly RecordDeviation[]): string {
  const heard = deviations.some((one) => one.at <= at) ? "Read aloud" : "That there was none to read was said";
  const later = deviations.some((one) => one.at > at) ? " What is dated later was noted after it." : "";
  return `${heard} by ${by} before the signatures, ${dayAndClock(at)}.${later}`;
}

function drawSheet(doc: PdfDocument, deviation: RecordDeviation, count: number): void {
  const grave = deviation.class === "D";
  const grade = deviation.class === null ? "Not completed" : `Class ${deviation.class}, ${CLASSES[deviation.class]}`;
  doc.heading(2, `Exception sheet ${deviation.number} of ${count}`);
  doc.paragraph([
    { text: grade, face: "done-bold", colour: grave ? COLOUR.red : COLOUR.ink },
    ` · ${deviation.class === null ? "opened" : `noted by ${deviation.by}`} at ${clock(deviation.at)}${deviation.step ? ` · ${deviation.step}` : ""}`,
  ], { style: STYLE.note, after: 6 });
  doc.facts([
    ...(deviation.opened ? [{ name: "Opened", value: `By itself at ${clock(deviation.opened.at)}. ${deviation.opened.what}` }] : []),
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
export function drawSignatures(doc: PdfDocument, record: RecordDocument): void {
  doc.part("Signatures", () => {
    doc.paragraph("Each participant signed, with their own passkey, a statement that names the hash of the transcript up to their signature.", { after: 10 });
    doc.table(
      [{ head: "Name", share: 25 }, { head: "Statement", share: 39, style: { ...STYLE.spoken, size: 9 } }, { head: "Signed", share: 38, style: STYLE.measuredSmall }],
      record.signatures.map((signature) => [
        [{ text: signature.name, face: "done-bold" }, { text: `\n${signature.role}`, colour: STYLE.note.colour }],
        word(signature),
        signature.signed
          ? [{ text: dayAndClock(signature.signed.at), colour: COLOUR.ink }, `\npasskey ${signature.signed.passkey}\n${inFours(signature.signed.statementHash)}`]
          : "",
      ]),
    );
    drawAfterwards(doc, record);
  });
}

/** What the record cannot know, because it was sealed before. */
function drawAfterwards(doc: PdfDocument, { afterwards, mode }: RecordDocument): void {
  if (afterwards.length === 0) return;
  doc.heading(2, "What was left to do");
  const kept = mode === "production" ? "in a plan, which it makes for this where the ceremony had none" : "where the rehearsal had a plan";
  doc.paragraph(
    "The ceremony is finished when each of these is done, or signed off as not done with the reason. That comes after the seal: the " +
      `house keeps it ${kept}, by the word of its app, and nobody here has signed it.`,
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
    doc.list(record.assumptions.map(({ id, sentence }) => ({ text: sentence, mark: id, colour: COLOUR.accent })));
    doc.heading(2, "How to verify");
    doc.paragraph("The check needs this file, the recorder’s certificate, and nothing of ours. It repeats every rule over every entry of the attached transcript.", { after: 8 });
    doc.paragraph([{ text: record.verification.command, face: "measured", size: 9 }], { after: 8 });
    for (const note of record.verification.notes ?? []) doc.paragraph(note);
    doc.hash("First compare the certificate you were given with this fingerprint (SHA-256)", record.recorder.fingerprint);
    doc.heading(2, "Inside this file");
    doc.paragraph(record.edition ? "Attached:" : "Attached, under the same seal:", { after: 8 });
    doc.table(
      [{ head: "Name", share: 30, style: STYLE.measured }, { head: "What it is", share: 42 }, { head: "Size and SHA-256", share: 30, style: STYLE.measuredSmall }],
      record.attachments.map(({ name, description, bytes }) => [
        name, description, [`${bytes.length.toLocaleString("en-GB")} bytes\n`, { text: inFours(sha256Hex(bytes)), colour: COLOUR.ink }],
      ]),
    );
  });
}
