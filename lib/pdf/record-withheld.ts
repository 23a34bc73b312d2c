import type { RecordDocument } from "#lib/record/record-document";
import { STYLE } from "./design";
import type { PdfDocument } from "./document";
import { ranges } from "./record-clauses";

/** Of an edition: what is withheld in it, and what holds it in place of a seal. */
export function drawWithheld(doc: PdfDocument, { edition }: RecordDocument): void {
  if (!edition) return;
  doc.part("What is withheld, and what holds this edition", () => {
    doc.paragraph(
      "Whoever made this edition took values out of the record and left everything else. Each such value stands in its entry as a hash over " +
        "a random salt and the value; both are gone from this file, and the entry, its hash and every signature over it are as they were.",
    );
    doc.table(
      [{ head: "Withheld", share: 58 }, { head: "Fields", share: 14, style: STYLE.measured }, { head: "In entries", share: 38, style: STYLE.measuredSmall }],
      edition.withheld.map(({ what, count, entries }) => [what, String(count), ranges(entries)]),
    );
    doc.heading(2, "What holds it");
    doc.list([
      { text: "The recorder signed the last entry, which names by its hash the one before, and so on to the opening: no entry can be changed, left out or put in." },
      { text: "People’s passkeys signed what they signed: those signatures are over hashes in which nothing changed, and are checked as in the record." },
      { text: "The proof from the transparency log, where one is attached, is the record’s own: the same leaves, the same checkpoint." },
    ]);
    doc.heading(2, "What does not");
    doc.paragraph(
      "No seal is under these pages. They were drawn from the attached transcript by whoever made the edition; what they say beyond it is that " +
        "person’s word. The verifier goes by the transcript, and says which fields are withheld. With the record at hand, its SHA-256 must be:",
    );
    doc.hash("The record that this edition was made from, by the word of whoever made it (SHA-256)", edition.record);
  });
}
