import { operationsOf, quorumRuleOf, ruleInWords, stepsOf, type Script, type Step } from "#lib/ceremony/script";
import { stepTranslations, translationsOf } from "#lib/ceremony/translated";
import { COLOUR, LEADING, STYLE } from "./design";
import { verticalRule } from "./blank-table";
import { inLanguage } from "./prose";
import type { PdfDocument } from "./document";
import type { ScriptPrint } from "./script-print";
import { SCRIPT_BODY, type PrintedPages } from "./script-furniture";
import type { Rich, Sheet } from "./sheet";
import type { Line, TextStyle } from "./text-lines";
import { drawLine, drawTickBox } from "./writing-place";

const COLUMNS = { step: 34, initials: 56, time: 56 } as const;
const ACTIVITY = {
  left: SCRIPT_BODY.left + COLUMNS.step,
  width: SCRIPT_BODY.width - COLUMNS.step - COLUMNS.initials - COLUMNS.time - 10,
} as const;
const INITIALS = SCRIPT_BODY.left + SCRIPT_BODY.width - COLUMNS.initials - COLUMNS.time;
const TIME = INITIALS + COLUMNS.initials;
const RIGHT = SCRIPT_BODY.left + SCRIPT_BODY.width;
const HEAD = 17;
const CONTINUED = 22;
const PAD = 7;
const LEAST_ROW = 52;

/** A piece of a step's activity: lines of one kind, and what is drawn beside each part of them that stands on one page. */
interface Block {
  readonly type: "H3" | "P" | "BlockQuote";
  readonly lines: readonly Line[];
  readonly leading: number;
  readonly before: number;
  readonly indent: number;
  readonly mark?: (left: number, top: number, bottom: number) => void;
  /** Of a text in another language than the script's own. */
  readonly lang?: string;
}

/** Every act as a table of Step, Activity, Initials and Time. A step stands on one page whenever one page can hold it. */
export function drawScriptActs(doc: PdfDocument, pages: PrintedPages, print: ScriptPrint): void {
  const { script } = print;
  const numbers = new Map(stepsOf(script).map((step, i) => [step.step, i + 1]));
  doc.sheet.newPage();
  script.acts.forEach(({ title, in: others, steps }, i) => {
    // Some scripts number their acts themselves.
    const name = /^Act \d/.test(title) ? title : `Act ${String(i + 1)}. ${title}`;
    const rows = steps.map((step) => ({
      step,
      number: numbers.get(step.step) ?? 0,
      blocks: blocksOf(doc.sheet, script, step, print),
    }));
    // A heading stays with the whole of its first step, or goes with it to the next page.
    const first = rows[0] ? heightOf(rows[0].blocks) : 0;
    pages.step = steps[0]?.step ?? null;
    doc.sheet.need(Math.min(first + HEAD + 46, SCRIPT_BODY.bottom - SCRIPT_BODY.top));
    doc.heading(2, name);
    for (const one of translationsOf(others)) inLanguage(doc.sheet, one.language, () => doc.paragraph(one.title, { style: STYLE.note }));
    drawTableOf(doc.sheet, pages, name, rows);
  });
}

type Row = { readonly step: Step; readonly number: number; readonly blocks: readonly Block[] };

function drawTableOf(sheet: Sheet, pages: PrintedPages, name: string, rows: readonly Row[]): void {
  sheet.within("Table", () => {
    sheet.within("TR", () =>
      drawHeads(sheet, (draw) => {
        const th = sheet.element("TH", { scope: "Column" });
        th.add(draw);
        th.end();
      }),
    );
    pages.carry = (page) => {
      const line = page.lines(`${name}, continued`, STYLE.note)[0];
      page.artifact(() => line && page.setLine(line, page.left, page.y - 4, 14), "Pagination");
      page.y += CONTINUED - 8;
      drawHeads(page, (draw) => page.artifact(draw, "Pagination"));
    };
    for (const row of rows) drawRow(sheet, pages, row);
    pages.carry = null;
  });
  sheet.skip(6);
}

function drawHeads(sheet: Sheet, cell: (draw: () => void) => void): void {
  const heads = [
    ["Step", SCRIPT_BODY.left],
    ["Activity", ACTIVITY.left],
    ["Initials", INITIALS + 5],
    ["Time", TIME + 5],
  ] as const;
  for (const [head, x] of heads) {
    const line = sheet.lines(head, STYLE.label)[0];
    cell(() => line && sheet.setLine(line, x, sheet.y, HEAD - 4));
  }
  sheet.y += HEAD;
  sheet.rule(sheet.y - 2, { colour: COLOUR.ink, width: 0.9 });
}

