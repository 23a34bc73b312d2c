import { describe, expect, test } from "vitest";
import { commit } from "../log/commitment";
import { currentStep, roleOf } from "./ceremony";
import { expectAccepted, expectRefused } from "./refused.under-test";
import type { SmallWorld} from "./small-world.under-test";
import { placeholder } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { world, worldIn } from "./small-world.under-test";
import { checkLater, replace, worldWithStandIns } from "./stand-ins.under-test";

const said = placeholder("something");
const away = (there: SmallWorld, person: string, by = "olga") => there.act("presence-noted", by, { person, present: false });
const back = (there: SmallWorld, person: string, by = "olga") => there.act("presence-noted", by, { person, present: true });

describe("late, gone, and back", () => {
  test("[PRESENT-ACTS] accepts what somebody does once they are noted as back, and stopping at any time", async () => {
    const there = await worldIn("make");
    await expectAccepted(away(there, "carl"));
    const stopped = there.fork();
    await expectAccepted(stopped.act("ceremony-stopped", "carl", { reason: said }));
    await expectAccepted(back(there, "carl", "will"));
    await expectAccepted(there.sign("carl"));
  });
  test("[PRESENT-ACTS] refuses every other act of somebody who is noted as away, signed ones too", async () => {
    const there = await worldIn("make");
    await away(there, "carl");
    await expectRefused(there.sign("carl"), "PRESENT-ACTS");
    await expectRefused(there.act("deviation-noted", "carl", { class: "A", step: null, expected: said, happened: said, decided: said }), "PRESENT-ACTS");
    await away(there, "will", "wang");
    await expectAccepted(back(there, "will", "will"));
  });
  test("[ROLE-MAY] refuses custodians and auditors who note who is there, and noting a stranger", async () => {
    const there = await world("make");
    await expectRefused(away(there, "cleo", "carl"), "ROLE-MAY");
    await expectRefused(away(there, "cleo", "axel"), "ROLE-MAY");
    await expectRefused(away(there, "nobody"), "ROLE-MAY");
  });
  test("[ACT-ONCE] refuses noting what is noted already", async () => {
    const there = await world("make");
    await expectRefused(back(there, "carl"), "ACT-ONCE");
    await away(there, "carl");
    await expectRefused(away(there, "carl"), "ACT-ONCE");
  });

  test("what waits for everybody does not wait for who is away, and is done when the last one leaves", async () => {
    const there = await worldIn("sign");
    for (const person of ["olga", "carl", "cleo", "will", "wang"]) await there.signOff(person);
    expect(currentStep(there.now)?.step.step).toBe("sign");
    await away(there, "cora");
    expect(currentStep(there.now)).toBeNull();
    await expectAccepted(there.close());
  });
  test("noting people as away never ends a sign-off with fewer custodians than the quorum, or fewer witnesses than the script's", async () => {
    const there = await worldIn("sign");
    for (const person of ["olga", "carl", "will", "wang"]) await there.signOff(person);
    for (const person of ["cleo", "cora"]) await away(there, person);
    expect(currentStep(there.now)?.step.step).toBe("sign");
    const other = await worldIn("sign");
    for (const person of ["olga", "carl", "cleo", "cora", "will"]) await other.signOff(person);
    await away(other, "wang");
    expect(currentStep(other.now)?.step.step).toBe("sign");
  });
  test("nor does a step end that nobody of an asked role has done", async () => {
    const there = await worldIn("hear");
    await away(there, "olga", "will");
    expect(currentStep(there.now)?.step.step).toBe("hear");
  });

  test("[IDENTITY-FIRST] accepts somebody who was late once a witness has checked them", async () => {
    const there = await worldIn("come");
    await away(there, "carl");
    for (const person of ["olga", "cleo", "cora", "will", "wang", "axel"]) {
      await there.must("identity-checked", person === "will" ? "wang" : "will", { step: "come", person, document: said });
    }
    expect(currentStep(there.now)?.step.step).toBe("film");
    await there.playTo("make");
    await there.openStep();
    await back(there, "carl");
    await expectRefused(there.sign("carl"), "IDENTITY-FIRST");
    await expectAccepted(checkLater(there, "carl"));
    await expectAccepted(there.sign("carl"));
  });
  test("[IDENTITY-FIRST] refuses every act of a stand-in whom nobody has checked, and checks by whoever is not a checked witness", async () => {
    const there = await worldWithStandIns("make");
    await replace(there);
    const deviation = await there.deviate();
    await there.openStep("make", { deviation });
    await expectRefused(there.sign("cass"), "IDENTITY-FIRST");
    await expectRefused(there.act("deviation-noted", "cass", { class: "A", step: null, expected: said, happened: said, decided: said }), "IDENTITY-FIRST");
    await expectRefused(checkLater(there, "cass", "olga"), "ROLE-MAY");
    await replace(there, { leaves: "wang", arrives: "wim", role: "witness" });
    await expectRefused(checkLater(there, "cass", "wim"), "IDENTITY-FIRST");
    await expectRefused(checkLater(there, "cleo"), "ACT-ONCE");
    const stopped = there.fork();
    await expectAccepted(stopped.act("ceremony-stopped", "cass", { reason: said }));
    await expectAccepted(checkLater(there, "cass"));
  });
});

