import { describe, expect, test } from "vitest";
import { commit } from "../log/commitment";
import { currentStep } from "./ceremony";
import type { Body } from "./entry";
import { RECORDER } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import type { Script } from "./script";
import { placeholder } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { SmallWorld, world, worldIn } from "./small-world.under-test";
import { EVERYBODY } from "./stand-ins.under-test";

const said = placeholder("something");
const bag = (value: string) => ({ seal: "bag-1", name: placeholder("Bag 1"), value: commit({ path: "break", salt: "00".repeat(16), value }) });
const counted = (change: Partial<Body<"break-ended">> = {}) => ({ step: null, present: EVERYBODY, seals: [bag("A-100")], ...change });
const go = (there: SmallWorld, { unsealed = null, ...change }: Partial<Body<"break-begun">> = {}, by = "olga") =>
  there.act("break-begun", by, { ...counted(change), unsealed });
const come = (there: SmallWorld, change: Partial<Body<"break-ended">> = {}, by = "will") => there.act("break-ended", by, counted(change));
const logOut = (there: SmallWorld) => there.act("token-logged-out", RECORDER, { break: there.now.breaks.at(-1)?.begun.seq ?? -1 });
const logIn = (there: SmallWorld) => there.act("token-logged-in", RECORDER, { since: there.now.loggedOut?.seq ?? -1 });

/** The small script with a break before `make`. */
const breakScript: Script = {
  ...smallScript,
  acts: smallScript.acts.map((act) => ({
    ...act,
    steps: act.steps.flatMap((step) =>
      step.step === "make"
        ? [
            { step: "go", kind: "pause" as const, title: "Go", say: "We go.", by: ["operator" as const], break: "begins" as const },
            { step: "back", kind: "pause" as const, title: "Back", say: "We are back.", by: ["operator" as const], break: "ends" as const },
            step,
          ]
        : [step],
    ),
  })),
};

async function onBreak(step = "make"): Promise<SmallWorld> {
  const there = await world(step);
  await there.must("break-begun", "olga", { ...counted(), unsealed: null });
  await there.must("token-logged-out", RECORDER, { break: there.now.head.seq });
  return there;
}

