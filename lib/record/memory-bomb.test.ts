import { deflateSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { rebuilt, replaceIn } from "#lib/pdf/forgery.under-test";
import { drawRecord } from "#lib/pdf/draw-record";
import { webCryptoVerifier as verifier } from "#lib/webcrypto/web-crypto-verifier";
import { inflate } from "#lib/webcrypto/inflate";
import { EDITION_FILE } from "./edition";
import { inflateAtMost, readAttachments } from "./pdf-attachments";
import { printedText } from "./printed-text";
import { readPdf } from "./read-pdf";
import { sampleRecord } from "./record-document.fixture";
import { verifyFile } from "./verify-file";

// A small file can be made to unpack to gigabytes. Nothing is unpacked before it is known what for, and no more than a budget.

const attachment = (name: string) =>
  ({ name, mime: "application/json", description: "A file", relationship: "Data" as const, bytes: new TextEncoder().encode("{}") });
const withFiles = (...names: string[]) => drawRecord({ ...sampleRecord({ mode: "production", acts: 1 }), attachments: names.map(attachment) });

let plain: Uint8Array;
beforeAll(async () => {
  plain = await withFiles("one.json", "two.json");
}, 60_000);

/** How many streams were unpacked until the verdict on the file. */
async function unpackedFor(file: Uint8Array): Promise<{ verdict: string; unpacked: number }> {
  let unpacked = 0;
  const counting = (compressed: Uint8Array) => {
    unpacked += 1;
    return inflate(compressed);
  };
  const { verdict } = await verifyFile(file, { sha256: "00".repeat(32) }, { verifier, inflate: counting });
  return { verdict, unpacked };
}

test("nothing is unpacked of a file that neither is sealed nor says that it is an edition", async () => {
  expect(await unpackedFor(plain)).toEqual({ verdict: "bad", unpacked: 0 });
});
test("nor of one that attaches more than any record", async () => {
  const crowd = await withFiles(EDITION_FILE, ...Array.from({ length: 16 }, (_, i) => `${String(i)}.json`));
  await expect(readAttachments(readPdf(crowd), inflate)).rejects.toThrow("more attachments than any record has");
  expect(await unpackedFor(crowd)).toEqual({ verdict: "bad", unpacked: 0 });
});
test("what is unpacked is counted, and it ends with the budget", async () => {
  const packed = Uint8Array.from(deflateSync(Buffer.alloc(1000)));
  const thrifty = inflateAtMost(2500, inflate);
  expect([(await thrifty(packed)).length, (await thrifty(packed)).length]).toEqual([1000, 1000]);
  await expect(thrifty(packed)).rejects.toThrow("larger than any record is");
  await expect(thrifty(packed)).rejects.toThrow("larger than any record is");
  // A file whose parts do not fit is one that cannot be read, not one that ends the verifier.
  await expect(readAttachments(readPdf(plain), inflateAtMost(1, inflate))).rejects.toThrow("one.json is damaged");
});
test("a page that stands twice in the list of pages is read by nobody", async () => {
  const twice = rebuilt(plain, (objects) => {
    replaceIn(objects, "/Type /Pages", (text) => text.replace(/\/Kids \[(\d+ 0 R)/, "/Kids [$1 $1"));
  });
  expect((await printedText(readPdf(plain), inflate)).length).toBeGreaterThan(0);
  await expect(printedText(readPdf(twice), inflate)).rejects.toThrow("a page stands twice");
});
