import { describe, expect, test } from "vitest";
import { currentStep, performed } from "./ceremony";
import { RECORDER } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import type { Script } from "./script";
import { placeholder } from "./small-roster.under-test";
import { smallScript, VAULT, vaultScript } from "./small-script.under-test";
import { SmallWorld, worldIn, world } from "./small-world.under-test";

async function approved(): Promise<SmallWorld> {
  const there = await worldIn("make");
  for (const person of ["carl", "cleo"]) await there.sign(person);
  return there;
}
const note = { class: "C", step: null, code: "worker-restarted", facts: {} } as const;

describe("what the worker did", () => {
  test("[RECORDER-SIGNED] accepts the recorder's signature", async () => expectAccepted((await approved()).start()));
  test("[RECORDER-SIGNED] refuses a forged outcome and a signature over another entry", async () => {
    const there = await approved();
    await there.start();
    const forged = there.draft("operation-done", RECORDER, { step: "make", index: 0, outcome: { label: "one" }, milliseconds: 1, recovered: false });
    await expectRefused(there.enter({ ...forged, signature: "AAAA" }), "RECORDER-SIGNED");
    await expectRefused(there.enter({ ...forged, body: { ...(forged.body as object), milliseconds: 2 } } as typeof forged), "RECORDER-SIGNED");
  });

  test("[RECORDER-SAME] accepts the recorder that attached", async () => expectAccepted((await approved()).act("worker-noted", RECORDER, note)));
  test("[RECORDER-SAME] refuses a checked entry of any other recorder", async () => {
    // `examine` checks against the attached key, so another key shows as RECORDER-SIGNED; the rule itself is tried here.
    const { admit } = await import("./admit");
    const { smallBook } = await import("./small-book.under-test");
    const there = await approved();
    const entry = there.draft("worker-noted", RECORDER, note);
    const checked = { entry, hash: "00".repeat(32), assertion: null, recorder: { spki: "other" } } as unknown as Parameters<typeof admit>[1];
    await expectRefused(Promise.resolve(admit(there.ceremony, checked, smallBook)), "RECORDER-SAME");
    const started = there.fork();
    await started.start();
    const intent = { ...started.now.steps.find((state) => state.started)!.started! } as { seq?: number; at?: string };
    delete intent.seq;
    delete intent.at;
    const another = { ...checked, entry: there.draft("operation-started", RECORDER, intent as never) };
    await expectRefused(Promise.resolve(admit(there.ceremony, another, smallBook)), "RECORDER-SAME");
  });

  test("[SCRIPT-HASH] refuses a recorder that attached to another script", async () => {
    const there = new SmallWorld();
    await there.open();
    await expectRefused(there.attach({ scriptHash: "00".repeat(32) }), "SCRIPT-HASH");
    await expectRefused(there.attach({ rosterHash: "00".repeat(32) }), "ROSTER-HASH");
  });

  const unattached = async (script = vaultScript) => {
    const there = new SmallWorld();
    await there.open({ script });
    return there;
  };
  test("[RECORDER-TOKENS] accepts the tokens that the script works on", async () => {
    const there = await unattached();
    await expectAccepted(there.attach({ others: [VAULT] }));
    await there.playTo("make");
    await there.openStep();
    expect(there.decide("carl").token).toEqual({ serial: "s-1", others: { vault: "s-2" } });
    expect((await worldIn("make")).decide("carl").token).toEqual({ serial: "s-1" });
  });
  test("[RECORDER-TOKENS] refuses one that is missing, one too many, another name, and one device under two names", async () => {
    const there = await unattached();
    await expectRefused(there.fork().attach(), "RECORDER-TOKENS");
    await expectRefused(there.fork().attach({ others: [{ ...VAULT, name: "cellar" }] }), "RECORDER-TOKENS");
    await expectRefused(there.fork().attach({ others: [VAULT, VAULT] }), "RECORDER-TOKENS");
    await expectRefused(there.fork().attach({ others: [{ ...VAULT, serial: "s-1" }] }), "RECORDER-TOKENS");
    const small = new SmallWorld();
    await small.open();
    await expectRefused(small.attach({ others: [VAULT] }), "RECORDER-TOKENS");
  });
  test("[OUTCOME-MATCHES] refuses work on the ceremony's own token where the script names another one", async () => {
    const there = await unattached();
    await there.attach({ others: [VAULT] });
    await there.playTo("look");
    await there.openStep();
    await there.start();
    await expectRefused(there.fork().finish({ outcome: { label: "all", token: { serial: "s-1" } } }), "OUTCOME-MATCHES");
    await expectAccepted(there.finish({ outcome: { label: "all", token: { serial: "s-2" } } }));
  });

  test("[OPERATION-ORDER] accepts the step's operations one after the other", async () => {
    const there = await approved();
    for (let i = 0; i < 2; i++) {
      await expectAccepted(there.start());
      await expectAccepted(there.finish());
    }
    expect(performed(there.now).map((one) => one.index)).toEqual([0, 0, 1]);
  });
  test("[OPERATION-ORDER] refuses two at once, one skipped, and an outcome without an intent", async () => {
    const there = await approved();
    await expectRefused(there.start({ index: 1, request: { operation: "make", label: "two" } }), "OPERATION-ORDER");
    await expectRefused(there.finish({ step: "make", outcome: { label: "one" } }), "OPERATION-ORDER");
    await there.start();
    await expectRefused(there.start(), "OPERATION-ORDER");
    await expectRefused(there.finish({ index: 1 }), "OPERATION-ORDER");
  });
  test("[STATEMENT-WHAT] refuses an intent whose parameters are not the script's", async () =>
    expectRefused((await approved()).start({ request: { operation: "make", label: "one", extractable: true } }), "STATEMENT-WHAT"));

  test("[OPERATION-QUORUM] accepts an intent that names the quorum as it is", async () => expectAccepted((await approved()).start()));
  test("[OPERATION-QUORUM] refuses other approvals, another hash, and approvals for a look", async () => {
    const there = await approved();
    await expectRefused(there.start({ approvals: [1, 2] }), "OPERATION-QUORUM");
    await expectRefused(there.start({ quorumHash: "00".repeat(32) }), "OPERATION-QUORUM");
    await expectRefused(there.start({ quorumHash: null, approvals: [] }), "OPERATION-QUORUM");
    await expectRefused((await worldIn("look")).start({ approvals: [1] }), "OPERATION-QUORUM");
  });

  test("[OPERATION-ID] accepts the id that follows from the quorum", async () => expectAccepted((await approved()).start()));
  test("[OPERATION-ID] refuses any other id", async () => expectRefused((await approved()).start({ ckaId: "00".repeat(32) }), "OPERATION-ID"));

  test("[OUTCOME-MATCHES] accepts an outcome that agrees with its request", async () => {
    const there = await approved();
    await there.start();
    await expectAccepted(there.finish());
  });
  test("[OUTCOME-MATCHES] refuses an outcome about another key", async () => {
    const there = await approved();
    await there.start();
    await expectRefused(there.finish({ outcome: { label: "two" } }), "OUTCOME-MATCHES");
    await expectRefused(there.finish({ outcome: { label: "one", token: { serial: "s-2" } } }), "OUTCOME-MATCHES");
  });

  test("a failure blocks the step; opened again, only what is still to be done is approved and done", async () => {
    const there = await approved();
    await there.start();
    await there.finish();
    await there.start();
    const fault = { call: "C_GenerateKeyPair", name: "CKR_DEVICE_ERROR", ckr: 48 };
    await expectAccepted(there.act("operation-failed", RECORDER, { step: "make", index: 1, fault }));
    expect(currentStep(there.now)?.status).toBe("failed");
    await there.openStep("make", { deviation: await there.deviate() });
    expect(there.decide("carl").what).toEqual([{ operation: "make", label: "two" }]);
    await expectRefused(there.start(), "QUORUM-REACHED");
    for (const person of ["carl", "cora"]) await there.sign(person);
    await expectAccepted(there.start());
    await expectAccepted(there.finish());
    expect(currentStep(there.now)?.step.step).toBe("sign");
  });

  const FOUND = { unexpected: 1, missing: 0, appeared: "stray" };
  const DIFFERS = { class: "D", step: "look", code: "inventory-differs", facts: FOUND } as const;
  const differing = async (script = smallScript) => {
    const there = await (await new SmallWorld().openWith(script)).playTo("look");
    await there.openStep();
    await there.start();
    await there.finish({ outcome: { label: "all", stray: "stray" } });
    return there;
  };
  const lookTwice: Script = {
    ...smallScript,
    acts: smallScript.acts.map((act) => ({
      ...act,
      steps: act.steps.map((step) =>
        step.kind === "operation" && step.step === "look" ? { ...step, operations: [...step.operations, ...step.operations] } : step,
      ),
    })),
  };
  test("[INVENTORY-NOTED] accepts the next step and operation once the recorder has noted what differs, in class D", async () => {
    const there = await differing();
    await expectAccepted(there.act("worker-noted", RECORDER, DIFFERS));
    expect(there.now.deviations.map(({ body }) => body)).toEqual([DIFFERS]);
    await expectAccepted(there.openStep("make"));
    const twice = await differing(lookTwice);
    await expectAccepted(twice.act("worker-noted", RECORDER, DIFFERS));
    await expectAccepted(twice.start());
  });
  test("[INVENTORY-NOTED] accepts the note in a room that was stopped or given up, and that people go on speaking meanwhile", async () => {
    for (const kind of ["ceremony-stopped", "ceremony-aborted"] as const) {
      const there = await differing();
      await there.deviate("look");
      await expectAccepted(there.act(kind, "olga", { reason: placeholder("what is this?") }));
      await expectAccepted(there.act("worker-noted", RECORDER, DIFFERS));
    }
  });
  test("[INVENTORY-NOTED] refuses a step, an operation and a close before the note; a person's own deviation does not stand for it", async () => {
    const there = await differing();
    await there.deviate("look");
    await there.must("worker-noted", RECORDER, note);
    await expectRefused(there.openStep("make"), "INVENTORY-NOTED");
    await expectRefused((await differing(lookTwice)).start(), "INVENTORY-NOTED");
    await there.act("ceremony-aborted", "olga", { reason: placeholder("enough") });
    await expectRefused(there.fork().close({ result: "aborted" }), "INVENTORY-NOTED");
    await there.must("worker-noted", RECORDER, DIFFERS);
    await expectAccepted(there.close({ result: "aborted" }));
  });
  test("[INVENTORY-NOTED] refuses the note twice, unasked, in another class, and with other facts", async () => {
    const there = await differing();
    await expectRefused(there.act("worker-noted", RECORDER, { ...DIFFERS, class: "A" }), "INVENTORY-NOTED");
    await expectRefused(there.act("worker-noted", RECORDER, { ...DIFFERS, facts: { ...FOUND, appeared: "nothing" } }), "INVENTORY-NOTED");
    await expectAccepted(there.act("worker-noted", RECORDER, DIFFERS));
    await expectRefused(there.act("worker-noted", RECORDER, DIFFERS), "INVENTORY-NOTED");
    await expectRefused((await approved()).act("worker-noted", RECORDER, DIFFERS), "INVENTORY-NOTED");
  });

  test("[CLOSE-COMPLETE] accepts the close when every step is done", async () => expectAccepted((await world()).close()));
  test("[CLOSE-COMPLETE] refuses it earlier, with the wrong count, result, or work under way", async () => {
    await expectRefused((await world("sign")).close(), "CLOSE-COMPLETE");
    await expectRefused((await world()).close({ entries: 3 }), "CLOSE-COMPLETE");
    await expectRefused((await world()).close({ result: "aborted" }), "CLOSE-COMPLETE");
    const there = await approved();
    await there.start();
    await there.act("ceremony-aborted", "olga", { reason: placeholder("enough") });
    await expectRefused(there.close(), "CLOSE-COMPLETE");
  });
});
