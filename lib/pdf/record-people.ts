import { drawReadiness } from "./record-readiness";
import type { RecordDocument } from "#lib/record/record-document";
import { STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inFours } from "./hash-block";
import { clock, dayAndClock, drift } from "./record-phrases";
import type { Rich } from "./sheet";

/** Who was there, and the machine they stood around. */
export function drawPeopleAndToken(doc: PdfDocument, record: RecordDocument): void {
  doc.part("Participants", () => {
    doc.paragraph("Everybody who took part, in the one role they had in this ceremony, and how their identity was checked.", { after: 10 });
    doc.table(
      [
        { head: "Name", share: 27, style: { ...STYLE.small, face: "done-bold" } },
        { head: "Role", share: 19 },
        { head: "Identity", share: 32 },
        { head: "Passkeys", share: 34, style: STYLE.measuredSmall },
      ],
      record.participants.map(({ name, person, role, identity, passkeys }) => [
        [name, { text: `\n${person}`, ...STYLE.measuredSmall }],
        role,
        identity ? [identity.how, { text: `\nby ${identity.by}, ${clock(identity.at)}`, colour: STYLE.note.colour }]
          : [{ text: "not checked", colour: STYLE.note.colour }],
        passkeys.flatMap(({ id, authenticator }, i): Exclude<Rich, string> => [
          { text: `${i > 0 ? "\n" : ""}${id}`, colour: STYLE.measured.colour },
          ...(authenticator ? [{ text: `\n${authenticator}`, face: "done" as const, size: 7.4 }] : []),
        ]),
      ]),
    );
    drawEndorsement(doc, record);
    if (record.readiness) drawReadiness(doc, record.readiness);
    if (record.mode === "production" && !record.readiness?.rehearsal) drawUnrehearsed(doc);
    doc.heading(2, "The token");
    doc.paragraph("What the hardware security module said of itself when it was asked.", { after: 8 });
    doc.facts(record.token);
    doc.heading(2, "The recorder");
    doc.paragraph("The key in the token that signs every outcome, and stands behind the seal of this record. Its fingerprint is on the cover.", { after: 8 });
    doc.facts([
      { name: "Certificate", value: record.recorder.subject },
      { name: "Opened", value: dayAndClock(record.opened) },
      { name: "Closed", value: dayAndClock(record.closed) },
      { name: "Transcript", value: `${record.entries} entries` },
    ]);
    drawScreens(doc, record);
  });
}

/** The devices people looked at: how their clocks ran, and which second screen they could compare with. */
function drawScreens(doc: PdfDocument, { clocks, secondScreen }: RecordDocument): void {
  doc.heading(2, "Clocks and screens");
  if (clocks.length === 0) doc.paragraph("No device told how its clock stood to the server's.", { after: 8 });
  else {
    doc.paragraph("How far the clock of each device was ahead of the server's, as the device itself measured it, whenever that changed.", { after: 8 });
    doc.table(
      [
        { head: "Device", share: 44, style: { ...STYLE.small, face: "done-bold" } },
        { head: "Compared", share: 34, style: STYLE.measuredSmall },
        { head: "Ahead by", share: 22, style: STYLE.measuredSmall },
      ],
      clocks.map(({ device, name, role, at, milliseconds }) => [
        [device, { text: `\n${name}, ${role}`, ...STYLE.small, colour: STYLE.note.colour }],
        dayAndClock(at),
        drift(milliseconds),
      ]),
    );
  }
  doc.facts([
    secondScreen === null
      ? { name: "Second screen", value: "The opening names no build." }
      : { name: "Second screen", value: `build ${inFours(secondScreen)}, by the word of the app that opened the ceremony`, measured: true },
  ]);
}

function drawUnrehearsed(doc: PdfDocument): void {
  doc.heading(2, "Rehearsal");
  doc.paragraph("The opening of this ceremony names no rehearsal of its script.", { after: 8 });
}

/** Who agreed to the script with a passkey, before anybody came to the table. */
function drawEndorsement(doc: PdfDocument, { endorsement: { sentence, by } }: RecordDocument): void {
  doc.heading(2, "Approval of the script");
  doc.paragraph(sentence, { after: 8 });
  if (by.length === 0) return;
  doc.table(
    [
      { head: "Name", share: 30, style: { ...STYLE.small, face: "done-bold" } },
      { head: "Signed", share: 36, style: STYLE.measuredSmall },
      { head: "SHA-256 of what was signed", share: 44, style: STYLE.measuredSmall },
    ],
    by.map(({ name, role, at, passkey, statementHash }) => [
      [name, { text: `\n${role}`, ...STYLE.small, colour: STYLE.note.colour }],
      [{ text: dayAndClock(at), colour: STYLE.measured.colour }, `\npasskey ${passkey}`],
      inFours(statementHash),
    ]),
  );
}
