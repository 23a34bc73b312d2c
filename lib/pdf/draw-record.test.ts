import { execFileSync } from "node:child_process";
import path from "node:path";
import { inflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { sha256Hex, text } from "#lib/log/digest";
import { sampleRecord } from "#lib/record/record-document.fixture";
import type { PdfValue } from "#lib/record/pdf-syntax";
import { printedText } from "#lib/record/printed-text";
import { dictionary, nameOf, readPdf, resolvedArray, resolvedDictionary, resolve, textOf, type PdfFile } from "#lib/record/read-pdf";
import { drawRecord } from "./draw-record";
import { inflate } from "./sealing.under-test";
import { GlyphFault } from "./typefaces";

const drawn = async (mode: "rehearsal" | "production", acts = 3) => readPdf(await drawRecord(sampleRecord({ mode, acts })));
let rehearsal: PdfFile;
let production: PdfFile;
beforeAll(async () => {
  rehearsal = await drawn("rehearsal");
  production = await drawn("production");
});

const ofType = (pdf: PdfFile, type: string) =>
  [...pdf.objects.values()].flatMap(({ value }) => isDictionary(value) && nameOf(value.entries.get("Type")) === type ? [value] : []);
const isDictionary = (value: PdfValue) => typeof value === "object" && value !== null && "kind" in value && value.kind === "dictionary";
const contents = (pdf: PdfFile): string[] => ofType(pdf, "Page").map((page) => {
  const { stream } = resolve(pdf, page.entries.get("Contents"));
  return inflateSync(stream ?? new Uint8Array()).toString("latin1");
});

describe("the same record gives the same bytes", () => {
  test("twice in one process", async () => {
    expect(sha256Hex(await drawRecord(sampleRecord()))).toBe(sha256Hex(await drawRecord(sampleRecord())));
  });
  test("in another process", async () => {
    const script = path.join(import.meta.dirname, "draw-sample.under-test.ts");
    const other = execFileSync(process.execPath, ["--import", "tsx", script], { encoding: "utf8" });
    expect(other).toBe(sha256Hex(await drawRecord(sampleRecord())));
  });
  test("and another record other bytes", async () => {
    const record = sampleRecord();
    expect(sha256Hex(await drawRecord({ ...record, place: "elsewhere" }))).not.toBe(sha256Hex(await drawRecord(record)));
  });
});

describe("a rehearsal is one on every page", () => {
  const framed = (page: string) => page.includes("[2.2 4.4] 0 d");
  test("each page of a rehearsal is framed and marked, none of a production record", () => {
    expect(contents(rehearsal).length).toBeGreaterThan(5);
    expect(contents(rehearsal).every(framed)).toBe(true);
    expect(contents(production).some(framed)).toBe(false);
  });
  test("the title says so as well", () => {
    const title = (pdf: PdfFile) => textOf(resolve(pdf, resolvedDictionary(pdf, pdf.trailer.entries.get("Info")).entries.get("Title")).value);
    expect(title(rehearsal)).toContain("(rehearsal)");
    expect(title(production)).not.toContain("rehearsal");
  });
});

describe("everything is tagged (ISO 14289-1 clause 7.1)", () => {
  test("no text and no line is drawn outside an element or an artifact, and what is opened is closed", () => {
    for (const page of contents(production)) {
      let depth = 0;
      for (const line of page.split("\n")) {
        if (/ (?:BDC|BMC)$/.test(line)) depth++;
        if (line === "EMC") depth--;
        if (/ (?:TJ|Tj)$/.test(line) || /^(?:S|f|B)$/.test(line)) expect(depth, line).toBeGreaterThan(0);
        expect(depth).toBeGreaterThanOrEqual(0);
        expect(depth).toBeLessThanOrEqual(1);
      }
      expect(depth).toBe(0);
    }
  });
  test("no level of heading is left out", () => {
    let last = 0;
    for (const level of headingLevels(production)) {
      expect(level).toBeLessThanOrEqual(last + 1);
      last = level;
    }
    expect(last).toBeGreaterThan(0);
  });
  test("every table has a head, and every figure a text", () => {
    const elements = [...production.objects.values()].flatMap(({ value }) => isDictionary(value) ? [value] : []);
    const kinds = elements.map((element) => nameOf(element.entries.get("S")));
    expect(kinds.filter((kind) => kind === "TH").length).toBeGreaterThan(10);
    for (const figure of elements.filter((element) => nameOf(element.entries.get("S")) === "Figure")) expect(textOf(figure.entries.get("Alt"))).toContain("QR code");
  });
  test("what the script says in another language is tagged as that language", () => {
    const elements = [...production.objects.values()].flatMap(({ value }) => isDictionary(value) ? [value] : []);
    const german = elements.filter((element) => element.entries.has("Lang") && textOf(element.entries.get("Lang")) === "de");
    // Title and text of one step.
    expect(german).toHaveLength(2);
  });
  test("the catalogue says language, tagging, title, output colours and attachments", () => {
    const catalog = resolvedDictionary(production, production.trailer.entries.get("Root"));
    expect(textOf(catalog.entries.get("Lang"))).toBe("en");
    expect(resolvedDictionary(production, catalog.entries.get("MarkInfo")).entries.get("Marked")).toBe(true);
    expect(resolvedDictionary(production, catalog.entries.get("ViewerPreferences")).entries.get("DisplayDocTitle")).toBe(true);
    expect(resolvedArray(production, catalog.entries.get("OutputIntents"))).toHaveLength(1);
    expect(resolvedArray(production, catalog.entries.get("AF"))).toHaveLength(1);
  });
});

test("a title with markup stays text in the metadata, which names PDF/A-3a and PDF/UA-1", async () => {
  const pdf = readPdf(await drawRecord({ ...sampleRecord(), title: "Keys & <locks> \"2026\"" }));
  const [metadata] = [...pdf.objects.values()].filter(({ value }) => isDictionary(value) && nameOf(dictionary(value).entries.get("Subtype")) === "XML");
  const xmp = text(metadata?.stream ?? new Uint8Array());
  expect(xmp).toContain("Keys &amp; &lt;locks&gt; &quot;2026&quot;");
  expect(xmp).toContain("<pdfaid:part>3</pdfaid:part>");
  expect(xmp).toContain("<pdfaid:conformance>A</pdfaid:conformance>");
  expect(xmp).toContain("<pdfuaid:part>1</pdfuaid:part>");
  expect(xmp.match(/<(?!\?|\/)[^<>]*[^/]>/g)?.length).toBe(xmp.match(/<\/[^<>]*>/g)?.length);
});

test("a character that cannot be drawn is a fault that names it, wherever it stands", async () => {
  const record = sampleRecord();
  await expect(async () => drawRecord({ ...record, title: "a\u202eb" })).rejects.toThrow(GlyphFault);
  const [first, ...rest] = record.participants;
  const participants = first ? [{ ...first, name: "a\u200bb" }, ...rest] : [];
  await expect(async () => drawRecord({ ...record, participants })).rejects.toThrow("U+200B");
});

test("a record of hundreds of steps is drawn, its tables carried over pages", async () => {
  const pdf = await drawn("production", 60);
  expect(ofType(pdf, "Page").length).toBeGreaterThan(50);
});

test("a step, a name and a reason as long as somebody pleases are drawn", async () => {
  const record = sampleRecord();
  const long = "A very long remark that does not end. ".repeat(200);
  const [deviation] = record.deviations;
  const deviations = deviation ? [{ ...deviation, happened: long, decided: "9".repeat(3000) }] : [];
  const acts = record.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) => ({ ...step, title: `${step.title} ${long.slice(0, 400)}`, spoken: long, approvals: step.approvals.map((one) => ({ ...one, reason: long })) })),
  }));
  expect(ofType(readPdf(await drawRecord({ ...record, deviations, acts })), "Page").length).toBeGreaterThan(15);
});

