import { describe, expect, test } from "vitest";
import { commit } from "../log/commitment";
import { sha256Hex, utf8 } from "../log/digest";
import { currentStep } from "./ceremony";
import { RECORDER } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { placeholder } from "./small-roster.under-test";
import { coolingScript, smallScript } from "./small-script.under-test";
import { timeAt } from "./small-transcript.under-test";
import { SmallWorld, world, worldIn } from "./small-world.under-test";

const said = placeholder("something");
const stop = (there: SmallWorld, by = "axel") => there.act("ceremony-stopped", by, { reason: said });

describe("who may do what, when", () => {
  test("[RECORDER-FIRST] accepts a step once the recorder is attached", async () => expectAccepted((await world("hear")).openStep()));
  test("[RECORDER-FIRST] refuses a step before it, a second recorder, and work before it", async () => {
    const there = new SmallWorld();
    await there.open();
    await expectRefused(there.openStep(), "RECORDER-FIRST");
    await expectRefused(there.start(), "RECORDER-FIRST");
    await there.attach();
    await expectRefused(there.attach(), "RECORDER-FIRST");
  });

  test("[PHASE-STOPPED] accepts the way out of a stop: a deviation, then resuming; or aborting", async () => {
    const there = await worldIn("hear");
    await expectAccepted(stop(there));
    const aborted = there.fork();
    await expectAccepted(aborted.act("ceremony-aborted", "olga", { reason: said }));
    const deviation = await there.deviate();
    await expectAccepted(there.goOn(deviation));
    await expectAccepted(there.act("step-acknowledged", "olga", { step: "hear" }));
  });
  test("[PHASE-STOPPED] accepts the outcome of work that was under way when it was stopped", async () => {
    const there = await worldIn("look");
    await there.start();
    await stop(there);
    await expectAccepted(there.finish());
  });
  test("[PHASE-STOPPED] refuses every other act, and resuming what is not stopped", async () => {
    const there = await worldIn("make");
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await expectRefused(there.act("ceremony-resumed", "olga", { deviation: 1 }), "PHASE-STOPPED");
    const statement = there.decide("cora");
    await stop(there);
    await expectRefused(there.start(), "PHASE-STOPPED");
    await expectRefused(there.sign("cora", statement), "PHASE-STOPPED");
    await expectRefused(stop(there), "PHASE-STOPPED");
  });

  test("[PHASE-STOPPED] refuses a quorum from before a stop: once resumed, the open operation is asked for anew", async () => {
    const there = await worldIn("make");
    for (const person of ["carl", "cleo"]) await there.sign(person);
    const kept = there.decide("cora");
    await stop(there);
    const deviation = await there.deviate();
    await there.goOn(deviation);
    await expectRefused(there.start(), "STEP-OPEN");
    await expectRefused(there.sign("cora", kept), "STEP-OPEN");
    await expectAccepted(there.openStep("make", { deviation }));
    await expectRefused(there.start(), "QUORUM-REACHED");
    await expectRefused(there.sign("cora", kept), "STATEMENT-NONCE");
    for (const person of ["carl", "cora"]) await expectAccepted(there.sign(person));
    await expectAccepted(there.start());
  });
  test("[PHASE-STOPPED] refuses the next operation of a step that was stopped during one, until it is opened again", async () => {
    const there = await worldIn("make");
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await there.start();
    await stop(there);
    const deviation = await there.deviate();
    await there.goOn(deviation);
    await expectAccepted(there.finish());
    await expectRefused(there.start(), "STEP-OPEN");
    await expectAccepted(there.openStep("make", { deviation }));
    expect(there.decide("carl").what).toEqual([{ operation: "make", label: "two" }]);
  });

  test("[PHASE-ENDED] accepts the closing of an aborted ceremony", async () => {
    const there = await worldIn("make");
    await there.act("ceremony-aborted", "olga", { reason: said });
    await expectAccepted(there.close());
  });
  test("[PHASE-ENDED] refuses going on after an abort, and anything after the close", async () => {
    const there = await worldIn("make");
    const statement = there.decide("carl");
    await there.act("ceremony-aborted", "olga", { reason: said });
    await expectRefused(there.sign("carl", statement), "PHASE-ENDED");
    await there.close();
    await expectRefused(there.act("deviation-noted", "olga", { class: "A", step: null, expected: said, happened: said, decided: said }), "PHASE-ENDED");
  });

  test("[ROLE-MAY] accepts each act from those it belongs to", async () => {
    await expectAccepted((await world("hear")).openStep());
    await expectAccepted((await worldIn("come")).act("identity-checked", "will", { step: "come", person: "carl", document: said }));
    await expectAccepted((await worldIn("make")).sign("carl"));
    await expectAccepted(stop(await worldIn("make"), "carl"));
  });
  test("[ROLE-MAY] refuses each act from everyone else", async () => {
    const hear = await world("hear");
    const nonce = "11".repeat(32);
    for (const by of ["carl", "will", "axel", "nobody"]) {
      await expectRefused(hear.act("step-opened", by, { step: "hear", nonce, expires: timeAt(600), deviation: null }), "ROLE-MAY");
    }
    await hear.openStep();
    await expectRefused(hear.act("step-acknowledged", "carl", { step: "hear" }), "ROLE-MAY");
    await expectRefused(hear.act("deviation-noted", "axel", { class: "A", step: null, expected: said, happened: said, decided: said }), "ROLE-MAY");
    await expectRefused(hear.act("ceremony-aborted", "carl", { reason: said }), "ROLE-MAY");
    await expectRefused(stop(hear, "nobody"), "ROLE-MAY");
    const stopped = hear.fork();
    await stop(stopped);
    const deviation = await stopped.deviate(null, "carl");
    for (const by of ["carl", "will", "axel", "nobody"]) await expectRefused(stopped.act("ceremony-resumed", by, { deviation }), "ROLE-MAY");
    const come = await worldIn("come");
    await expectRefused(come.act("identity-checked", "olga", { step: "come", person: "carl", document: said }), "ROLE-MAY");
    await expectRefused(come.act("identity-checked", "will", { step: "come", person: "nobody", document: said }), "ROLE-MAY");
    await expectRefused((await worldIn("make")).sign("will"), "ROLE-MAY");
    await expectRefused((await worldIn("sign")).signOff("axel"), "ROLE-MAY");
  });

  test("[STEP-ORDER] accepts the next step of the script", async () => expectAccepted((await world("come")).openStep("come")));
  test("[STEP-ORDER] refuses a step out of turn, and opening again while the token works", async () => {
    await expectRefused((await world("come")).openStep("film"), "STEP-ORDER");
    await expectRefused((await world("come")).openStep("hear"), "STEP-ORDER");
    const look = await worldIn("look");
    await look.start();
    await expectRefused(look.openStep("look"), "STEP-ORDER");
  });

  const cooledWorld = async () => new SmallWorld().openWith(coolingScript("look", 60)).then((there) => there.playTo("make"));
  test("[COOLING-OVER] accepts a step once the time its script asks for has passed, and opening it again at once", async () => {
    const there = await cooledWorld();
    there.wait(60 * 60);
    await expectAccepted(there.openStep("make"));
    await there.refuse("carl");
    await expectAccepted(there.openStep("make", { deviation: await there.deviate() }));
  });
  test("[COOLING-OVER] refuses a step until that time has passed, to the second", async () => {
    const there = await cooledWorld();
    await expectRefused(there.openStep("make"), "COOLING-OVER");
    there.wait(60 * 60 - 3);
    await expectRefused(there.openStep("make"), "COOLING-OVER");
    there.wait(1);
    await expectAccepted(there.openStep("make"));
  });

  test("[STEP-OPEN] accepts an act of the step that is open", async () => expectAccepted((await worldIn("hear")).act("step-acknowledged", "olga", { step: "hear" })));
  test("[STEP-OPEN] refuses an act before its step is open, of another step, and an approval once the work has begun", async () => {
    await expectRefused((await world("hear")).act("step-acknowledged", "olga", { step: "hear" }), "STEP-OPEN");
    await expectRefused((await worldIn("hear")).act("step-acknowledged", "olga", { step: "come" }), "STEP-OPEN");
    const make = await worldIn("make");
    for (const person of ["carl", "cleo"]) await make.sign(person);
    const refused = make.fork();
    const kept = refused.decide("cora", { act: "refuse", remark: said });
    await refused.refuse("carl");
    await expectRefused(refused.sign("cora", kept), "STEP-OPEN");
    await make.start();
    await expectRefused(make.sign("cora"), "STEP-OPEN");
  });

  test("[STEP-KIND] accepts the act that belongs to the kind of step", async () => expectAccepted((await worldIn("make")).sign("carl")));
  test("[STEP-KIND] refuses an act that belongs to another kind", async () => {
    await expectRefused((await worldIn("hear")).act("evidence-noted", "olga", { step: "hear", name: said, kept: said, sha256: null }), "STEP-KIND");
    await expectRefused((await worldIn("hear")).sign("carl"), "STEP-KIND");
    const make = await worldIn("make");
    await expectRefused(make.sign("carl", make.decide("carl"), { kind: "signed-off" }), "STEP-KIND");
  });

  test("[ACT-ONCE] accepts each person once", async () => expectAccepted((await worldIn("sign")).signOff("carl")));
  test("[ACT-ONCE] refuses the same person's second acknowledgement, identity and signature", async () => {
    const hear = new SmallWorld();
    const steps = smallScript.acts[0]!.steps.map((step) => (step.kind === "statement" ? { ...step, by: ["operator" as const, "custodian" as const] } : step));
    await hear.open({ script: { ...smallScript, acts: [{ ...smallScript.acts[0]!, steps }, ...smallScript.acts.slice(1)] } });
    await hear.attach();
    await hear.openStep();
    await expectAccepted(hear.act("step-acknowledged", "carl", { step: "hear" }));
    await expectRefused(hear.act("step-acknowledged", "carl", { step: "hear" }), "ACT-ONCE");
    const come = await worldIn("come");
    await come.act("identity-checked", "will", { step: "come", person: "carl", document: said });
    await expectRefused(come.act("identity-checked", "wang", { step: "come", person: "carl", document: said }), "ACT-ONCE");
    const sign = await worldIn("sign");
    await sign.signOff("carl");
    await expectRefused(sign.signOff("carl", "do-not-agree"), "ACT-ONCE");
  });

  test("[NONCE-ONCE] accepts a nonce of its own for each opening", async () => expectAccepted((await world("come")).openStep("come", { nonce: "22".repeat(32) })));
  test("[NONCE-ONCE] refuses the nonce of an earlier opening", async () => {
    const there = await world("come");
    const nonce = there.now.nonces[0] ?? "";
    await expectRefused(there.openStep("come", { nonce }), "NONCE-ONCE");
  });

  test("[EXPIRY-SANE] accepts an expiry within the script's time", async () => expectAccepted((await world("hear")).openStep()));
  test("[EXPIRY-SANE] refuses one in the past and one beyond the script's time", async () => {
    await expectRefused((await world("hear")).openStep("hear", { expires: timeAt(0) }), "EXPIRY-SANE");
    await expectRefused((await world("hear")).openStep("hear", { expires: timeAt(3600) }), "EXPIRY-SANE");
  });

  test("[REOPEN-DEVIATION] accepts opening a refused step again with a deviation noted since", async () => {
    const there = await worldIn("make");
    await there.refuse("carl");
    expect(currentStep(there.now)?.status).toBe("refused");
    const deviation = await there.deviate();
    await expectAccepted(there.openStep("make", { deviation }));
    expect(currentStep(there.now)?.approvals).toEqual([]);
  });
  test("[REOPEN-DEVIATION] refuses it without one, with an older one, with another step's, and resuming likewise", async () => {
    const there = await world("make");
    const older = await there.deviate();
    await there.openStep();
    await there.refuse("carl");
    const elsewhere = await there.deviate("hear");
    for (const deviation of [null, older, elsewhere, 999]) await expectRefused(there.openStep("make", { deviation }), "REOPEN-DEVIATION");
    await expectRefused((await world("make")).openStep("make", { deviation: 1 }), "REOPEN-DEVIATION");
    await stop(there);
    await expectRefused(there.act("ceremony-resumed", "olga", { deviation: elsewhere }), "REOPEN-DEVIATION");
  });

  test("[REOPEN-DEVIATION] refuses a deviation noted before what it should answer, and a note the worker made of itself", async () => {
    const there = await worldIn("make");
    const early = await there.deviate();
    await there.refuse("carl");
    await expectRefused(there.openStep("make", { deviation: early }), "REOPEN-DEVIATION");
    await there.must("worker-noted", RECORDER, { class: "C", step: "make", code: "worker-restarted", facts: {} });
    await expectRefused(there.openStep("make", { deviation: there.now.head.seq }), "REOPEN-DEVIATION");
    await stop(there);
    await there.must("worker-noted", RECORDER, { class: "C", step: "make", code: "worker-restarted", facts: {} });
    await expectRefused(there.act("ceremony-resumed", "olga", { deviation: there.now.head.seq }), "REOPEN-DEVIATION");
  });

  test("[IDENTITY-OTHER] accepts a witness checked by another witness", async () =>
    expectAccepted((await worldIn("come")).act("identity-checked", "will", { step: "come", person: "wang", document: said })));
  test("[IDENTITY-OTHER] refuses a witness who checks themselves", async () =>
    expectRefused((await worldIn("come")).act("identity-checked", "will", { step: "come", person: "will", document: said }), "IDENTITY-OTHER"));

  test("[VALUE-TWO-PEOPLE] accepts the operator's and a witness's equal readings", async () => {
    const there = await worldIn("serial");
    await there.act("value-entered", "olga", { step: "serial", value: said });
    await expectAccepted(there.act("value-entered", "wang", { step: "serial", value: said }));
    expect(currentStep(there.now)?.step.step).toBe("look");
  });
  test("[VALUE-TWO-PEOPLE] accepts one reading of a value that is not physical, and none before the step is open", async () => {
    const steps = smallScript.acts[0]!.steps.map((step) => (step.kind === "check" ? { ...step, physical: false, by: ["operator" as const] } : step));
    const there = new SmallWorld();
    await there.open({ script: { ...smallScript, acts: [{ ...smallScript.acts[0]!, steps }, ...smallScript.acts.slice(1)] } });
    await there.playTo("serial");
    await expectRefused(there.act("value-entered", "olga", { step: "serial", value: said }), "STEP-OPEN");
    await there.openStep();
    await expectAccepted(there.act("value-entered", "olga", { step: "serial", value: said }));
    expect(currentStep(there.now)?.step.step).toBe("look");
  });
  test("[VALUE-TWO-PEOPLE] refuses one person, or two of one role, reading twice; a difference blocks the step", async () => {
    const there = await worldIn("serial");
    await there.act("value-entered", "will", { step: "serial", value: said });
    await expectRefused(there.act("value-entered", "will", { step: "serial", value: said }), "VALUE-TWO-PEOPLE");
    await expectRefused(there.act("value-entered", "wang", { step: "serial", value: said }), "VALUE-TWO-PEOPLE");
    const other = commit({ path: "test", salt: "00".repeat(16), value: "another value" });
    await expectAccepted(there.act("value-entered", "olga", { step: "serial", value: other }));
    expect(currentStep(there.now)?.status).toBe("refused");
  });

  const photo = (name: string) => ({ name: said, sha256: sha256Hex(utf8(name)), size: 4, mediaType: "image/jpeg", held: true });
  const film = (files: ReturnType<typeof photo>[]) => ({ step: "film", name: said, kept: said, sha256: null, files });
  test("[EVIDENCE-ONCE] accepts several files of one step, and a photograph of each reader", async () => {
    const there = await worldIn("film");
    const video = { ...photo("two"), mediaType: "video/mp4", size: 3_221_225_472, held: false };
    await expectAccepted(there.act("evidence-noted", "olga", film([photo("one"), video])));
    await there.openStep();
    await there.act("value-entered", "olga", { step: "serial", value: said, photo: photo("three") });
    await expectAccepted(there.act("value-entered", "wang", { step: "serial", value: said, photo: photo("four") }));
    expect(there.now.files.map(({ step, by, size }) => [step, by, size])).toEqual([
      ["film", "olga", 4],
      ["film", "olga", 3_221_225_472],
      ["serial", "olga", 4],
      ["serial", "wang", 4],
    ]);
  });
  test("[EVIDENCE-ONCE] refuses one photograph for two readings, at another step, or twice in one entry", async () => {
    const there = await worldIn("film");
    await expectRefused(there.act("evidence-noted", "olga", film([photo("one"), photo("one")])), "EVIDENCE-ONCE");
    await there.act("evidence-noted", "olga", film([photo("one")]));
    await there.openStep();
    const read = (who: string, name: string) => there.act("value-entered", who, { step: "serial", value: said, photo: photo(name) });
    await expectRefused(read("olga", "one"), "EVIDENCE-ONCE");
    await expectAccepted(read("olga", "two"));
    await expectRefused(read("wang", "two"), "EVIDENCE-ONCE");
  });
  test.each([{ size: 0 }, { mediaType: "text/html; charset=x" }, { mediaType: "Image/PNG" }])(
    "[ENTRY-SHAPE] refuses a file with %o",
    async (odd) => {
      const there = await worldIn("serial");
      const entered = { step: "serial", value: said, photo: { ...photo("one"), ...odd } };
      await expectRefused(there.act("value-entered", "olga", entered), "ENTRY-SHAPE");
    },
  );
});
