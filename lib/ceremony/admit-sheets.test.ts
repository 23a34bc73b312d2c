import { describe, expect, test } from "vitest";
import { initialsMissing, unreadDeviations, withheldFrom } from "./admit-sheets";
import { stateOf } from "./ceremony";
import { DEVIATION_CLASSES } from "./deviation-classes";
import { RECORDER } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { placeholder } from "./small-roster.under-test";
import { openedBody, SmallWorld, world, worldIn } from "./small-world.under-test";

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
    for (const person of ["carl", "cleo", "cora", "will", "wang"]) await expectAccepted(there.act("deviation-initialled", person, { deviations: [deviation] }));
    await expectAccepted(there.act("deviation-initialled", "olga", { deviations: [recorders] }));
    const [first, second] = there.now.deviations;
    expect(first && initialsMissing(there.now, first)).toEqual([]);
    expect(second && initialsMissing(there.now, second)).toEqual(["carl", "cleo", "cora", "will", "wang"]);
    await expectRefused(there.act("deviation-initialled", "carl", { deviations: [deviation] }), "ACT-ONCE");
    await expectRefused(there.act("deviation-initialled", "axel", { deviations: [deviation] }), "ROLE-MAY");
  });
  test("[DEVIATION-KNOWN] refuses initials under what is no sheet, and the writer's own once more", async () => {
    const there = await world("come");
    await expectRefused(there.act("deviation-initialled", "carl", { deviations: [1] }), "DEVIATION-KNOWN");
    const deviation = await there.deviate();
    await expectRefused(there.act("deviation-initialled", "olga", { deviations: [deviation] }), "ACT-ONCE");
  });
  test("[DEVIATION-KNOWN] accepts initials while the room is stopped", async () => {
    const there = await world("come");
    const deviation = await there.deviate();
    await there.act("ceremony-stopped", "axel", { reason: said });
    await expectAccepted(there.act("deviation-initialled", "carl", { deviations: [deviation] }));
  });
});