test("a sheet that a difference opened is drawn with who read what, and as not completed where nobody has", async () => {
  const record = sampleRecord();
  const [first, ...rest] = record.deviations;
  const opened = { at: record.opened, what: "Serial: Ada read “A-17” (entry 14), Bob read “A-71” (entry 15)." };
  const pages = async (change: object) => {
    const deviations = first ? [{ ...first, ...change }, ...rest] : [];
    return (await printedText(readPdf(await drawRecord({ ...record, deviations })), inflate)).join("").replaceAll(" ", "");
  };
  const completed = await pages({ opened });
  expect(completed).toContain("Adaread“A-17”(entry14)");
  expect(completed).not.toContain("Notcompleted");
  expect(await pages({ opened, class: null, by: "nobody" })).toMatch(/Notcompleted·opened/);
});

test("printed sheets are drawn with numbers of their own, beside the sheets of the room: closed, named, neither, or nothing said of them", async () => {
  const record = sampleRecord();
  const pages = async (change: object) => (await printedText(readPdf(await drawRecord({ ...record, ...change })), inflate)).join("").replaceAll(/\s/gu, "");
  const all = await pages({});
  for (const words of ["Exceptionsheet1of2", "closedunused:P3,P4,P5.", "waswrittendown:P1.", "neitherclosednornamed:P2."]) expect(all).toContain(words);
  const unsaid = await pages({ deviations: [], readOut: null, printed: { closed: [], named: [], left: [1, 2, 3, 4, 5] } });
  expect(unsaid).toContain("Nonewasnoted.Nothingwassaidoftheprintedsheets:P1,P2,P3,P4,P5.");
  expect(await pages({ deviations: [] })).toContain("Nonewasnoted.Thattherewasnonetoreadwassaidby");
});

