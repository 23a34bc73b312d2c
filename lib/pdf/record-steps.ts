import type { RecordApproval, RecordDocument, RecordOutcome, RecordPaper, RecordStep } from "#lib/record/record-document";
import { COLOUR, LEADING, STYLE } from "./design";
import type { PdfDocument } from "./document";
import { inFours } from "./hash-block";
import { drawTranslated, inLanguage } from "./prose";
import { between, clock, duration, inOneSentence } from "./record-phrases";
import { widthOf } from "./text-lines";

const GUTTER = 38;
/** The sentence of an outcome stays with its first facts. */
const OUTCOME_HEAD = 76;

/** Every act and every step, in the order of the script, as on paper. */
export function drawSteps(doc: PdfDocument, record: RecordDocument): void {
  doc.part("The ceremony, step by step", () => {
    doc.paragraph("As performed. All times are UTC. A rule at the side marks what was read aloud.", { after: 0 });
    for (const act of record.acts) {
      doc.heading(2, `Act ${act.number}. ${act.title}`);
      for (const { language, title } of act.translations) inLanguage(doc.sheet, language, () => doc.paragraph(title, { style: STYLE.note }));
      for (const step of act.steps) drawStep(doc, step);
    }
  });
}

function drawStep(doc: PdfDocument, step: RecordStep): void {
  const { sheet } = doc;
  drawStepHead(doc, step);
  sheet.indented(GUTTER, () => {
    for (const { language, title } of step.translations) inLanguage(sheet, language, () => doc.paragraph(title, { style: STYLE.note, after: 2 }));
    if (step.spoken) doc.spoken(step.spoken);
    for (const { language, say } of step.translations) drawTranslated(sheet, language, say);
    if (step.paper) drawPaper(doc, step.paper);
    if (step.doings.length > 0) {
      doc.facts(
        step.doings.map(({ at, did, ...who }) => ({ name: clock(at), value: [{ text: who.name, face: "done-bold" }, ` (${who.role}) ${did}`] })),
        { nameWidth: 54, nameStyle: STYLE.measuredSmall, valueStyle: STYLE.small, after: 3 },
      );
    }
    if (step.approvals.length > 0) drawApprovals(doc, step.approvals);
    for (const outcome of step.outcomes) drawOutcome(doc, outcome);
    if (step.results.length > 0) doc.list(step.results.map((text) => ({ text, mark: "→" })), STYLE.small);
    for (const number of step.deviations) {
      doc.paragraph([{ text: `Deviation ${number}`, face: "done-bold" }, " was noted here; see its exception sheet."], { style: STYLE.small });
    }
  });
  sheet.skip(4);
}

/** "2.3  Title ……… 14:03:22 – 14:04:10" over "operation · planned 5 min, took 48 s". */
function drawStepHead(doc: PdfDocument, step: RecordStep): void {
  const { sheet } = doc;
  const leading = STYLE.h3.size * LEADING.tight;
  const times = step.opened ? `${clock(step.opened)}${step.finished ? ` – ${clock(step.finished)}` : ""}` : "";
  const timesWidth = widthOf(times, STYLE.measuredSmall.face, STYLE.measuredSmall.size);
  const title = sheet.lines(step.title, STYLE.h3, sheet.width - GUTTER - timesWidth - 12);
  sheet.need(title.length * leading + 70);
  sheet.skip(9);
  sheet.rule(sheet.y, { colour: COLOUR.hairline, width: 0.5 });
  sheet.skip(6);
  const { left, width, y } = sheet;
  const number = sheet.lines(step.number, { face: "measured-bold", size: 9, colour: COLOUR.accent });
  const heading = sheet.element("H3");
  heading.add(() => {
    number.forEach((line) => sheet.setLine(line, left, y, leading));
    title.forEach((line, i) => sheet.setLine(line, left + GUTTER, y + i * leading, leading));
  });
  heading.end();
  const at = sheet.element("P");
  at.add(() => sheet.lines(times, STYLE.measuredSmall).forEach((line) => sheet.setLine(line, left + width - timesWidth, y, leading)));
  at.end();
  const marks = initialsColumn(step);
  if (marks) {
    const column = sheet.element("P");
    const columnWidth = widthOf(marks, STYLE.measuredSmall.face, STYLE.measuredSmall.size);
    column.add(() => sheet.lines(marks, STYLE.measuredSmall).forEach((line) => sheet.setLine(line, left + width - columnWidth, y + leading, leading)));
    column.end();
  }
  sheet.y += title.length * leading;
  sheet.indented(GUTTER, () => doc.paragraph(stepNote(step), { style: STYLE.note, after: 3 }));
}

const KINDS: Record<RecordStep["kind"], string> = {
  statement: "read aloud", attendance: "attendance", check: "check", operation: "operation on the token", evidence: "evidence",
  pause: "pause", "sign-off": "signatures",
};

