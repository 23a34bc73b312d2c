import { expect, test } from "vitest";
import { claimedStamp } from "../ceremony/claimed-stamp.under-test";
import { RECORDER } from "../ceremony/entry";
import { placeholder } from "../ceremony/small-roster.under-test";
import { smallScript } from "../ceremony/small-script.under-test";
import { openedBody, SmallWorld } from "../ceremony/small-world.under-test";
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

test("the printed record lists who stamped what while the ceremony went on, and what was not stamped", async () => {
  const there = new SmallWorld();
  await there.must("ceremony-opened", "olga", openedBody());
  await there.attach();
  const { seq, hash, at } = there.now.marks[0]!;
  await there.must("time-stamp-missed", RECORDER, { entry: seq, authority: "second", why: "away" });
  await there.must("time-stamped", RECORDER, { entry: seq, authority: "first", token: claimedStamp(hash, at) });
  await there.playTo();
  await there.close();
  const printed = await printedOf(there);
  // The token here has no certificates: what it claims is told all the same, and whose it is cannot be.
  for (const told of ["Timestamps", "Opening,entry2", "First:", "bycannotberead", "Second:notstamped.Askedat", "itdidnotanswer."]) expect(printed).toContain(told);
  // Each of the keys made later is in the list too, and lacks both.
  expect(printed.match(/Key,entry\d+/g)).toHaveLength(4);
});

test("where nobody was asked for a stamp, the printed record has no such list", async () => {
  const there = new SmallWorld();
  await there.must("ceremony-opened", "olga", openedBody());
  await there.attach();
  await there.playTo();
  await there.close();
  expect(await printedOf(there)).not.toContain("Timestamps");
});
