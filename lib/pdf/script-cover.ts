import { ruleInWords, type Script } from "#lib/ceremony/script";
import { stepTranslations, translationsOf } from "#lib/ceremony/translated";
import { COLOUR, STYLE } from "./design";
import { drawTranslated, inLanguage } from "./prose";
import { drawBlankTable } from "./blank-table";
import type { PdfDocument } from "./document";
import { drawLegends } from "./script-legend";
import type { ScriptPrint } from "./script-print";
import { drawTickLine } from "./exception-sheets";
import { dayAndClock } from "./record-phrases";
import { drawFillIn } from "./writing-place";

const TITLE = { face: "spoken-bold", size: 26, colour: COLOUR.ink } as const;

/** The first page of a copy: which text this is, for what, and whose copy. */
export function drawScriptCover(doc: PdfDocument, { script, hash, occasion, printed, copies }: ScriptPrint, copy: number): void {
  const { sheet } = doc;
  sheet.skip(18);
  doc.paragraph("SCRIPT OF A KEY CEREMONY", { style: { face: "done-bold", size: 8.6, colour: COLOUR.accent }, after: 10 });
  const large = sheet.lines(script.title, TITLE);
  const style = large.length > 2 ? { ...TITLE, size: 18 } : TITLE;
  sheet.flow("H1", sheet.lines(script.title, style), { leading: style.size * 1.2 });
  sheet.rule(sheet.y + 9, { colour: COLOUR.accent, width: 2, to: sheet.left + 46 });
  sheet.skip(24);
  const translations = translationsOf(script.in);
  doc.paragraph(script.purpose, { style: STYLE.recital, leading: 1.5, after: translations.length > 0 ? 6 : 16 });
  for (const { language, title, purpose } of translations) {
    inLanguage(sheet, language, () => {
      doc.paragraph(title, { style: STYLE.strong, after: 2 });
      doc.paragraph(purpose, { style: STYLE.translated, after: 12 });
    });
  }
  doc.facts(
    [
      { name: "Script", value: `${script.script}, edition ${String(script.edition)}`, measured: true },
      ...(occasion ? [{ name: "Ceremony", value: `${occasion.title} (${occasion.id})` }] : []),
      { name: "For", value: script.environment === "production" ? "production" : "tests" },
      { name: "Approval", value: ruleInWords(script.quorum) },
      { name: "Witnesses", value: `at least ${String(script.witnesses.least)}` },
      {
        name: "Time",
        value: `about ${String(script.minutes)} minutes; a step waits at most ${String(script.expires.minutes)} minutes for its signatures`,
      },
      {
        name: "Printed",
        value: `${dayAndClock(printed.toISOString())}, ${copies === 1 ? "one copy" : `${String(copies)} numbered copies`}`,
      },
    ],
    { after: 12 },
  );
  doc.hash(
    "What this script is known by: SHA-256 of its canonical text. It stands at the foot of every page, in digits and in " +
      "words. Read the first and the last line aloud before you begin.",
    hash,
  );
  sheet.skip(8);
  doc.heading(2, "How this copy is used");
  doc.list([
    { text: "The script is followed word by word. What stands beside a rule, in this serif, is read aloud." },
    { text: "A witness writes initials and time at each step, by the clock that everybody can see." },
    {
      text: "Whatever is not as scripted goes on an exception sheet, P1 to P5, at the end of this copy, when it is " +
        "noticed. A box that cannot be ticked is an exception.",
    },
    { text: "The code at the foot of a page leads back to its first step on the screen." },
  ]);
  sheet.skip(6);
  drawFillIn(sheet, `Copy ${String(copy)} belongs to`, { labelWidth: 120 });
  drawFillIn(sheet, "Role in this ceremony", { labelWidth: 120 });
  drawFillIn(sheet, "Date, place, and zone of the clock", { labelWidth: 160 });
}

/** A line for everybody whom the script asks for, and some for those who come besides. */
export function drawAttendance(doc: PdfDocument, { script }: ScriptPrint): void {
  doc.sheet.newPage();
  doc.heading(2, "Who is here");
  doc.paragraph(
    "Everybody writes their own name and signs once, so that initials and signatures can be told apart later. " +
      "A witness notes which kind of document was shown, not its number.",
    { style: STYLE.note, after: 8 },
  );
  const columns = [
    { head: "Role", share: 27 },
    { head: "Name in print", share: 27 },
    { head: "Document shown", share: 18 },
    { head: "Signature", share: 25 },
    { head: "Initials", share: 11 },
    { head: "Time", share: 11 },
  ];
  drawBlankTable(doc.sheet, columns, [...seatsOf(script).map((seat) => [seat]), [], []], 30);
}