describe("initials of all", () => {
  const read = async () => {
    const there = await world("make");
    await there.deviate();
    await there.deviate(null, "carl");
    await there.playTo("sign");
    await there.readOut();
    await there.initialAll();
    return there;
  };
  /** The same before anybody has initialled anything. */
  const bare = async () => {
    const there = await world("sign");
    const sheets = [await there.deviate(), await there.deviate(null, "carl")];
    await there.readOut();
    return { there, sheets };
  };
  const OTHERS = ["cleo", "cora", "will", "wang"];

  test("[INITIALS-ALL] accepts the sign-off once everybody there has initialled what they have not written, all sheets in one go", async () => {
    const there = await read();
    expect(there.now.deviations.map((one) => initialsMissing(there.now, one))).toEqual([[], []]);
    await expectAccepted(there.openStep("sign"));
  });
  test("[INITIALS-ALL] accepts it without somebody who is away, and with a reason where somebody there does not initial", async () => {
    const { there, sheets } = await bare();
    const [first = 0, second = 0] = sheets;
    await there.must("deviation-initialled", "olga", { deviations: [second] });
    await there.must("deviation-initialled", "carl", { deviations: [first] });
    for (const person of ["cleo", "cora"]) await there.must("deviation-initialled", person, { deviations: sheets });
    await there.must("presence-noted", "olga", { person: "wang", present: false });
    await expectRefused(there.openStep("sign"), "INITIALS-ALL");
    await expectAccepted(there.act("initials-withheld", "will", { deviations: [first], person: "will", reason: said }));
    await expectRefused(there.openStep("sign"), "INITIALS-ALL");
    await expectAccepted(there.act("initials-withheld", "olga", { deviations: [second], person: "will", reason: said }));
    await expectAccepted(there.fork().openStep("sign"));
    // It takes nothing from him; and who is back is asked.
    await expectAccepted(there.act("deviation-initialled", "will", { deviations: sheets }));
    expect(there.now.deviations.map(withheldFrom)).toEqual([[], []]);
    await there.must("presence-noted", "olga", { person: "wang", present: true });
    await expectRefused(there.openStep("sign"), "INITIALS-ALL");
  });
  test("[INITIALS-ALL] refuses it while one person's initials are missing under one sheet, the recorder's too", async () => {
    const { there, sheets } = await bare();
    await expectRefused(there.openStep("sign"), "INITIALS-ALL");
    await there.initialAll();
    await expectAccepted(there.fork().openStep("sign"));
    await there.must("worker-noted", RECORDER, { class: "C", step: null, code: "worker-restarted", facts: {} });
    const recorders = there.now.head.seq;
    await there.readOut();
    for (const person of ["olga", "carl", ...OTHERS.slice(0, -1)]) await there.must("deviation-initialled", person, { deviations: [recorders] });
    await expectRefused(there.openStep("sign"), "INITIALS-ALL");
    await expectRefused(there.act("deviation-initialled", "wang", { deviations: [recorders, ...sheets] }), "ACT-ONCE");
    await expectRefused(there.act("deviation-initialled", "wang", { deviations: [recorders, recorders] }), "ACT-ONCE");
    await expectAccepted(there.act("deviation-initialled", "wang", { deviations: [recorders] }));
    await expectAccepted(there.openStep("sign"));
  });
  test("[ROLE-MAY] refuses to have somebody else's initials withheld by who neither leads nor witnesses, and those of who gives none", async () => {
    const { there, sheets } = await bare();
    const withhold = (by: string, person: string) => there.act("initials-withheld", by, { deviations: sheets.slice(0, 1), person, reason: said });
    await expectRefused(withhold("carl", "cleo"), "ROLE-MAY");
    await expectRefused(withhold("axel", "cleo"), "ROLE-MAY");
    await expectRefused(withhold("olga", "axel"), "ROLE-MAY");
    await expectRefused(withhold("will", "olga"), "ACT-ONCE");
    await expectAccepted(withhold("cleo", "cleo"));
    await expectRefused(withhold("will", "cleo"), "ACT-ONCE");
  });
  test("[DEVIATION-KNOWN] refuses to withhold initials from what is no sheet", async () =>
    expectRefused((await world("sign")).act("initials-withheld", "carl", { deviations: [1], person: "carl", reason: said }), "DEVIATION-KNOWN"));
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
    await there.initialAll();
    expect(there.now.readOut).toMatchObject({ by: "olga", unused: [2, 3, 4, 5] });
    const later = there.fork();
    await expectAccepted(there.openStep("sign"));
    await later.deviate();
    await expectRefused(later.openStep("sign"), "DEVIATIONS-READ");
    await expectAccepted(later.readOut());
    await later.initialAll();
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
    // More sheets than any copy has printed.
    await expectRefused(there.readOut({ unused: [1, 6] }), "DEVIATIONS-READ");
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

describe("a sheet while people sign", () => {
  const ALL_BUT_WANG = ["olga", "carl", "cleo", "cora", "will"];
  const signing = async () => {
    const there = await worldIn("sign");
    for (const person of ALL_BUT_WANG) await expectAccepted(there.signOff(person));
    return there;
  };
  test("[DEVIATIONS-READ] refuses the last signature over a sheet noted since the opening, a person's or the recorder's", async () => {
    const theirs = await signing();
    await expectAccepted(theirs.act("deviation-noted", "olga", { ...sheet, decidedBy: ALL_BUT_WANG }));
    await expectRefused(theirs.signOff("wang"), "DEVIATIONS-READ");
    const recorders = await signing();
    await recorders.must("worker-noted", RECORDER, { class: "C", step: null, code: "worker-restarted", facts: {} });
    await expectRefused(recorders.signOff("wang"), "DEVIATIONS-READ");
    // Nor is it completed by somebody's absence, or by reading without opening again.
    await theirs.act("presence-noted", "olga", { person: "wang", present: false });
    await expectAccepted(theirs.readOut());
    expect(stateOf(theirs.now, "sign")?.status).toBe("refused");
    await expectRefused(theirs.signOff("carl"), "STEP-OPEN");
    await expectRefused(theirs.close(), "CLOSE-COMPLETE");
  });
  test("[DEVIATIONS-READ] accepts the signatures of all anew, once the sheet was read aloud and the step opened again", async () => {
    const there = await signing();
    const deviation = await there.deviate();
    await expectRefused(there.openStep("sign", { deviation }), "DEVIATIONS-READ");
    await there.readOut();
    await there.initialAll();
    await expectAccepted(there.openStep("sign", { deviation }));
    expect(stateOf(there.now, "sign")?.signatures).toEqual([]);
    for (const person of [...ALL_BUT_WANG, "wang"]) await expectAccepted(there.signOff(person));
    await expectAccepted(there.close());
  });
  test("[DEVIATIONS-READ] refuses a sheet once everybody has signed; who has something to say stops the room, and a quorum hears it", async () => {
    const there = await world();
    await expectRefused(there.act("deviation-noted", "olga", sheet), "DEVIATIONS-READ");
    await there.act("ceremony-stopped", "wang", { reason: said });
    await expectAccepted(there.goOn(await there.deviate()));
    await expectAccepted(there.close());
  });
  test("a stop while people sign voids what they have signed", async () => {
    const there = await signing();
    await there.act("ceremony-stopped", "axel", { reason: said });
    const deviation = await there.deviate();
    await expectAccepted(there.goOn(deviation));
    await there.readOut();
    await expectRefused(there.signOff("wang"), "STEP-OPEN");
    await there.initialAll();
    await expectAccepted(there.openStep("sign", { deviation }));
    expect(stateOf(there.now, "sign")?.signatures).toEqual([]);
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
