import { expect, test } from "vitest";
import type { Script } from "../ceremony/script";
import { placeholder } from "../ceremony/small-roster.under-test";
import { smallScript } from "../ceremony/small-script.under-test";
import { SmallWorld } from "../ceremony/small-world.under-test";
import { drawRecord } from "#lib/pdf/draw-record";
import { inflate } from "#lib/pdf/sealing.under-test";
import { printedText } from "./printed-text";
import { readPdf } from "./read-pdf";
import { recordDocument } from "./record";
import { tellsNothing as book } from "./tells-nothing.under-test";

/** The small script, which destroys its first key again before the signatures. */
const script: Script = {
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.flatMap((step) =>
      step.step === "sign"
        ? [{ step: "gone", kind: "operation" as const, title: "Gone", say: "Destroy it.", operations: [{ operation: "destroy", label: "one" }] }, step]
        : [step],
    ),
  })),
};

test("the record of an aborted ceremony says why, which keys were made before, and which of them were destroyed", async () => {
  const there = await (await new SmallWorld().openWith(script)).playTo("gone");
  const made = there.now.steps.flatMap(({ outcomes }) => outcomes).filter(({ request }) => request.operation === "make");
  await there.openStep();
  for (const person of ["carl", "cleo"]) await there.sign(person);
  await there.start();
  await there.finish({ outcome: { label: "one", ckaId: made[0]?.ckaId ?? "" } });
  await there.must("ceremony-aborted", "olga", { reason: placeholder("why") });
  expect(await there.close()).toMatchObject({ ok: true });

  const entries = there.entries;
  const record = recordDocument({ entries, openings: [] }, there.now, book);
  expect(record.ending.kind).toBe("aborted");
  expect(record.keys.map(({ label, destroyed }) => [label, destroyed?.step ?? null])).toEqual([
    ["one", "Gone"],
    ["two", null],
  ]);
  expect(record.keys.map(({ id }) => id)).toEqual(made.map(({ ckaId }) => ckaId));

  const pages = (await printedText(readPdf(await drawRecord(record)), inflate)).join(" ").replaceAll(/\s+/g, " ");
  expect(pages).toContain("The ceremony was ended before its last step");
  expect(pages).toContain("Two keys were made");
  expect(pages.match(/Destroyed \d\d:\d\d:\d\d/g)).toHaveLength(1);
});