function stepNote(step: RecordStep) {
  const time = [
    ...(step.plannedMinutes === undefined ? [] : [`planned ${step.plannedMinutes} min`]),
    ...(step.opened && step.finished ? [`took ${duration(between(step.opened, step.finished))}`] : []),
  ].join(", ");
  const paper = step.paper ? "PAPER" : "";
  const state = { done: "", "not-done": "Not done", "not-reached": "Not reached" }[step.state];
  return [
    ...(state ? [{ text: `${state} · `, face: "done-bold" as const, colour: COLOUR.red }] : []),
    ...(paper ? [{ text: `${paper} · `, face: "done-bold" as const, colour: COLOUR.red }] : []),
    [KINDS[step.kind], time].filter((part) => part !== "").join(" · "),
    ...(step.codes.length === 0 ? [] : [` · on the film as `, { text: step.codes.join(", "), ...STYLE.measuredSmall }]),
  ];
}

/** As many initials as the column holds; all of them stand below, each with a name and a time. */
function initialsColumn({ initials }: RecordStep): string {
  const marks = initials.slice(0, 6).map((one) => one.initials).join(" ");
  return marks === "" ? "" : `initials ${marks}${initials.length > 6 ? " …" : ""}`;
}

/** What two people signed about a step that no screen saw. */
function drawPaper(doc: PdfDocument, { began, ended, account, kept, deviation, by }: RecordPaper): void {
  doc.callout("PAPER.", `Done on the printed script from ${clock(began)} to ${clock(ended)}; exception sheet ${deviation} says why. Kept: ${kept}`, "red");
  doc.paragraph(`“${account}”`, { style: STYLE.small });
  doc.table(
    [{ head: "Signed for by", share: 34 }, { head: "At", share: 16, style: STYLE.measuredSmall }, { head: "Passkey and signed statement", share: 50, style: STYLE.measuredSmall }],
    by.map((one) => [
      [{ text: one.name, face: "done-bold" }, { text: `\n${one.role}`, colour: STYLE.note.colour }],
      clock(one.at),
      [{ text: one.passkey, colour: COLOUR.ink }, `\n${inFours(one.statementHash)}`],
    ]),
  );
}

function drawApprovals(doc: PdfDocument, approvals: readonly RecordApproval[]): void {
  doc.sheet.skip(4);
  doc.table(
    [
      { head: "Custodian", share: 26 },
      { head: "Decision", share: 26 },
      { head: "Passkey", share: 25, style: STYLE.measuredSmall },
      { head: "Signed statement", share: 26, style: STYLE.measuredSmall },
    ],
    approvals.map((approval) => [
      [{ text: approval.name, face: "done-bold" }, { text: `\n${approval.role}`, colour: STYLE.note.colour }],
      [decision(approval), { text: `\n${clock(approval.at)}`, ...STYLE.measuredSmall }],
      [{ text: approval.passkey, colour: COLOUR.ink }, `\nAAGUID\n${approval.aaguid.slice(0, 19)}\n${approval.aaguid.slice(19)}`],
      [{ text: inFours(approval.statementHash), colour: COLOUR.ink }, `\nnonce ${approval.nonce}`],
    ]),
  );
  for (const { name, decision, reason } of approvals) {
    if (reason) doc.callout(decision === "refuse" ? "Refused." : "Remark.", `${name}: “${reason}”`, decision === "refuse" ? "red" : "plain");
  }
}

const decision = ({ decision }: RecordApproval) => decision === "approve"
  ? { text: "✓ approved", face: "done-bold" as const }
  : { text: "✗ refused", face: "done-bold" as const, colour: COLOUR.red };

function drawOutcome(doc: PdfDocument, outcome: RecordOutcome): void {
  const failed = outcome.result === "failed";
  const recovered = outcome.recovered ? "; completed after an interruption by looking at the token" : "";
  const granted = outcome.attributes.filter((attribute) => !attribute.needless);
  doc.sheet.need(OUTCOME_HEAD);
  doc.callout(failed ? "Failed." : "Outcome.", outcome.sentence, failed ? "red" : "plain");
  doc.facts([
    ...(outcome.operation ? [{ name: "Operation", value: outcome.operation, measured: true }] : []),
    failed ? { name: "Tried", value: clock(outcome.at) } : { name: "Done", value: `${clock(outcome.at)}, in ${duration(outcome.durationMs)}${recovered}` },
    ...outcome.facts,
    ...(granted.length > 0 ? [{ name: "Read back", value: inOneSentence(granted.map(({ text }) => text)) }] : []),
  ], { nameWidth: 92, valueStyle: STYLE.small, after: 4 });
  const needless = outcome.attributes.filter((attribute) => attribute.needless);
  if (needless.length > 0) doc.callout("Not needed.", inOneSentence(needless.map(({ text }) => text)), "red");
  if (outcome.fingerprint) doc.hash(outcome.fingerprint.of, outcome.fingerprint.value);
}