function drawRow(sheet: Sheet, pages: PrintedPages, { step, number, blocks }: Row): void {
  const height = heightOf(blocks);
  const pageRoom = SCRIPT_BODY.bottom - SCRIPT_BODY.top - CONTINUED - HEAD;
  const outgoing = pages.step;
  // The page that a step moves to begins with that step, not with the one before.
  pages.step = step.step;
  if (height > sheet.room && (height <= pageRoom || sheet.room < 150)) sheet.newPage();
  else pages.step = outgoing;
  pages.beginStep(step.step);
  let top = sheet.y;
  sheet.y += PAD;
  sheet.within("TR", () => {
    const cell = sheet.element("TD");
    const label = sheet.lines(String(number), { face: "measured-bold", size: 10, colour: COLOUR.accent })[0];
    cell.add(() => label && sheet.setLine(label, SCRIPT_BODY.left + 2, top + PAD, STYLE.h3.size * LEADING.tight));
    cell.end();
    sheet.within("TD", () => {
      for (const block of blocks) drawBlock(block);
    });
    for (let i = 0; i < 2; i++) sheet.element("TD").end();
  });
  sheet.y = Math.max(sheet.y + PAD, top + LEAST_ROW);
  endPart();

  function endPart(): void {
    for (const x of [ACTIVITY.left - 6, INITIALS, TIME, RIGHT]) verticalRule(sheet, x, top, sheet.y);
    sheet.rule(sheet.y, { colour: COLOUR.soft, width: 0.6 });
  }

  function drawBlock({ type, lines, leading, before, indent, mark, lang }: Block): void {
    const element = sheet.element(type, lang === undefined ? {} : { lang });
    const left = ACTIVITY.left + indent;
    sheet.skip(before);
    for (let from = 0; from < lines.length;) {
      if (sheet.room < leading + PAD) {
        sheet.y = Math.min(sheet.y + PAD, SCRIPT_BODY.bottom);
        endPart();
        sheet.newPage();
        top = sheet.y;
        sheet.skip(PAD);
      }
      const part = lines.slice(from, from + Math.max(1, Math.floor((sheet.room - PAD) / leading)));
      const { y } = sheet;
      mark?.(left, y, y + part.length * leading);
      element.add(() => part.forEach((line, i) => sheet.setLine(line, left, y + i * leading, leading)));
      sheet.skip(part.length * leading);
      from += part.length;
    }
    element.end();
  }
}

const heightOf = (blocks: readonly Block[]): number =>
  Math.max(
    LEAST_ROW,
    blocks.reduce((sum, { before, lines, leading }) => sum + before + lines.length * leading, 2 * PAD),
  );

/**
 * What stands in the Activity column of a step: its name, what is read aloud, what is asked of the token, what is written down.
 */