describe("breaks", () => {
  test("[BREAK-STEP] accepts a break that the script does not have, and the script's own by its steps", async () => {
    await expectAccepted(go(await world("make")));
    const there = await new SmallWorld().openWith(breakScript).then((opened) => opened.playTo("go"));
    await there.openStep();
    await expectAccepted(go(there, { step: "go" }));
    await logOut(there);
    await expectAccepted(there.openStep("back"));
    await expectAccepted(come(there, { step: "back" }));
    expect(there.now.phase).toBe("running");
    await logIn(there);
    await expectAccepted(there.openStep("make"));
  });
  test("[BREAK-STEP] refuses a break while an operation is under way, and one that goes past the script's own steps", async () => {
    const look = await worldIn("look");
    await look.start();
    await expectRefused(go(look), "BREAK-STEP");
    const there = await new SmallWorld().openWith(breakScript).then((opened) => opened.playTo("go"));
    await expectRefused(go(there, { step: "go" }), "BREAK-STEP");
    await there.openStep();
    await expectRefused(go(there), "BREAK-STEP");
    await expectRefused(there.act("step-acknowledged", "olga", { step: "go" }), "STEP-KIND");
    await go(there, { step: "go" });
    await logOut(there);
    await expectRefused(come(there), "BREAK-STEP");
    await expectRefused(come(there, { step: "back" }), "BREAK-STEP");
  });

  test("[STEP-KIND] refuses a break on paper, going and coming: nobody would have been counted", async () => {
    const there = await new SmallWorld().openWith(breakScript).then((opened) => opened.playTo("go"));
    await there.openStep();
    const [began, ended] = [there.now.head.at, there.now.head.at];
    const paper = { began, ended, account: said, kept: said, deviation: await there.deviate("go") };
    for (const person of ["will", "olga"]) await expectRefused(there.sign(person, there.decide(person, { act: "paper", paper })), "STEP-KIND");
    await there.must("break-begun", "olga", { ...counted({ step: "go" }), unsealed: null });
    await logOut(there);
    await there.openStep("back");
    const back = { ...paper, began: there.now.head.at, ended: there.now.head.at, deviation: await there.deviate("back") };
    await expectRefused(there.sign("will", there.decide("will", { act: "paper", paper: back })), "PHASE-BREAK");
    expect(there.now.phase).toBe("break");
  });
  test("[PHASE-BREAK] accepts what is possible in a break: deviations, stopping, aborting, and coming back", async () => {
    const there = await onBreak();
    await expectAccepted(there.act("deviation-noted", "carl", { class: "C", step: null, expected: said, happened: said, decided: said }));
    await expectAccepted(there.fork().act("ceremony-aborted", "olga", { reason: said }));
    const stopped = there.fork();
    await expectAccepted(stopped.act("ceremony-stopped", "axel", { reason: said }));
    await expectAccepted(stopped.goOn(await stopped.deviate()));
    expect(stopped.now.phase).toBe("break");
    await expectAccepted(come(there));
  });
  test("[PHASE-BREAK] refuses every other act in a break, a second break, and coming back from none", async () => {
    const there = await onBreak();
    await expectRefused(there.openStep("make"), "PHASE-BREAK");
    await expectRefused(go(there), "PHASE-BREAK");
    await expectRefused(come(await world("make")), "PHASE-BREAK");
    const hear = await worldIn("hear");
    await go(hear);
    await expectRefused(hear.act("step-acknowledged", "olga", { step: "hear" }), "PHASE-BREAK");
  });

  test("[BREAK-COUNT] accepts participants counted once each, and who is not counted is away", async () => {
    const there = await world("make");
    await expectAccepted(go(there, { present: ["olga", "will"] }));
    expect(there.now.away).toEqual(["carl", "cleo", "cora", "wang", "axel"]);
  });
  test("[BREAK-COUNT] accepts a break without a seal when it is said why, and none then when people come back", async () => {
    const there = await world("make");
    await expectAccepted(go(there, { seals: [], unsealed: said }));
    await logOut(there);
    await expectAccepted(come(there, { seals: [] }));
    expect(there.now.phase).toBe("running");
  });
  test("[BREAK-COUNT] refuses a break in which nothing is read and nobody says why, and one that says so beside a seal", async () => {
    const there = await world("make");
    await expectRefused(go(there, { seals: [] }), "BREAK-COUNT");
    await expectRefused(go(there, { unsealed: said }), "BREAK-COUNT");
  });
  test("[BREAK-COUNT] refuses strangers, people or seals counted twice, a counter who is not there, and other seals than before", async () => {
    const there = await world("make");
    await expectRefused(go(there, { present: ["olga", "nobody"] }), "BREAK-COUNT");
    await expectRefused(go(there, { present: ["olga", "olga"] }), "BREAK-COUNT");
    await expectRefused(go(there, { present: ["will"] }), "BREAK-COUNT");
    await expectRefused(go(there, { seals: [bag("a"), bag("b")] }), "BREAK-COUNT");
    await go(there);
    await expectRefused(come(there, { seals: [] }), "BREAK-COUNT");
  });

  test("[BREAK-TWO-PEOPLE] accepts the operator and a witness, in either order", async () => {
    await expectAccepted(come(await onBreak()));
    const there = await world("make");
    await go(there, {}, "will");
    await logOut(there);
    await expectAccepted(come(there, {}, "olga"));
  });
  test("[BREAK-TWO-PEOPLE] refuses the same person, or another of the same role", async () => {
    await expectRefused(come(await onBreak(), {}, "olga"), "BREAK-TWO-PEOPLE");
    const there = await world("make");
    await go(there, {}, "will");
    await expectRefused(come(there, {}, "wang"), "BREAK-TWO-PEOPLE");
    await expectRefused(go(await world("make"), {}, "carl"), "ROLE-MAY");
  });

  test("what is found as it was left goes on; another seal, another head-count or a worker that stayed logged in stops the room", async () => {
    const alike = await onBreak();
    await come(alike);
    expect(alike.now.phase).toBe("running");
    const seal = await onBreak();
    await come(seal, { seals: [bag("A-101")] });
    expect([seal.now.phase, seal.now.breaks.at(-1)?.differs]).toEqual(["stopped", { people: [], seals: ["bag-1"], token: false }]);
    await expectRefused(seal.openStep("make"), "PHASE-STOPPED");
    await expectAccepted(seal.goOn(await seal.deviate()));
    const fewer = await onBreak();
    await come(fewer, { present: EVERYBODY.slice(0, -2), seals: [bag("A-100")] }, "will");
    expect([fewer.now.phase, fewer.now.breaks.at(-1)?.differs.people]).toEqual(["stopped", ["wang", "axel"]]);
    const stayed = await world("make");
    await go(stayed);
    await come(stayed);
    expect([stayed.now.phase, stayed.now.breaks.at(-1)?.differs.token]).toEqual(["stopped", true]);
  });

  test("what an open operation was agreed to before a break counts no more after it", async () => {
    const there = await worldIn("make");
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await go(there);
    await logOut(there);
    await come(there);
    await logIn(there);
    expect(currentStep(there.now)?.status).toBe("refused");
    await expectRefused(there.start(), "STEP-OPEN");
    await there.openStep("make", { deviation: await there.deviate() });
    await expectRefused(there.start(), "QUORUM-REACHED");
  });

  test("[TOKEN-OUT] accepts the worker's logging out in a break, its logging in after it, and in an aborted one to close it", async () => {
    const there = await world("make");
    await go(there);
    await expectAccepted(logOut(there));
    const aborted = there.fork();
    await aborted.act("ceremony-aborted", "olga", { reason: said });
    await expectAccepted(logIn(aborted));
    await expectAccepted(aborted.close());
    await come(there);
    await expectAccepted(logIn(there));
  });
  test("[TOKEN-OUT] refuses logging out without a break or twice, in while it is on, and anything the recorder signs in between", async () => {
    await expectRefused(logOut(await world("make")), "TOKEN-OUT");
    const there = await onBreak();
    await expectRefused(logOut(there), "TOKEN-OUT");
    await expectRefused(logIn(there), "TOKEN-OUT");
    await expectRefused(there.act("worker-noted", RECORDER, { class: "C", step: null, code: "token-gone", facts: {} }), "TOKEN-OUT");
    const aborted = there.fork();
    await aborted.act("ceremony-aborted", "olga", { reason: said });
    await expectRefused(aborted.close(), "TOKEN-OUT");
    await come(there);
    await there.openStep("make");
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await expectRefused(there.start(), "TOKEN-OUT");
    await logIn(there);
    await expectAccepted(there.start());
  });
});
