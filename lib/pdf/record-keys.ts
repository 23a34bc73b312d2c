import type { RecordDocument, RecordKey } from "#lib/record/record-document";
import { COLOUR, STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inFours } from "./hash-block";
import { clock, inOneSentence } from "./record-phrases";
import type { Rich } from "./sheet";

/** The keys that were born here, and whether anything else is on the token. */
export function drawKeys(doc: PdfDocument, { keys, inventory }: RecordDocument): void {
  doc.part("Keys", () => {
    doc.paragraph(
      keys.length === 0 ? "This ceremony made no key."
        : "Made in this ceremony and read back from the token afterwards. A fingerprint is SHA-256 over the public key (SubjectPublicKeyInfo, DER).",
      { after: 10 },
    );
    if (keys.length > 0) {
      doc.table(
        [
          { head: "Label and id", share: 28, style: STYLE.measured },
          { head: "Algorithm", share: 19 },
          { head: "What it can do", share: 33 },
          { head: "Fingerprint", share: 24, style: { ...STYLE.measuredSmall, colour: COLOUR.ink } },
        ],
        keys.map((key) => [
          [{ text: key.label, face: "measured-bold" }, { text: `\n${inFours(key.id)}`, ...STYLE.measuredSmall }],
          [key.algorithm, { text: `\n${clock(key.made.at)}, ${key.made.step}`, colour: STYLE.note.colour }, ...destroyed(key)],
          attributes(key),
          key.fingerprint ? [inFours(key.fingerprint.value), { text: `\n${key.fingerprint.of}`, face: "done", colour: STYLE.note.colour, size: 8 }]
            : [{ text: "none: a secret key", face: "done", colour: STYLE.note.colour, size: 8 }],
        ]),
      );
    }
    if (inventory) {
      doc.heading(2, "Inventory");
      doc.paragraph(inventory.sentence);
      doc.list(inventory.unexpected.map((text) => ({ text, mark: "!", colour: COLOUR.red })));
    }
  });
}

const destroyed = (key: RecordKey): Exclude<Rich, string> =>
  key.destroyed ? [{ text: `\nDestroyed ${clock(key.destroyed.at)}, ${key.destroyed.step}`, face: "done-bold", colour: COLOUR.red }] : [];

const attributes = (key: RecordKey): Rich => {
  const granted = key.attributes.filter(({ needless }) => !needless).map(({ text }) => text);
  const needless = key.attributes.filter(({ needless }) => needless).map(({ text }) => text);
  return [inOneSentence(granted), ...needless.map((text) => ({ text: `\nNot needed: ${text}.`, face: "done-bold" as const, colour: COLOUR.red }))];
};
