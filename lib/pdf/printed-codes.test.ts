import { readFileSync } from "node:fs";
import path from "node:path";
import decodeQR from "qr/decode.js";
import { beforeAll, expect, test } from "vitest";
import { book } from "#lib/operations/book";
import { ascii } from "#lib/record/pdf-syntax";
import { printedText } from "#lib/record/printed-text";
import { readPdf, resolve, resolvedArray, resolvedDictionary, type PdfFile } from "#lib/record/read-pdf";
import { readScript } from "#lib/script-source/read-script";
import { drawScript } from "./draw-script";
import { inflate } from "./sealing.under-test";

const file = path.join(import.meta.dirname, "..", "ceremony", "scripts", "production-key-generation.yaml");
const read = readScript(readFileSync(file, "utf8"), file, book);
if (!read.ok) throw new Error(read.refusal[0]?.sentence);
const { script, hash } = read.value;
const address = (step: string | null) => `https://claviger.example/ceremonies/c-1${step === null ? "" : `#step-${step}`}`;

/** Where the code stands on each page, in points from the top left, and how many dots of a picture a point is. */
const [LEFT, TOP, SIDE, DOTS] = [595.28 - 50 - 58, 841.89 - 92 + 7, 58, 8] as const;

let pdf: PdfFile;
beforeAll(async () => {
  const printed = new Date("2026-11-22T18:00:00.000Z");
  pdf = readPdf(await drawScript({ script, hash, book, copies: 1, occasion: null, serial: null, printed, address }));
});

/** What a camera sees at the foot of each page: the dark rectangles there, as a picture. */
async function codes(): Promise<string[]> {
  const catalog = resolvedDictionary(pdf, pdf.trailer.entries.get("Root"));
  const kids = resolvedArray(pdf, resolvedDictionary(pdf, catalog.entries.get("Pages")).entries.get("Kids"));
  return Promise.all(
    kids.map(async (kid) => {
      const { stream } = resolve(pdf, resolvedDictionary(pdf, kid).entries.get("Contents"));
      const content = ascii(await inflate(stream ?? new Uint8Array()));
      const border = 4 * DOTS;
      const side = SIDE * DOTS + 2 * border;
      const data = new Uint8Array(side * side * 4).fill(255);
      for (const [, ...numbers] of content.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\b/g)) {
        const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
        if (x < LEFT - 0.5 || y < TOP - 0.5 || x + width > LEFT + SIDE + 0.5 || y + height > TOP + SIDE + 0.5) continue;
        const [from, to] = [Math.round((x - LEFT) * DOTS) + border, Math.round((x + width - LEFT) * DOTS) + border];
        for (let row = Math.round((y - TOP) * DOTS); row < Math.round((y + height - TOP) * DOTS); row++)
          for (let column = from; column < to; column++) data.fill(0, ((row + border) * side + column) * 4, ((row + border) * side + column) * 4 + 3);
      }
      return decodeQR({ width: side, height: side, data }, { timeLimit: 2000 });
    }),
  );
}

test("the code at the foot of each printed page leads back to the step that the page says it leads to", async () => {
  const steps = (await printedText(pdf, inflate)).map((page) => /leads to step ([\w-]+)/.exec(page)?.[1] ?? null);
  expect(steps.filter((step) => step !== null).length).toBeGreaterThan(3);
  expect(await codes()).toEqual(steps.map(address));
});