test("what is left to do is kept in a plan after production, and after a rehearsal only where it had one", async () => {
  const pages = async (mode: "rehearsal" | "production") =>
    (await printedText(readPdf(await drawRecord({ ...sampleRecord({ mode }), afterwards: ["Book the vault."] })), inflate)).join("").replaceAll(/\s/gu, "");
  expect(await pages("production")).toContain("inaplan,whichitmakesforthiswheretheceremonyhadnone");
  expect(await pages("rehearsal")).toContain("wheretherehearsalhadaplan");
});

test("a key that the ceremony destroyed is drawn as destroyed", async () => {
  const record = sampleRecord();
  const keys = record.keys.map((key) => ({ ...key, destroyed: { step: "Destroy the old key", at: key.made.at } }));
  expect(sha256Hex(await drawRecord({ ...record, keys }))).not.toBe(sha256Hex(await drawRecord(record)));
});

test("a record in which nothing happened is drawn", async () => {
  const record = sampleRecord();
  const bare = { ...record, acts: [], keys: [], deviations: [], seams: [], signatures: [], participants: [], assumptions: [], attachments: [], token: [] };
  expect(ofType(readPdf(await drawRecord(bare)), "Page").length).toBeGreaterThan(1);
});

/** In the order of the document: depth first through the structure tree. */
function headingLevels(pdf: PdfFile): number[] {
  const levels: number[] = [];
  const visit = (value: PdfValue | undefined): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (typeof value !== "object" || value === null || value.kind !== "reference") return;
    const element = resolve(pdf, value).value;
    if (!isDictionary(element)) return;
    const level = /^H(\d)$/.exec(nameOf(element.entries.get("S")) ?? "");
    if (level) levels.push(Number(level[1]));
    visit(element.entries.get("K"));
  };
  const catalog = resolvedDictionary(pdf, pdf.trailer.entries.get("Root"));
  visit(resolvedDictionary(pdf, catalog.entries.get("StructTreeRoot")).entries.get("K"));
  return levels;
}
