import { describe, expect, test } from "vitest";
import { commit } from "../log/commitment";
import { initialsMissing } from "./admit-sheets";
import { sheetNumber, sheetsInOrder, stateOf } from "./ceremony";
import { RECORDER } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { replay } from "./replay";
import { smallBook } from "./small-book.under-test";
import { hashSignatures, placeholder } from "./small-roster.under-test";
import { worldIn, type SmallWorld } from "./small-world.under-test";

const said = placeholder("something");
const other = commit({ path: "test", salt: "00".repeat(16), value: "another value" });
const sheet = { class: "B", step: "serial", expected: said, happened: said, decided: said } as const;

/** The operator and a witness have read the serial, and not the same. */
async function differing(): Promise<SmallWorld> {
  const there = await worldIn("serial");
  await there.must("value-entered", "olga", { step: "serial", value: said });
  await there.must("value-entered", "will", { step: "serial", value: other });
  return there;
}

describe("a sheet that a difference opens", () => {
  test("[VALUE-TWO-PEOPLE] accepts a second reading that differs, halts the step, and opens a numbered sheet in the same entry", async () => {
    const there = await differing();
    const { seq } = there.now.head;
    expect(stateOf(there.now, "serial")?.status).toBe("refused");
    expect(there.now.openSheet).toMatchObject({ number: 1, step: "serial", at: there.now.head.at });
    expect(there.now.openSheet?.readings).toEqual([
      { seq: seq - 1, by: "olga", value: said },
      { seq, by: "will", value: other },
    ]);
    // Nothing but the readings carries it: whoever replays them has it, whatever crashed after the second.
    const again = await replay(hashSignatures, smallBook, there.transcript);
    expect(again.ok && again.value?.openSheet).toEqual(there.now.openSheet);
  });

  test("readings that agree open none", async () => {
    const there = await worldIn("serial");
    for (const person of ["olga", "will"]) await there.must("value-entered", person, { step: "serial", value: said });
    expect(there.now.openSheet).toBeNull();
  });

  test("[REOPEN-DEVIATION] refuses to go on while the sheet stands open, whatever is noted elsewhere or by the recorder", async () => {
    const there = await differing();
    const elsewhere = await there.deviate(null);
    const [before] = there.now.deviations;
    await there.must("worker-noted", RECORDER, { class: "C", step: "serial", code: "worker-restarted", facts: {} });
    expect(there.now.openSheet?.number).toBe(1);
    for (const deviation of [null, elsewhere, there.now.head.seq]) {
      await expectRefused(there.openStep("serial", { deviation }), "REOPEN-DEVIATION");
    }
    expect([before?.number, there.now.deviations.at(-1)?.number]).toEqual([2, 3]);
  });

  test("[DEVIATION-DECIDED] accepts what completes the sheet, with who decided; it keeps its number, and the step is opened again with it", async () => {
    const there = await differing();
    const { openSheet } = there.now;
    const second = await there.deviate(null, "carl");
    await expectAccepted(there.act("deviation-noted", "wang", { ...sheet, decidedBy: ["olga"] }));
    const noted = there.now.head.seq;
    expect(there.now.openSheet).toBeNull();
    expect(sheetsInOrder(there.now).map(({ number, seq, opened }) => [number, seq, opened])).toEqual([[1, noted, openSheet], [2, second, null]]);
    expect([noted, second, 1].map((seq) => sheetNumber(there.now, seq))).toEqual([1, 2, 0]);
    await expectAccepted(there.openStep("serial", { deviation: noted }));
    // Read differently once more: a sheet of its own.
    await there.must("value-entered", "olga", { step: "serial", value: said });
    await there.must("value-entered", "wang", { step: "serial", value: other });
    expect(there.now.openSheet?.number).toBe(3);
  });

  test("[DEVIATION-DECIDED] refuses to complete the sheet without anybody who decided", async () => {
    const there = await differing();
    await expectRefused(there.act("deviation-noted", "olga", sheet), "DEVIATION-DECIDED");
    await expectAccepted(there.act("deviation-noted", "olga", { ...sheet, step: null }));
    expect(there.now.openSheet?.number).toBe(1);
  });

  test("[DEVIATION-KNOWN] refuses initials under a sheet that nobody has completed", async () => {
    const there = await differing();
    for (const reading of there.now.openSheet?.readings ?? []) {
      await expectRefused(there.act("deviation-initialled", "carl", { deviations: [reading.seq] }), "DEVIATION-KNOWN");
    }
  });

  test("[DEVIATIONS-READ] accepts reading out by entries where a sheet was completed after another was noted", async () => {
    const there = await differing();
    const second = await there.deviate(null, "carl");
    await there.must("deviation-noted", "olga", { ...sheet, decidedBy: ["olga"] });
    const first = there.now.head.seq;
    await there.openStep("serial", { deviation: first });
    for (const person of ["olga", "will"]) await there.must("value-entered", person, { step: "serial", value: said });
    await there.playTo("sign");
    await expectRefused(there.readOut({ deviations: [first, second] }), "DEVIATIONS-READ");
    await expectAccepted(there.readOut({ deviations: [second, first] }));
    const [completed] = sheetsInOrder(there.now);
    expect(completed && initialsMissing(there.now, completed)).toEqual(["carl", "cleo", "cora", "will", "wang"]);
  });

  test("[REOPEN-DEVIATION] refuses to go on after a stop with what completes the sheet, which is not about the stop", async () => {
    const there = await differing();
    await there.act("ceremony-stopped", "axel", { reason: said });
    await expectAccepted(there.act("deviation-noted", "carl", { ...sheet, decidedBy: ["olga"] }));
    const completed = there.now.head.seq;
    expect(there.now.deviations[0]?.opened?.number).toBe(1);
    for (const person of ["carl", "cleo"]) expect((await there.agreeToGoOn(person, completed)).ok).toBe(false);
    await expectRefused(there.act("ceremony-resumed", "olga", { deviation: completed }), "REOPEN-DEVIATION");
    // Nor is an agreement made up for it: what custodians signed for another deviation, bent to this one.
    const about = await there.deviate();
    const other = there.fork();
    await expectAccepted(other.agreeToGoOn("carl", about));
    const statement = other.now.stopped?.approvals[0]?.statement;
    if (!statement) throw new Error("nothing was signed");
    await expectRefused(there.sign("carl", { ...statement, deviation: completed }), "REOPEN-DEVIATION");
    await expectAccepted(there.goOn(about));
    // The step is opened again with the sheet that is about it.
    await expectAccepted(there.openStep("serial", { deviation: completed }));
  });

  test("[REOPEN-DEVIATION] accepts going on after a stop with what was noted about it, while the sheet stands open", async () => {
    const there = await differing();
    await there.act("ceremony-stopped", "axel", { reason: said });
    await expectAccepted(there.goOn(await there.deviate(null)));
    expect(there.now.openSheet?.number).toBe(1);
  });

  test("a stop leaves the sheet open; an abort ends the ceremony with it", async () => {
    const there = await differing();
    await there.act("ceremony-stopped", "axel", { reason: said });
    await there.must("deviation-noted", "olga", { ...sheet, step: null });
    expect(there.now.openSheet?.number).toBe(1);
    await there.act("ceremony-aborted", "olga", { reason: said });
    await expectAccepted(there.close());
    expect(there.now.openSheet?.number).toBe(1);
  });
});
