import { deflateSync, inflateSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { book } from "#lib/operations/book";
import { recordDocument } from "#lib/record/record";
import type { RecordDocument } from "#lib/record/record-document";
import { withLog } from "#lib/record/record-log";
import { withVerifier } from "#lib/record/record-verifier";
import { producerOf, type Redraw } from "#lib/record/redraw";
import { SealedRecord } from "#lib/record/sealed-record.under-test";
import { withParts } from "#lib/record/with-parts";
import { drawRecord } from "./draw-record";
import { numberOf, rebuilt, replaceIn } from "./forgery.under-test";
import { redrawRecord } from "./redraw-record";
import { rendererName } from "./renderer";
import { sealPdf } from "./seal-pdf";
import { drawable } from "./undrawable-texts";

// Pages that say what their transcript does not, sealed by somebody who has the recorder's own keys.

let us: SealedRecord;
const redraw = redrawRecord();
beforeAll(async () => {
  us = await SealedRecord.make();
}, 60_000);

const pagesOf = async (pdf: Uint8Array, port: Redraw | null = redraw) => {
  const { verdict, checks, limits, conclusions } = await us.verify(pdf, port ? { redraw: port } : {});
  const check = checks.find(({ name }) => name === "pages");
  return { verdict, ...check, limits, holds: conclusions.find(({ name }) => name === "pages-tell")?.holds };
};

test("a record as the worker seals it is drawn again, object by object", async () => {
  expect(await pagesOf(us.pdf)).toMatchObject({ verdict: "good", ok: true, limits: [], holds: true });
  expect((await pagesOf(us.pdf)).examined).toBeUndefined();
});

/** Drawn as the worker draws it, but for what is bent, by what names itself so; and sealed. */
async function drawn(change: (document: RecordDocument) => RecordDocument, { log = "none", renderer = rendererName() }: Drawing = {}): Promise<Uint8Array> {
  const told = withVerifier(withLog(recordDocument(us.transcript, us.ceremony, book), log), null);
  const document = change(withParts(told, us.transcript, us.ceremony, null));
  const signer = `Claviger record signing ${us.ceremony.recorder?.token.serial ?? ""}`;
  return drawRecord(drawable(document), { seal: { signer, signingTime: us.signingTime }, ...(renderer !== "" && { renderer }) });
}
type Drawing = { readonly log?: "none" | "behind"; readonly renderer?: string };
const sealed = (file: Uint8Array) => sealPdf(file, { signer: us.signer });
const same = (document: RecordDocument) => document;

test("a record whose worker kept a log that was behind is as good as one without a log", async () => {
  for (const log of ["none", "behind"] as const) expect(await pagesOf(await sealed(await drawn(same, { log })))).toMatchObject({ verdict: "good", ok: true, holds: true });
});

describe("sealed by a hostile host, under the renderer's own name", () => {
  test.each<[string, RegExp, (document: RecordDocument) => RecordDocument]>([
    ["another title", /page 1 prints “.*Forged/, (document) => ({ ...document, title: "Forged" })],
    ["no word of keys", /page \d+ prints|pages, and the transcript/, (document) => ({ ...document, keys: [] })],
    ["another name for a custodian", /page \d+ prints “.*Mallory/, (document) => ({ ...document, participants: document.participants.map((one) => ({ ...one, name: "Mallory" })) })],
    ["another end", /page 1 prints/, (document) => ({ ...document, ending: { kind: "aborted", reason: "x" } })],
    ["an assumption left out", /page \d+ prints/, (document) => ({ ...document, assumptions: document.assumptions.slice(1) })],
  ])("%s is found, with the page and what it prints", async (_what, says, change) => {
    const found = await pagesOf(await sealed(await drawn(change)));
    expect(found).toMatchObject({ verdict: "bad", ok: false, holds: false });
    expect(found.reason).toMatch(says);
  });

  test.each<[string, RegExp, (objects: Map<number, string>) => void]>([
    ["a page that is cut off at its edge", /how page 1 is drawn differs/, (objects) => replaceIn(objects, "/Type /Page\n", (text) => text.replace("841.89]", "641.89]"))],
    ["another program as its maker", /object \d+ differs/, (objects) => replaceIn(objects, "\n(Claviger)\n", (text) => text.replace("(Claviger)", "(Claviges)"))],
  ])("%s is found, though every word is the same", async (_what, says, change) => {
    const found = await pagesOf(await sealed(rebuilt(await drawn(same), change, { fixRange: false })));
    expect(found).toMatchObject({ verdict: "bad", ok: false });
    expect(found.reason).toMatch(says);
  });

  test("a page packed by another compressor says the same", async () => {
    const repacked = rebuilt(await drawn(same), (objects) => {
      const number = Number(/\/Contents (\d+) 0 R/.exec(objects.get(numberOf(objects, "/Type /Page\n")) ?? "")?.[1]);
      const [head = "", rest = ""] = (objects.get(number) ?? "").split("stream\n");
      const packed = Buffer.from(rest.slice(0, Number(/\/Length (\d+)/.exec(head)?.[1])), "latin1");
      const again = deflateSync(inflateSync(packed), { level: 1 });
      objects.set(number, `${head.replace(/\/Length \d+/, `/Length ${String(again.length)}`)}stream\n${again.toString("latin1")}\nendstream\nendobj\n`);
    }, { fixRange: false });
    expect(await pagesOf(await sealed(repacked))).toMatchObject({ verdict: "good", ok: true });
  });
});

describe("what is not compared is said, is no finding against the record, and nothing follows from it", () => {
  const unexamined = { verdict: "good", ok: true, examined: false, holds: null };

  test("where nothing draws, as in the browser", async () => {
    const found = await pagesOf(us.pdf, null);
    expect(found).toMatchObject({ ...unexamined, limits: [found.reason] });
    expect(found.reason).toContain(`nothing here draws. The command line does, of the release that drew them (${rendererName()})`);
  });
  test("drawn by another version, whoever says so", async () => {
    const other = drawn((document) => ({ ...document, title: "Forged" }), { renderer: "claviger 0.0.9 (0123456789abcdef)" });
    const found = await pagesOf(await sealed(await other));
    expect(found).toMatchObject(unexamined);
    expect(found.reason).toContain("they were drawn by claviger 0.0.9 (0123456789abcdef), and here is");
  });
  test("no version named", async () => {
    expect((await pagesOf(await sealed(await drawn(same, { renderer: "" })))).reason).toContain("does not say what drew them");
  });
});

test("a renderer that cannot draw what it is said to have drawn is a finding", async () => {
  const cannot: Redraw["draw"] = () => {
    throw new Error("no such glyph");
  };
  const broken: Redraw = { renderer: rendererName(), draw: cannot };
  expect(await pagesOf(us.pdf, broken)).toMatchObject({ verdict: "bad", ok: false, reason: "The pages cannot be drawn from this transcript (no such glyph)." });
});

test("the name of what draws is the package, its version and a hash, and goes into the file whole", () => {
  expect(rendererName()).toMatch(/^claviger \d+\.\d+\.\d+ \([0-9a-f]{16}\)$/);
  expect(producerOf(rendererName())).toMatch(/^Claviger, pages drawn by claviger /);
});
