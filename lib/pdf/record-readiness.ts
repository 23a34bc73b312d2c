import type { RecordOwnStatement, RecordReadiness } from "#lib/record/record-document";
import { STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inFours } from "./hash-block";
import { dayAndClock } from "./record-phrases";

/** Who was ready before the ceremony was opened, and how its go / no-go stood. */
export function drawReadiness(doc: PdfDocument, { duties, tests, lines, rehearsal, device, sentence }: RecordReadiness): void {
  if (duties) {
    doc.heading(2, "Duties of the custodians");
    doc.paragraph(duties.says, { after: 6 });
    doc.paragraph(`Accepted with their passkeys, at most ${String(duties.days)} days before the ceremony was opened:`, { after: 8 });
    drawStatements(doc, duties.by);
  }
  if (tests.length > 0) {
    doc.heading(2, "Tests of the custodians' passkeys");
    doc.paragraph("Each over a number of the server's that was drawn for it.", { after: 8 });
    drawStatements(doc, tests);
  }
  if (rehearsal) drawRehearsal(doc, rehearsal);
  if (lines.length === 0) return;
  doc.heading(2, "Go / no-go");
  doc.paragraph(sentence, { after: 8 });
  doc.table(
    [
      { head: "Line", share: 28, style: { ...STYLE.small, face: "done-bold" } },
      { head: "", share: 10, style: STYLE.small },
      { head: "What was found", share: 72, style: STYLE.small },
    ],
    lines.map(({ title, go, found, word }) => [
      title,
      go ? "go" : [{ text: "NO GO", ...STYLE.small, face: "done-bold" as const }],
      [found, { text: `\n${word}`, ...STYLE.small, colour: STYLE.note.colour }],
    ]),
  );
  if (!device) return;
  const { serial, firmware, differs } = device;
  doc.facts([{ name: "Expected device", value: `serial ${serial}, firmware ${firmware}${differs ? "; the recorder found another" : ""}` }]);
}

/** Which rehearsal of the same text passed, when, with whom and what differed; compared with that rehearsal's own record by its head. */
function drawRehearsal(doc: PdfDocument, { ceremony, head, closedAt, told }: NonNullable<RecordReadiness["rehearsal"]>): void {
  doc.heading(2, "Rehearsal");
  doc.paragraph("This very script was played to its end before, by the word of the app. That rehearsal's own record ends with the hash below.", {
    after: 8,
  });
  doc.facts([
    { name: "Ceremony", value: `${ceremony}, closed ${dayAndClock(closedAt)}` },
    ...(told
      ? [
          { name: "Took", value: `${String(told.minutes)} minutes` },
          { name: "With", value: told.people.join(", ") },
          { name: "What differed", value: told.differed.length > 0 ? told.differed.join("\n") : "Nothing differed from the script." },
        ]
      : []),
    { name: "Its last entry", value: inFours(head), measured: true },
  ]);
}

function drawStatements(doc: PdfDocument, by: readonly RecordOwnStatement[]): void {
  doc.table(
    [
      { head: "Name", share: 30, style: { ...STYLE.small, face: "done-bold" } },
      { head: "Signed", share: 36, style: STYLE.measuredSmall },
      { head: "SHA-256 of what was signed", share: 44, style: STYLE.measuredSmall },
    ],
    by.map(({ name, role, at, passkey, synced, backedUp, statementHash }) => [
      [name, { text: `\n${role}`, ...STYLE.small, colour: STYLE.note.colour }],
      [{ text: dayAndClock(at), colour: STYLE.measured.colour }, `\npasskey ${passkey}${synced ? ", can be synced" : ""}${backedUp ? ", is backed up" : ""}`],
      inFours(statementHash),
    ]),
  );
}
