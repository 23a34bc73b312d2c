import { drawRecord } from "#lib/pdf/draw-record";
import { sealer } from "#lib/pdf/sealing.under-test";
import { sealPdf } from "#lib/pdf/seal-pdf";
import type { RecordDocument } from "#lib/record/record-document";
import { sampleRecord } from "#lib/record/record-document.fixture";
import { figure, median, millisecondsOf } from "./figure";

const ROUNDS = 3;

/** Drawing and sealing a record of about ten pages and one of about two hundred, with a software key in the HSM's place. */
export async function benchRecord(): Promise<void> {
  const { signer } = await sealer();
  const seal = { signer: "Bench", signingTime: new Date() };
  for (const pages of [10, 200]) {
    const record = await recordOf(pages);
    const took: { draw: number; seal: number }[] = [];
    let drawn = new Uint8Array();
    let sealed = drawn;
    for (let round = 0; round < ROUNDS; round++) {
      const draw = await millisecondsOf(async () => {
        drawn = new Uint8Array(await drawRecord(record, { seal }));
      });
      const done = await millisecondsOf(async () => {
        sealed = new Uint8Array(await sealPdf(drawn, { signer }));
      });
      took.push({ draw, seal: done });
    }
    const drawing = median(took.map((one) => one.draw));
    const name = `record.${String(pages)}_pages`;
    figure(`${name}.pages`, pagesOf(sealed), "pages");
    figure(`${name}.draw`, drawing, "ms");
    figure(`${name}.draw_per_page`, drawing / pagesOf(sealed), "ms/page");
    figure(`${name}.seal`, median(took.map((one) => one.seal)), "ms");
    figure(`${name}.size`, sealed.length / 1024, "KiB");
  }
}

/** The sample with so many acts that it comes near that number of pages. */
async function recordOf(pages: number): Promise<RecordDocument> {
  const [one, five] = await Promise.all([1, 5].map(async (acts) => pagesOf(await drawRecord(sampleRecord({ acts })))));
  const perAct = ((five ?? 0) - (one ?? 0)) / 4;
  return sampleRecord({ acts: Math.max(1, Math.round(1 + (pages - (one ?? 0)) / perAct)) });
}

/** Pages by their own dictionaries. */
const pagesOf = (pdf: Uint8Array): number => Buffer.from(pdf).toString("latin1").match(/\/Type \/Page\b/g)?.length ?? 0;