/** The posts of the house, or, where the script names none, the seats its rules ask for. */
function seatsOf({ posts, quorum, witnesses }: Script): string[] {
  const numbered = (role: string, count: number) => Array.from({ length: count }, (_, i) => `${role} ${String(i + 1)}`);
  if (!posts) return ["Operator", ...numbered("Custodian", quorum.of), ...numbered("Witness", witnesses.least), "Auditor"];
  const named = (role: string) => posts.filter((post) => post.role === role).length;
  return [
    ...posts.map(({ title, role }) => (title.toLowerCase() === role ? title : `${title} (${role})`)),
    ...numbered("Custodian", Math.max(0, quorum.of - named("custodian"))),
    ...numbered("Witness", Math.max(0, witnesses.least - named("witness"))),
  ];
}

/** What must be true and what must lie on the table before anything begins. */
export function drawPreparation(doc: PdfDocument, { script }: ScriptPrint): void {
  const translations = translationsOf(script.in);
  drawLegends(doc, script);
  drawTicks(doc, "Before we begin", script.prerequisites, translations.map((one) => ({ ...one, lines: one.prerequisites })));
  drawTicks(doc, "On the table", script.equipment, translations.map((one) => ({ ...one, lines: one.equipment })));
  if (script.posts) {
    doc.heading(2, "Who does what");
    doc.facts(
      script.posts.map(({ title, duty }) => ({ name: title, value: duty })),
      { nameWidth: 130 },
    );
    for (const [language, posts] of byLanguage(script.posts)) {
      const facts = posts.map(({ title, duty }) => ({ name: title, value: duty }));
      inLanguage(doc.sheet, language, () => doc.facts(facts, { nameWidth: 130, valueStyle: STYLE.note }));
    }
  }
  if (script.tokens) {
    doc.heading(2, "Other tokens");
    for (const { token, title } of script.tokens)
      drawFillIn(doc.sheet, `${title} (${token}): serial number`, { labelWidth: 260 });
  }
}

type Lines = { readonly language: string; readonly lines: readonly string[] };

function drawTicks(doc: PdfDocument, title: string, lines: readonly string[], translations: readonly Lines[]): void {
  if (lines.length === 0) return;
  doc.heading(2, title);
  lines.forEach((line, i) => {
    drawTickLine(doc, line);
    for (const { language, lines: said } of translations) {
      inLanguage(doc.sheet, language, () => {
        doc.sheet.indented(18, () => {
          doc.paragraph(said[i] ?? "", { style: STYLE.note, after: 4 });
        });
      });
    }
  });
  doc.sheet.skip(4);
}

/** The posts in each other language, each language for itself. */
function byLanguage(posts: NonNullable<Script["posts"]>): Map<string, { title: string; duty: string }[]> {
  const found = new Map<string, { title: string; duty: string }[]>();
  for (const post of posts) for (const { language, ...texts } of translationsOf(post.in)) found.set(language, [...(found.get(language) ?? []), texts]);
  return found;
}

/** Everybody's word, by hand: the last page of the script itself. */
export function drawScriptSignatures(doc: PdfDocument, { script }: ScriptPrint): void {
  const signOff = script.acts.flatMap(({ steps }) => steps).find(({ kind }) => kind === "sign-off");
  doc.sheet.newPage();
  doc.heading(2, "Signatures");
  if (signOff) {
    doc.spoken(signOff.say);
    for (const { language, say } of stepTranslations(signOff)) drawTranslated(doc.sheet, language, say);
  }
  doc.paragraph(
    "Whoever does not agree ticks so and writes why on an exception sheet; not agreeing is as much a signature as agreeing.",
    { style: STYLE.note, after: 8 },
  );
  const columns = [
    { head: "Role", share: 24 },
    { head: "Name in print", share: 25 },
    { head: "Agrees", share: 10 },
    { head: "Does not", share: 10 },
    { head: "Signature", share: 30 },
    { head: "Date and time", share: 16 },
  ];
  drawBlankTable(doc.sheet, columns, [...seatsOf(script).map((seat) => [seat]), [], []], 30);
  if (script.afterwards) {
    drawTicks(doc, "Afterwards", script.afterwards, translationsOf(script.in).map((one) => ({ ...one, lines: one.afterwards ?? [] })));
  }
  drawSections(doc, script);
}

/** Where the script answers what a key generation script has to hold. */
function drawSections(doc: PdfDocument, { sections }: Script): void {
  const entries = Object.entries(sections ?? {}).filter((entry) => entry[1] !== undefined);
  if (entries.length === 0) return;
  doc.heading(2, "Where this script answers what such a script has to hold");
  doc.facts(
    entries.map(([name, section]) => ({
      name: name.replaceAll("-", " "),
      value: Array.isArray(section) ? section.join(", ") : `left out: ${(section as { omitted: string }).omitted}`,
    })),
    { nameWidth: 92, valueStyle: STYLE.small, after: 4 },
  );
}
