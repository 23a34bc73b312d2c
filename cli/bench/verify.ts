import { redrawRecord } from "#lib/pdf/redraw-record";
import { figure, median, millisecondsOf } from "./figure";
import { pagesOf, realRecord } from "./real-record";

const ROUNDS = 3;
const PAGES = [10, 200] as const;

/** Checking a sealed record whole: without drawing its pages again, as the browser does, and with, as the command line does. */
export async function benchVerify(sizes: readonly number[] = PAGES): Promise<void> {
  const redraw = redrawRecord();
  const perPage: number[] = [];
  for (const pages of sizes) {
    const record = await realRecord(pages);
    const took: { bare: number; redrawn: number }[] = [];
    const good = async (ports: Parameters<typeof record.verify>[1]) => {
      if ((await record.verify(record.pdf, ports)).verdict !== "good") throw new Error("the record is not good");
    };
    for (let round = 0; round < ROUNDS; round++) {
      took.push({ bare: await millisecondsOf(() => good({})), redrawn: await millisecondsOf(() => good({ redraw })) });
    }
    const [name, bare] = [`verify.${String(pages)}_pages`, median(took.map((one) => one.bare))];
    perPage.push(bare / pagesOf(record.pdf));
    figure(`${name}.pages`, pagesOf(record.pdf), "pages");
    figure(`${name}.entries`, record.transcript.entries.length, "entries");
    figure(`${name}.size`, record.pdf.length / 1024, "KiB");
    figure(`${name}.verify`, bare, "ms");
    figure(`${name}.verify_and_redraw`, median(took.map((one) => one.redrawn)), "ms");
    figure(`${name}.redraw_over_verify`, median(took.map((one) => one.redrawn / one.bare)), "ratio");
  }
  // 1: a page of a long record costs what one of a short record does.
  figure("verify.per_page_long_over_short", (perPage.at(-1) ?? NaN) / (perPage[0] ?? NaN), "ratio");
}
