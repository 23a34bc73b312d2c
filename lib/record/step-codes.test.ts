import { expect, test } from "vitest";
import { chainCode } from "../ceremony/chain-code";
import { entryHash } from "../ceremony/entry";
import { world, type SmallWorld } from "../ceremony/small-world.under-test";
import { roomView } from "#lib/conduct/room-view";
import { drawRecord } from "#lib/pdf/draw-record";
import { inflate } from "#lib/pdf/sealing.under-test";
import { printedText } from "./printed-text";
import { readPdf } from "./read-pdf";
import { recordDocument } from "./record";
import { tellsNothing as book } from "./tells-nothing.under-test";

/** What the wall says of the step that is open: its id, and the code that the film sees. */
function onTheWall(there: SmallWorld): readonly [string, string | null] {
  const now = there.now.head.at;
  const source = { ceremony: there.now, entries: there.entries, openings: [], book, record: null, health: null, now };
  const { acts, current } = roomView({ ...source, me: "olga" });
  const step = acts.flatMap(({ steps }) => steps).find((one) => one.step === current);
  return [step?.step ?? "", step?.code ?? null];
}

test("the code on the wall while a step is performed is the one printed beside it in the record, however often it was opened", async () => {
  const there = await world("make");
  await there.openStep();
  const [step, first] = onTheWall(there);
  await there.refuse("carl");
  await there.openStep("make", { deviation: await there.deviate() });
  const [, second] = onTheWall(there);
  expect(first).toMatch(/^[0-9a-f]{4} [0-9a-f]{4}$/);
  expect(second).not.toBe(first);
  await there.playTo(there.now.steps.at(-1)?.step.step);
  await there.readOut();
  await there.playTo();
  await there.close();

  const entries = there.entries;
  const record = recordDocument({ entries, openings: [] }, there.now, book);
  const opened = entries.filter((entry) => entry.kind === "step-opened");
  const steps = record.acts.flatMap((act) => act.steps);
  expect(steps.flatMap(({ codes }) => codes)).toEqual(opened.map((entry) => chainCode(entryHash(entry))));
  const index = there.now.script.acts.flatMap((act) => act.steps).findIndex((one) => one.step === step);
  expect(steps[index]?.codes).toEqual([first, second]);

  const pages = await printedText(readPdf(await drawRecord(record)), inflate);
  expect(pages.join("").replaceAll(" ", "")).toContain(`onthefilmas${[first, second].join(",")}`.replaceAll(" ", ""));
});