function blocksOf(sheet: Sheet, script: Script, step: Step, print: ScriptPrint): Block[] {
  const text = (
    type: Block["type"],
    rich: Rich,
    style: TextStyle,
    { leading = LEADING.text, before = 0, indent = 0, mark, lang }: Partial<Block> = {},
  ): Block => ({
    type,
    lines: sheet.lines(rich, style, ACTIVITY.width - indent),
    leading: style.size * leading,
    before,
    indent,
    ...(mark ? { mark } : {}),
    ...(lang === undefined ? {} : { lang }),
  });
  const aloud = (say: string): Block =>
    text("BlockQuote", say, STYLE.spoken, { leading: 1.42, before: 5, indent: 12, mark: rule(COLOUR.accent, 1.8) });
  const tick = (said: string): Block =>
    text("P", said, STYLE.text, { before: 5, indent: 17, mark: (left, top) => drawTickBox(sheet, left - 17, top + 2.5) });
  const fillIn = (label: string, labelWidth = 128): Block => {
    const block = text("P", label, STYLE.small, { leading: 1.3, before: 11 });
    // Beside its last line there is room to write; a label as wide as the column gets a line of its own below.
    const from = Math.max(labelWidth, (block.lines.at(-1)?.width ?? 0) + 8);
    const lines = from > ACTIVITY.width - 90 ? [...block.lines, ...sheet.lines(" ", STYLE.small)] : block.lines;
    const start = lines === block.lines ? from : 0;
    return { ...block, lines, mark: (left, _top, bottom) => drawLine(sheet, bottom, left + start, left + ACTIVITY.width) };
  };
  const translations = stepTranslations(step);
  return [
    text("H3", step.title, STYLE.h3, { leading: LEADING.tight }),
    ...translations.map(({ language, title }) => text("P", title, STYLE.note, { leading: LEADING.tight, lang: language })),
    text("P", noteOf(script, step, print), STYLE.note, { leading: 1.35 }),
    aloud(step.say),
    ...translations.map(({ language, say }) => text("BlockQuote", say, STYLE.translated, { before: 3, indent: 12, lang: language })),
    ...translations.flatMap(({ language, asked }) =>
      asked === null ? [] : [text("P", asked, STYLE.note, { before: 4, lang: language })],
    ),
    ...doings(),
  ];

  function rule(colour: string, width: number) {
    return (left: number, top: number, bottom: number) => {
      sheet.artifact(() =>
        sheet.canvas
          .moveTo(left - 10, top + 2)
          .lineTo(left - 10, bottom - 1)
          .lineWidth(width)
          .strokeColor(colour)
          .stroke(),
      );
    };
  }

  function doings(): Block[] {
    switch (step.kind) {
      case "attendance":
        return [tick("Everybody on the sheet “Who is here” was identified.")];
      case "check":
        return [
          ...(step.expected === undefined
            ? []
            : [
                text(
                  "P",
                  [
                    { text: "Expected  ", ...STYLE.note },
                    { text: step.expected, face: "measured" },
                  ],
                  STYLE.text,
                  { before: 6 },
                ),
              ]),
          ...(step.bag
            ? [
                tick(
                  `The bag was looked at from all sides before it was ${step.bag.does === "opens" ? "opened" : "sealed"}${step.bag.holds ? `; it holds: ${step.bag.holds.join(", ")}` : ""}.`,
                ),
              ]
            : []),
          ...(step.physical
            ? [fillIn(`${step.value}, read by the operator`), fillIn("the same, read by a witness"), tick("Both readings agree.")]
            : [fillIn(step.value)]),
        ];
      case "evidence":
        return [fillIn(step.what), fillIn("Where it is kept")];
      case "pause":
        return [fillIn("People, going out and back")];
      case "operation":
        return operationBlocks();
      case "statement":
      case "sign-off":
        return [];
    }
  }

  function operationBlocks(): Block[] {
    const asked = operationsOf(step);
    const approved = asked.some(({ operation }) => print.book.find(operation)?.effect !== "reads");
    const keys = asked.flatMap((request) => print.book.find(request.operation)?.makes(request) ?? []);
    return [
      text("P", asked.length === 1 ? "Asked of the token" : "Asked of the token, in this order", STYLE.label, { before: 8 }),
      ...asked.map((request) => {
        const sentence =
          print.book.find(request.operation)?.sentence(request, { serial: print.serial ?? "(its serial number)" }) ??
          request.operation;
        return text(
          "P",
          sentence,
          { ...STYLE.spoken, size: 10.4 },
          { leading: 1.4, before: 2, indent: 12, mark: rule(COLOUR.ink, 0.9) },
        );
      }),
      ...(approved ? [fillIn(`Approved by (${ruleInWords(quorumRuleOf(script, step))})`)] : []),
      ...(keys.some(({ kind }) => kind === "key-pair") ? [fillIn("Fingerprint: first and last words")] : []),
      tick("The outcome on the display says what stands here."),
    ];
  }
}

const KINDS: { readonly [kind in Step["kind"]]: string } = {
  statement: "read aloud",
  attendance: "attendance",
  check: "a value to read",
  operation: "on the token",
  evidence: "evidence",
  pause: "break",
  "sign-off": "signatures",
};

function noteOf(script: Script, step: Step, { book }: ScriptPrint): string {
  const reads =
    step.kind === "operation" && operationsOf(step).every(({ operation }) => book.find(operation)?.effect === "reads");
  const places = step.kind === "statement" || step.kind === "check" || step.kind === "evidence" ? step : null;
  return [
    KINDS[step.kind],
    ...("by" in step ? [`by ${step.by.join(", ")}`] : []),
    ...(step.kind === "operation"
      ? [reads ? "reads only, needs no approval" : `needs ${ruleInWords(quorumRuleOf(script, step))}`]
      : []),
    ...(step.kind === "operation" && step.cooling
      ? [`not before ${String(step.cooling.minutes)} minutes after ${step.cooling.after}`]
      : []),
    ...(places?.opens ? [`opens ${places.opens.join(", ")}`] : []),
    ...(places?.closes ? [`closes ${places.closes.join(", ")}`] : []),
    ...(step.minutes === undefined ? [] : [`planned ${String(step.minutes)} min`]),
  ].join(" · ");
}
