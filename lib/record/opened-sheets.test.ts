import { expect, test } from "vitest";
import { commit } from "../log/commitment";
import { CAST, placeholder } from "../ceremony/small-roster.under-test";
import { worldIn, type SmallWorld } from "../ceremony/small-world.under-test";
import { recordDocument } from "./record";
import { tellsNothing as book } from "./tells-nothing.under-test";

const said = placeholder("A-17");
const other = commit({ path: "test", salt: "00".repeat(16), value: "A-71" });
const openings = ["A-17", "A-71", "talked about", ...CAST.flat()].map((value) => ({ path: "test", salt: "00".repeat(16), value }));

/** The operator and a witness have read the serial, and not the same. */
async function differing(): Promise<SmallWorld> {
  const there = await worldIn("serial");
  await there.must("value-entered", "olga", { step: "serial", value: said });
  await there.must("value-entered", "will", { step: "serial", value: other });
  return there;
}

/** What the record says of its sheets once the ceremony was aborted. */
async function sheetsOf(there: SmallWorld) {
  await there.must("ceremony-aborted", "olga", { reason: placeholder("enough") });
  await there.close();
  const document = recordDocument({ entries: there.entries, openings }, there.now, book);
  const step = document.acts.flatMap(({ steps }) => steps).find(({ title }) => title === "Serial");
  return { sheets: document.deviations, atStep: step?.deviations };
}

test("the record says of a sheet that a difference opened who read what, from the entries and not from whoever completed it", async () => {
  const there = await differing();
  const [first, second] = there.now.openSheet?.readings ?? [];
  await there.deviate(null);
  const text = placeholder("talked about");
  await there.must("deviation-noted", "wang", { class: "D", step: "serial", expected: text, happened: text, decided: text, decidedBy: ["olga"] });
  const { sheets, atStep } = await sheetsOf(there);
  expect(sheets.map(({ number, opened }) => [number, opened !== undefined])).toEqual([[1, true], [2, false]]);
  expect(sheets[0]).toMatchObject({ class: "D", by: "wang", step: "Serial", decidedBy: ["olga"], happened: "talked about" });
  // Entries are counted from 1, as the room counts them.
  const [one, two] = [first, second].map((reading) => String((reading?.seq ?? 0) + 1));
  const what = `Serial: olga read “A-17” (entry ${one}), will read “A-71” (entry ${two}).`;
  expect(sheets[0]?.opened).toEqual({ at: expect.any(String) as string, what });
  expect(atStep).toEqual([1]);
});

test("the record has a sheet that a difference opened also where the ceremony ended before anybody completed it", async () => {
  const { sheets, atStep } = await sheetsOf(await differing());
  expect(sheets).toMatchObject([{ number: 1, class: null, by: "nobody", decidedBy: [], decided: expect.stringMatching(/^Nothing:/) as string }]);
  expect(sheets[0]?.opened?.what).toContain("will read “A-71”");
  expect(atStep).toEqual([1]);
});