describe("replaced by a stand-in", () => {
  test("[STAND-IN] accepts a stand-in of the roster, who then counts in the other's place", async () => {
    const there = await worldWithStandIns("make");
    await there.sign("carl");
    await expectAccepted(replace(there));
    expect(roleOf(there.now, "carl")).toBeNull();
    expect(roleOf(there.now, "cass")).toBe("custodian");
    await checkLater(there, "cass");
    await there.openStep("make", { deviation: await there.deviate() });
    for (const person of ["cass", "cleo"]) await expectAccepted(there.sign(person));
    await expectAccepted(there.start());
  });
  test("[STAND-IN] refuses somebody of another role, one's own stand-in, and who was replaced before, in every role", async () => {
    const there = await worldWithStandIns("make");
    await expectRefused(replace(there, { role: "witness" }), "STAND-IN");
    await expectRefused(replace(there, { leaves: "olga", role: "operator" }), "STAND-IN");
    await expectRefused(replace(there, { leaves: "nobody" }), "STAND-IN");
    await expectAccepted(replace(there, { leaves: "olga", role: "operator" }, "will"));
  });
  test("[STAND-IN] refuses the return of a custodian who was replaced", async () => {
    const there = await worldWithStandIns("make");
    await replace(there);
    await expectRefused(replace(there, { leaves: "cass", arrives: "carl" }), "STAND-IN");
    await expectRefused(replace(there, { leaves: "cleo", arrives: "carl" }), "STAND-IN");
    await expectRefused(there.act("deviation-noted", "carl", { class: "A", step: null, expected: said, happened: said, decided: said }), "ROLE-MAY");
  });
  test("[ROLE-ONE] refuses a stand-in who has a role in the ceremony already", async () =>
    expectRefused(replace(await worldWithStandIns("make"), { arrives: "cleo" }), "ROLE-ONE"));
  test("[ROLE-ALLOWED] refuses a stand-in whom the roster does not give the role, or does not know", async () => {
    const there = await worldWithStandIns("make");
    await expectRefused(replace(there, { arrives: "wim" }), "ROLE-ALLOWED");
    await expectRefused(replace(there, { arrives: "nobody" }), "ROLE-ALLOWED");
  });
  test("[CAST-COMPLETE] refuses a stand-in without a passkey", async () =>
    expectRefused(replace(await worldWithStandIns("make"), { arrives: "anna" }), "CAST-COMPLETE"));
  test("[CAST-COMPLETE] refuses a stand-in who leaves a group short that a rule asks for, and accepts one of that group", async () => {
    const script = { ...smallScript, quorum: { ...smallScript.quorum, and: [{ group: "security-officer", approve: 1 }] } };
    const there = await worldWithStandIns(null, script);
    await expectRefused(replace(there, { leaves: "cora", arrives: "cass" }), "CAST-COMPLETE");
    await expectAccepted(replace(there, { leaves: "cora", arrives: "sara" }));
  });
  test("[ROLE-MAY] refuses a custodian or an auditor who calls a stand-in", async () => {
    const there = await worldWithStandIns("make");
    await expectRefused(replace(there, {}, "cleo"), "ROLE-MAY");
    await expectRefused(replace(there, {}, "axel"), "ROLE-MAY");
  });
  test("[STEP-ORDER] refuses it while the worker is at the token", async () => {
    const there = await worldWithStandIns("make");
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await there.start();
    await expectRefused(replace(there), "STEP-ORDER");
  });

  test("[STAND-IN-DEVIATION] accepts a deviation of its own for each", async () => {
    const there = await worldWithStandIns("make");
    await expectAccepted(replace(there));
    await expectAccepted(replace(there, { leaves: "cora", arrives: "sara" }));
  });
  test("[STAND-IN-DEVIATION] refuses none, and the deviation of an earlier replacement", async () => {
    const there = await worldWithStandIns("make");
    await expectRefused(replace(there, { deviation: 1 }), "STAND-IN-DEVIATION");
    const deviation = await there.deviate();
    await expectAccepted(replace(there, { deviation }));
    await expectRefused(replace(there, { leaves: "cora", arrives: "sara", deviation }), "STAND-IN-DEVIATION");
  });

  test("what the one who left had approved counts no more, and never makes a quorum", async () => {
    const there = await worldWithStandIns("make");
    for (const person of ["carl", "cleo"]) await there.sign(person);
    const kept = there.decide("cora");
    await replace(there);
    expect(currentStep(there.now)?.status).toBe("refused");
    await expectRefused(there.start(), "STEP-OPEN");
    await expectRefused(there.sign("cora", kept), "STEP-OPEN");
    await checkLater(there, "cass");
    await there.openStep("make", { deviation: await there.deviate() });
    await there.sign("cass");
    await expectRefused(there.start(), "QUORUM-REACHED");
    await expectRefused(there.sign("cora", kept), "STATEMENT-NONCE");
  });
  test("nobody opens a step and then approves it in another's place, whoever is replaced by whom", async () => {
    const there = await worldWithStandIns("make");
    await replace(there, { leaves: "olga", arrives: "cass", role: "operator" }, "will");
    await checkLater(there, "cass");
    await expectRefused(replace(there, { leaves: "cleo", arrives: "olga" }, "will"), "STAND-IN");
    await expectRefused(replace(there, { leaves: "cleo", arrives: "cass" }, "will"), "ROLE-ONE");
  });
  test("[VALUE-TWO-PEOPLE] refuses two readings by two witnesses one of whom stood in for the other: the first is read anew", async () => {
    const there = await worldWithStandIns("serial");
    await there.act("value-entered", "wang", { step: "serial", value: said });
    await replace(there, { leaves: "wang", arrives: "wim", role: "witness" });
    await checkLater(there, "wim");
    await expectRefused(there.act("value-entered", "wim", { step: "serial", value: said }), "STEP-OPEN");
  });
});

describe("clocks", () => {
  const name = commit({ path: "clock/name", salt: "00".repeat(16), value: "Chromium on Linux" });
  const compare = (there: SmallWorld, milliseconds: number, by = "carl", device = "d-1") =>
    there.act("clock-compared", by, { device, name, milliseconds });
  test("[CLOCK-COMPARED] accepts each device once, and again when it changed by more than a second", async () => {
    const there = await world("make");
    await expectAccepted(compare(there, 40));
    await expectAccepted(compare(there, -3_000, "cleo", "d-2"));
    await expectAccepted(compare(there, 1_041));
    expect(there.now.clocks.map(({ device, milliseconds }) => [device, milliseconds])).toEqual([["d-2", -3_000], ["d-1", 1_041]]);
  });
  test("[CLOCK-COMPARED] refuses a device that goes as it went, whoever holds it; and an auditor's", async () => {
    const there = await world("make");
    await compare(there, 40);
    await expectRefused(compare(there, 1_040), "CLOCK-COMPARED");
    await expectRefused(compare(there, -960, "cleo"), "CLOCK-COMPARED");
    await expectRefused(compare(there, 5_000, "axel", "d-3"), "ROLE-MAY");
  });
});
