import { expect, test } from "vitest";
import { openedBody, placeholder, smallScript, SmallWorld } from "../ceremony/small-world.under-test";
import { drawRecord } from "#lib/pdf/draw-record";
import { inflate } from "#lib/pdf/sealing.under-test";
import { printedText } from "./printed-text";
import { readPdf } from "./read-pdf";
import { recordDocument } from "./record";
import { tellsNothing as book } from "./tells-nothing.under-test";

const BUILD = "5e".repeat(32);

/** What the printed record of a ceremony says, without its spaces. */
async function printedOf(there: SmallWorld): Promise<string> {
  const entries = there.entries;
  const record = recordDocument({ entries, openings: [] }, there.now, book);
  return (await printedText(readPdf(await drawRecord(record)), inflate)).join(" ").replaceAll(/\s+/g, "");
}

test("the record says what the script leaves to do afterwards, the review of an emergency too, and that it cannot know whether it was done", async () => {
  const there = new SmallWorld();
  const emergency = { usual: { approve: 1, of: 3 }, review: { days: 5 } };
  await there.openWith({ ...smallScript, afterwards: ["The film goes to the archive."], emergency });
  await there.playTo();
  await there.close();
  const printed = await printedOf(there);
  for (const told of ["Thefilmgoestothearchive.", "Reviewthisceremonywithin5days", "nobodyherehassignedit"]) expect(printed).toContain(told);
});

test("the printed record names each comparison of each device's clock, and the second screen by whose word it is", async () => {
  const there = new SmallWorld();
  await there.must("ceremony-opened", "olga", openedBody({ secondScreen: BUILD }));
  await there.attach();
  const clock = (device: string, milliseconds: number) => ({ device, name: placeholder(device), milliseconds });
  await there.must("clock-compared", "carl", clock("d-1", 3250));
  await there.must("clock-compared", "will", clock("d-2", -40));
  await there.must("clock-compared", "carl", clock("d-1", -5000));
  await there.playTo();
  await there.close();
  const printed = await printedOf(there);
  for (const told of ["3.25s", "\u22120.04s", "\u22125.00s", BUILD, "bythewordoftheappthatopenedtheceremony"]) expect(printed).toContain(told);
});
