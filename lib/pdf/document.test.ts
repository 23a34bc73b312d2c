import { expect, test } from "vitest";
import { printedText } from "#lib/record/printed-text";
import { readPdf } from "#lib/record/read-pdf";
import { STYLE } from "./design";
import { openDocument } from "./document";
import { inflate } from "./sealing.under-test";

const drawn = async (text: string): Promise<Uint8Array> => {
  const document = openDocument({
    title: "T", author: "A", subject: "S", keywords: "K", language: "en", created: new Date(0), running: () => undefined,
  });
  document.sheet.newPage();
  document.part("Part", () => document.paragraph([{ ...STYLE.measured, text }]));
  return document.finish();
};
const printed = async (text: string) => (await printedText(readPdf(await drawn(text)), inflate)).join("");

test("a document is the same whatever was drawn before it: letters that were first seen as parts of others, signs that share a glyph", async () => {
  await drawn("ÖÅÑ");
  expect(await printed("OAN")).toContain("OAN");
  await drawn("a\u00a0b \u00b5");
  expect(await printed("a b \u03bc")).toContain("a b \u03bc");
});
