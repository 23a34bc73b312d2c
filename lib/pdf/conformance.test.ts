import { readFileSync } from "node:fs";
import path from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { book } from "#lib/operations/book";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { readScript } from "#lib/script-source/read-script";
import { conformanceFaults } from "./conformance.under-test";
import { drawRecord } from "./draw-record";
import { drawScript } from "./draw-script";
import { numberOf, rebuilt, replaceIn } from "./forgery.under-test";
import { drawnSample, sealer } from "./sealing.under-test";
import { sealPdf } from "./seal-pdf";

// PDF/A-3a and PDF/UA-1, by clause, without a judge: every file that is drawn keeps them, and each check finds its breach.

const NAMES = "Þórður Ægisson, Nguyễn Thị Hồng, Άννα Παππά, Юлия Ковалёва, محمد بن عبد الله, שרה כהן, 佐藤 美咲、サトウ, 王小龙, 김민수, राजेश शर्मा, สมชาย";

let file: Uint8Array;
beforeAll(async () => {
  file = await sealPdf(await drawnSample(), { signer: (await sealer()).signer });
});

describe("every file that is drawn conforms", () => {
  test("a sealed record", () => {
    expect(conformanceFaults(file)).toEqual([]);
  });
  test("a rehearsal's, with names in ten scripts", async () => {
    const record = sampleRecord({ mode: "rehearsal", acts: 2 });
    const participants = record.participants.map((one) => ({ ...one, name: NAMES }));
    expect(conformanceFaults(await drawRecord({ ...record, title: `${NAMES} & <Co>`, participants }))).toEqual([]);
  });
  test("a script for the table", async () => {
    const source = path.join(import.meta.dirname, "..", "ceremony", "scripts", "production-key-generation.yaml");
    const read = readScript(readFileSync(source, "utf8"), source, book);
    if (!read.ok) throw new Error(read.refusal[0]?.sentence);
    const { script, hash } = read.value;
    const print = { script, hash, copies: 2, book, occasion: null, serial: null, printed: new Date("2026-11-22T18:00:00.000Z"), address: () => "https://claviger.example/" };
    expect(conformanceFaults(await drawScript(print))).toEqual([]);
  });
});

type Objects = Map<number, string>;
const inObject = (holding: string, from: string | RegExp, to: string) => (objects: Objects) => replaceIn(objects, holding, (text) => text.replace(from, to));
/** Changes what is drawn on the first page. */
const onPage = (edit: (content: string) => string) => (objects: Objects) => {
  const number = Number(/\/Contents (\d+) 0 R/.exec(objects.get(numberOf(objects, "/Type /Page\n")) ?? "")?.[1]);
  const packed = /stream\n([^]*)\nendstream/.exec(objects.get(number) ?? "")?.[1] ?? "";
  const content = inflateSync(Buffer.from(packed, "latin1")).toString("latin1");
  const after = edit(content);
  expect(after).not.toBe(content);
  const again = deflateSync(Buffer.from(after, "latin1")).toString("latin1");
  objects.set(number, `${number} 0 obj\n<<\n/Filter /FlateDecode\n/Length ${again.length}\n>>\nstream\n${again}\nendstream\nendobj\n`);
};
const inMetadata = (from: string | RegExp, to: string) => (objects: Objects) => replaceIn(objects, "/Type /Metadata", (text) => {
  const after = text.replace(from, to);
  const length = (/stream\n([^]*)\nendstream/.exec(after)?.[1] ?? "").length;
  return after.replace(/\/Length \d+/, `/Length ${length}`);
});

