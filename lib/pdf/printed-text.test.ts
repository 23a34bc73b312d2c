import { beforeAll, expect, test } from "vitest";
import { pagesWithoutHash, printedText } from "#lib/record/printed-text";
import { readPdf } from "#lib/record/read-pdf";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { drawRecord } from "./draw-record";
import { inflate } from "./sealing.under-test";

const record = sampleRecord();
let pages: string[];
beforeAll(async () => {
  pages = await printedText(readPdf(await drawRecord(record)), inflate);
});

test("every page prints the hash of the transcript, its number, and that it is a rehearsal", () => {
  expect(pages.length).toBeGreaterThan(5);
  expect(pagesWithoutHash(pages, record.transcriptHash)).toEqual([]);
  pages.forEach((page, i) => {
    expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
    expect(page).toContain("REHEARSAL");
  });
});
test("a page that prints another hash is named", () => {
  expect(pagesWithoutHash([...pages.slice(0, 2), pages[2]?.replaceAll(/[0-9]/g, "0") ?? ""], record.transcriptHash)).toEqual([3]);
  expect(pagesWithoutHash(pages, "00".repeat(32))).toHaveLength(pages.length);
});
test("names, hashes and words come out as they went in", () => {
  const whole = pages.join("\n");
  for (const { name } of record.participants.filter((one) => !/[\u0590-\u06ff]/.test(one.name))) expect(whole).toContain(name);
  expect(whole).toContain("jwt-signing-2026-11");
  expect(whole).toContain("blackjack Orlando");
});
