import { expect, test } from "vitest";
import { CAST, placeholder } from "../ceremony/small-roster.under-test";
import { world, type SmallWorld } from "../ceremony/small-world.under-test";
import { printedSheetsBy, printedSheetsInWords } from "./printed-sheets";
import { recordDocument } from "./record";
import { tellsNothing as book } from "./tells-nothing.under-test";

const texts = ["talked about", "Written on P2, kept in the bag.", ...CAST.flat()];
const openings = texts.map((value) => ({ path: "test", salt: "00".repeat(16), value }));

/** The record of a ceremony that ended at its signatures, as it says what became of the printed sheets. */
async function toldOf(there: SmallWorld, change: object = {}): Promise<string[]> {
  await there.must("ceremony-aborted", "olga", { reason: placeholder("enough") });
  await there.close();
  return printedSheetsInWords({ ...recordDocument({ entries: there.entries, openings }, there.now, book), ...change });
}

const noted = async (): Promise<SmallWorld> => {
  const there = await world("sign");
  const [text, happened] = [placeholder("talked about"), placeholder("Written on P2, kept in the bag.")];
  await there.must("deviation-noted", "wang", { class: "B", step: null, expected: text, happened, decided: text, decidedBy: ["olga"] });
  return there;
};

test("the record names the printed sheets that were closed, by names that no sheet of the room has", async () => {
  const there = await world("sign");
  await there.readOut({ unused: [1, 2, 3, 4, 5] });
  expect(await toldOf(there)).toEqual(["Printed sheets closed unused: P1, P2, P3, P4, P5."]);
});

test("the record says which of the others an exception sheet names, and which are neither closed nor named", async () => {
  const there = await noted();
  await there.readOut({ unused: [3, 4] });
  const named = "Printed sheets named where something was written down: P2.";
  expect(await toldOf(there.fork())).toEqual(["Printed sheets closed unused: P3, P4.", named, "Printed sheets neither closed nor named: P1, P5."]);
  const edition = { record: "", withheld: [], of: 0 };
  expect((await toldOf(there, { edition })).at(-1)).toBe("Printed sheets neither closed nor named in what is shown here: P1, P5.");
});

test("a reading that closes none of them is no silence: each is said to be neither closed nor named", async () => {
  const there = await world("sign");
  await there.readOut({ unused: [] });
  expect(await toldOf(there)).toEqual(["Printed sheets neither closed nor named: P1, P2, P3, P4, P5."]);
});

test("where nobody was asked, nothing was said of the printed sheets, and the record says that", async () => {
  expect(await toldOf(await world("sign"))).toEqual(["Nothing was said of the printed sheets: P1, P2, P3, P4, P5."]);
});

test("a sheet is named by its whole name", () => {
  expect(printedSheetsBy([], ["P12 and XP2 and p3, on (P4)."])).toEqual({ closed: [], named: [4], left: [1, 2, 3, 5] });
});