const ARTIFACT = "/Artifact <<\n/Type /Layout\n>> BDC\n";
const BREACHES: readonly (readonly [string, string, (objects: Objects) => void])[] = [
  ["19005-3 6.2.3", "no colour profile", inObject("/S /GTS_PDFA1", "GTS_PDFA1", "GTS_PDFX")],
  ["14289-1 7.2", "no language", inObject("/Type /Catalog", /\/Lang \(en\)\n/, "")],
  ["14289-1 7.1", "not marked", inObject("/Marked true", "/Marked true", "/Marked false")],
  ["14289-1 7.1", "title", inObject("/DisplayDocTitle true", "true", "false")],
  ["19005-3 6.6.2.1", "no metadata", inObject("/Type /Catalog", /\/Metadata \d+ 0 R\n/, "")],
  ["19005-3 6.6.2.1", "broken", inMetadata("</pdfuaid:part>", "&</pdfuaid:part>")],
  ["19005-3 6.6.4", "PDF/A", inMetadata("<pdfaid:conformance>A<", "<pdfaid:conformance>B<")],
  ["14289-1 5", "PDF/UA", inMetadata("<pdfuaid:part>1<", "<pdfuaid:part>2<")],
  ["19005-3 6.6.3", "two titles", inMetadata(/(<dc:title>[^]*?<rdf:li[^>]*>)/, "$1Another ")],
  ["19005-3 6.8", "not associated", inObject("/Type /Catalog", /\/AF \[[^\]]*\]/, "/AF []")],
  ["19005-3 6.8", "relationship", inObject("/Type /Filespec", /\/AFRelationship \/\w+\n/, "")],
  ["19005-3 6.8", "both names", inObject("/Type /Filespec", /\/UF \([^)]*\)\n/, "")],
  ["19005-3 6.8", "media type", inObject("/Type /EmbeddedFile", /\/Subtype \/[\w#]+\n/, "")],
  ["14289-1 7.11", "description", inObject("/Type /Filespec", /\/Desc \([^)]*\)\n/, "")],
  ["19005-3 6.8", "date", inObject("/Type /EmbeddedFile", /\/ModDate \([^)]*\)\n/, "")],
  ["32000-1 7.11.4", "checksum", inObject("/Type /EmbeddedFile", /\/CheckSum <[0-9a-f]{32}>/, "/CheckSum (none)")],
  ["14289-1 7.1", "known kind", inObject("/S /BlockQuote", "/S /BlockQuote", "/S /Aside")],
  ["32000-1 14.7.2", "parent", inObject("/S /Figure", /\/P (\d+) 0 R/, "/P 1 0 R")],
  ["14289-1 7.5, 7.6", "TH in", inObject("/S /TR", "/S /TR", "/S /P")],
  ["14289-1 7.3", "figure", inObject("/S /Figure", /\/Alt \([^)]*\)\n/, "")],
  ["14289-1 7.5", "scope", inObject("/S /TH", /\/Scope \/Column/, "/Scope /None")],
  ["14289-1 7.5", "without a head", inObject("/S /TH", "/S /TH", "/S /TD")],
  ["14289-1 7.4.2", "level", inObject("/S /H1", "/S /H1", "/S /H3")],
  ["14289-1 7.1", "outside", onPage((content) => `${content}\n0 0 10 10 re\nf\n`)],
  ["14289-1 7.1", "within", onPage((content) => content.replace("BDC\n", `BDC\n${ARTIFACT}`))],
  ["14289-1 7.1", "not closed", onPage((content) => `${content}\n${ARTIFACT}`)],
  ["32000-1 14.7.4", "no element holds", onPage((content) => content.replace("/MCID 0", "/MCID 7000"))],
  ["32000-1 14.7.4", "not there", onPage((content) => content.replace(/\/\w+ <<\n\/MCID 0\n>> BDC\n/, ARTIFACT))],
  ["14289-1 7.18.3", "tabs", (objects) => { for (const [number, text] of objects) objects.set(number, text.replace("/Tabs /S", "/Tabs /R")); }],
  ["19005-3 6.3.2", "hidden", inObject("/Subtype /Widget", "/F 132", "/F 130")],
  ["19005-3 6.3.3", "appearance", inObject("/Subtype /Widget", /\/AP <<[^>]*>>\n/, "")],
  ["14289-1 7.18.1", "text", inObject("/Subtype /Widget", /\/TU \([^)]*\)\n/, "")],
  ["14289-1 7.18.4", "form", inObject("/S /Form", "/S /Form", "/S /Div")],
  ["19005-3 6.2.11.7", "typeface without", inObject("/Subtype /Type0", "/Encoding /Identity-H", "/Encoding /WinAnsiEncoding")],
  ["19005-3 6.2.11.4", "embedded", inObject("/FontFile2", /\/FontFile2 \d+ 0 R\n/, "")],
  ["19005-3 6.2.11.4", "embedded", inObject("/Subtype /CIDFontType2", "/Subtype /CIDFontType2", "/Subtype /Type1")],
  ["19005-3 6.2.11.3", "mapped", inObject("/CIDToGIDMap", /\/CIDToGIDMap \/Identity/, "/CIDToGIDMap /Other")],
  ["14289-1 7.21.4.2", "list of glyphs", inObject("/FontFile2", "/FontFile2", "/CIDSet 1 0 R\n/FontFile2")],
  ["19005-3 6.2.11.8", "box", onPage((content) => content.replace(/\[<[0-9a-f]{4}/, "[<0000"))],
  ["19005-3 6.2.11.7.2", "without characters", onPage((content) => content.replace(/\[<[0-9a-f]{4}/, "[<fff0"))],
];

test.each(BREACHES)("%s is looked at: %s", (clause, what, breach) => {
  const faults = conformanceFaults(rebuilt(file, breach));
  expect(faults.filter((fault) => fault.startsWith(`${clause}: `) && fault.includes(what))).not.toEqual([]);
});

test("19005-3 6.1.3 is looked at: the trailer's ID", () => {
  const without = Buffer.from(Buffer.from(file).toString("latin1").replace(/\/ID \[[^\]]*\]\n/, ""), "latin1");
  expect(conformanceFaults(Uint8Array.from(without))).toContain("19005-3 6.1.3: the trailer has no ID");
});
