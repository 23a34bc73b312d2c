import type { MappedSource } from "#lib/record/clauses/clause-map";
import type { RecordDocument, RecordPointed } from "#lib/record/record-document";
import { COLOUR, STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inFours } from "./hash-block";
import type { Rich } from "./sheet";

/** The report on the making of keys, and the map of clauses, each with where the transcript speaks to it. */
export function drawClauses(doc: PdfDocument, record: RecordDocument): void {
  drawReport(doc, record);
  drawMap(doc, record);
}

function drawReport(doc: PdfDocument, { report, pointed, mode }: RecordDocument): void {
  if (!report) return;
  doc.part("Report on the making of keys", () => {
    doc.paragraph(
      "The items of ETSI EN 319 411-1, 6.5.1-13A, filled in from the transcript. The numbers are those of the entries that each is " +
        "taken from, as the attached transcript.json counts them (seq, from 0); under “Entries that are pointed at” stands the hash of each.",
      { after: 8 },
    );
    drawPractice(doc, mode);
    doc.table(
      [
        { head: "Item", share: 22, style: { ...STYLE.small, face: "done-bold" } },
        { head: "What the transcript says", share: 70 },
        { head: "Entries", share: 18, style: STYLE.measuredSmall },
      ],
      report.items.map(({ name, says, entries }) => [
        name, entries.length > 0 ? listed(says) : NOT_EVIDENCED, where(entries, pointed),
      ]),
    );
  });
}

function drawMap(doc: PdfDocument, { clauses, pointed, mode }: RecordDocument): void {
  if (clauses.length === 0) return;
  doc.part("Clauses, and where the transcript speaks to them", () => {
    doc.paragraph(
      "For whoever asks by clause. Each row says in our own words what a clause asks, and points at the entries of the attached " +
        "transcript.json in which something of it can be seen. That it points somewhere is no judgement: whether what is there suffices, " +
        "and whether the clause applies at all, is for the auditor to say, with the source itself at hand. “Not evidenced” means that " +
        "this ceremony shows nothing of it; it may stand elsewhere.",
      { after: 8 },
    );
    drawPractice(doc, mode);
    for (const source of clauses) drawSource(doc, source, pointed);
    doc.heading(2, "Entries that are pointed at");
    doc.paragraph(
      "Entries go by the number (seq) that the attached transcript.json gives them, from 0 on. The hash of an entry is SHA-256 over its " +
        "canonical bytes (RFC 8785) in there; the next entry names it.",
      { after: 8 },
    );
    doc.table(
      [
        { head: "Entry", share: 8, style: STYLE.measured },
        { head: "Step", share: 8, style: STYLE.measured },
        { head: "Kind", share: 22 },
        { head: "SHA-256", share: 78, style: { ...STYLE.measuredSmall, size: 6.1 } },
      ],
      pointed.map(({ entry, step, kind, hash }) => [String(entry), step ?? "", kind, inFours(hash)]),
    );
  });
}

function drawSource(doc: PdfDocument, { source, about, clauses }: MappedSource, pointed: readonly RecordPointed[]): void {
  doc.heading(2, source);
  if (about !== undefined) doc.paragraph(about, { after: 6 });
  doc.table(
    [
      { head: "Clause", share: 20, style: { ...STYLE.small, face: "done-bold" } },
      { head: "What it asks", share: 54 },
      { head: "Where", share: 36, style: STYLE.measuredSmall },
    ],
    clauses.map(({ id, asks, entries }) => [id, asks, entries.length > 0 ? where(entries, pointed) : NOT_EVIDENCED]),
  );
}

const NOT_EVIDENCED: Rich = [{ text: "Not evidenced.", ...STYLE.small, face: "done-italic", colour: COLOUR.soft }];

/** One below the other, each with a mark where there are several. */
const listed = (says: readonly string[]): string => (says.length === 1 ? (says[0] ?? "") : says.map((text) => `– ${text}`).join("\n"));

function drawPractice(doc: PdfDocument, mode: RecordDocument["mode"]): void {
  if (mode === "rehearsal") doc.callout("Rehearsal.", "What follows is evidence of practice, and of nothing else.", "red");
}

/** "step 3.1, 3.2\nentry 41–43, 60". */
function where(entries: readonly number[], pointed: readonly RecordPointed[]): string {
  if (entries.length === 0) return "";
  const steps = [...new Set(pointed.flatMap(({ entry, step }) => (entries.includes(entry) && step !== null ? [step] : [])))];
  const named = steps.length === 0 ? [] : [`step ${steps.join(", ")}`];
  return [...named, `entry ${ranges(entries)}`].join("\n");
}

/** "0, 41–43, 60" for numbers in order. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${String(from)}${to === from + 1 ? ", " : "–"}${String(to)}`)).join(", ");
}
