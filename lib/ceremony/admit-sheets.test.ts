import { describe, expect, test } from "vitest";
import { initialsMissing, unreadDeviations } from "./admit-sheets";
import { stateOf } from "./ceremony";
import { DEVIATION_CLASSES } from "./deviation-classes";
import { RECORDER } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { openedBody, placeholder, SmallWorld, world, worldIn } from "./small-world.under-test";

const said = placeholder("something");
const sheet = { class: "B", step: null, expected: said, happened: said, decided: said } as const;

describe("exception sheets", () => {
  test("[DEVIATION-DECIDED] accepts a sheet of each class, decided by people of the ceremony, and one that does not say by whom", async () => {
    const there = await world("come");
    for (const grade of DEVIATION_CLASSES) {
      await expectAccepted(there.act("deviation-noted", "will", { ...sheet, class: grade, decidedBy: ["olga", "carl"] }));
    }
    await expectAccepted(there.act("deviation-noted", "carl", sheet));
  });
  test("[DEVIATION-DECIDED] refuses a stranger, an auditor, and one person named twice as having decided", async () => {
    const there = await world("come");
    for (const decidedBy of [["nobody"], ["axel"], ["olga", "axel"], ["olga", "olga"]]) {
      await expectRefused(there.act("deviation-noted", "olga", { ...sheet, decidedBy }), "DEVIATION-DECIDED");
    }
  });

  test("[DEVIATION-KNOWN] accepts everybody's initials under somebody else's sheet, once, and under the recorder's", async () => {
    const there = await worldIn("make");
    const deviation = await there.deviate();
    await there.must("worker-noted", RECORDER, { class: "C", step: "make", code: "worker-restarted", facts: {} });
    const recorders = there.now.head.seq;
    for (const person of ["carl", "cleo", "cora", "will", "wang"]) await expectAccepted(there.act("deviation-initialled", person, { deviation }));
    await expectAccepted(there.act("deviation-initialled", "olga", { deviation: recorders }));
    const [first, second] = there.now.deviations;
    expect(first && initialsMissing(there.now, first)).toEqual([]);
    expect(second && initialsMissing(there.now, second)).toEqual(["carl", "cleo", "cora", "will", "wang"]);
    await expectRefused(there.act("deviation-initialled", "carl", { deviation }), "ACT-ONCE");
    await expectRefused(there.act("deviation-initialled", "axel", { deviation }), "ROLE-MAY");
  });
  test("[DEVIATION-KNOWN] refuses initials under what is no sheet, and the writer's own once more", async () => {
    const there = await world("come");
    await expectRefused(there.act("deviation-initialled", "carl", { deviation: 1 }), "DEVIATION-KNOWN");
    const deviation = await there.deviate();
    await expectRefused(there.act("deviation-initialled", "olga", { deviation }), "ACT-ONCE");
  });
  test("[DEVIATION-KNOWN] accepts initials while the room is stopped", async () => {
    const there = await world("come");
    const deviation = await there.deviate();
    await there.act("ceremony-stopped", "axel", { reason: said });
    await expectAccepted(there.act("deviation-initialled", "carl", { deviation }));
  });
});

describe("reading out", () => {
  const deviated = async () => {
    const there = await world("make");
    await there.deviate();
    return there.playTo("sign");
  };
  test("[DEVIATIONS-READ] accepts the sign-off of a ceremony without a deviation as it always was", async () => {
    const there = await world("sign");
    expect(unreadDeviations(there.now)).toEqual([]);
    await expectAccepted(there.openStep("sign"));
  });
  test("[DEVIATIONS-READ] accepts closing the printed sheets that nobody needed, where nothing was noted", async () =>
    expectAccepted((await world("sign")).readOut({ unused: [1, 2, 3, 4, 5] })));
  test("[DEVIATIONS-READ] accepts the sign-off once every sheet was read, and again when another was noted and read", async () => {
    const there = await deviated();
    await expectRefused(there.openStep("sign"), "DEVIATIONS-READ");
    await expectAccepted(there.readOut({ unused: [2, 3, 4, 5] }));
    expect(there.now.readOut).toMatchObject({ by: "olga", unused: [2, 3, 4, 5] });
    const later = there.fork();
    await expectAccepted(there.openStep("sign"));
    await later.deviate();
    await expectRefused(later.openStep("sign"), "DEVIATIONS-READ");
    await expectAccepted(later.readOut());
    await expectAccepted(later.openStep("sign"));
  });
  test("[DEVIATIONS-READ] refuses a reading that leaves a sheet out, adds or turns one, comes too early, or closes one twice", async () => {
    const there = await deviated();
    await there.deviate();
    const [first = 0, second = 0] = there.now.deviations.map(({ seq }) => seq);
    for (const deviations of [[], [first], [second, first], [first, second, 99]]) {
      await expectRefused(there.readOut({ deviations }), "DEVIATIONS-READ");
    }
    await expectRefused(there.readOut({ unused: [2, 2] }), "DEVIATIONS-READ");
    await expectRefused(there.readOut({ unused: [3, 2] }), "DEVIATIONS-READ");
    await expectRefused((await world("make")).readOut(), "DEVIATIONS-READ");
  });
  test("[DEVIATIONS-READ] refuses the sign-off after what the recorder noted, and a reading by anybody who does not lead", async () => {
    const there = await world("sign");
    await there.must("worker-noted", RECORDER, { class: "C", step: null, code: "worker-restarted", facts: {} });
    await expectRefused(there.openStep("sign"), "DEVIATIONS-READ");
    for (const person of ["carl", "will", "axel"]) await expectRefused(there.readOut({}, person), "ROLE-MAY");
  });
});

describe("what was done", () => {
  test("a step that is done knows the entry by which it was, and an unfinished one none", async () => {
    const there = new SmallWorld();
    await there.must("ceremony-opened", "olga", openedBody());
    await there.attach();
    await there.openStep("hear");
    expect(stateOf(there.now, "hear")?.doneHash).toBeNull();
    await there.act("step-acknowledged", "olga", { step: "hear" });
    const { hash } = there.now.head;
    expect(stateOf(there.now, "hear")?.doneHash).toBe(hash);
    await there.openStep("come");
    expect(stateOf(there.now, "hear")?.doneHash).toBe(hash);
  });
});
