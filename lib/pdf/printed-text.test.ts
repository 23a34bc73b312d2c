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

test("a capability that nobody needs is printed beside its key and under its step; without one nothing is said", async () => {
  const said = (all: readonly string[]) => all.join("\n").match(/Not\s*needed[.:]\s*can\s*unwrap\s*other\s*keys/gi)?.length ?? 0;
  expect(said(pages)).toBeGreaterThan(1);
  const needed = <T extends { needless?: boolean }>(all: readonly T[]) => all.filter(({ needless }) => needless !== true);
  const plain = {
    ...record,
    keys: record.keys.map((key) => ({ ...key, attributes: needed(key.attributes) })),
    acts: record.acts.map((act) => ({
      ...act,
      steps: act.steps.map((step) => ({
        ...step,
        outcomes: step.outcomes.map((outcome) => ({ ...outcome, attributes: needed(outcome.attributes) })),
      })),
    })),
  };
  expect(said(await printedText(readPdf(await drawRecord(plain)), inflate))).toBe(0);
});
