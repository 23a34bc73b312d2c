import { describe, expect, test } from "vitest";
import { currentStep } from "./ceremony";
import { RECORDER } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { awaitedParts, heldApart } from "./secret-parts";
import { smallBook } from "./small-book.under-test";
import { pinsScript, secretScript, type PinsAsked, VAULT, vaultScript } from "./small-script.under-test";
import { timeAt } from "./small-transcript.under-test";
import { SmallWorld } from "./small-world.under-test";

const ACTOR = "make";

/** A step whose operation needs a secret, open, and approved by two of three. */
async function approved(): Promise<SmallWorld> {
  const there = await new SmallWorld().openWith(secretScript).then((world) => world.playTo(ACTOR));
  await there.openStep();
  for (const person of ["carl", "cleo"]) await there.sign(person);
  return there;
}
async function invited(): Promise<SmallWorld> {
  const there = await approved();
  await expectAccepted(there.invite());
  return there;
}
const fault = { call: "keep", name: "PIN-REFUSED", ckr: 160 };

describe("secrets in two parts", () => {
  test("[SECRET-INVITED] accepts the worker's call for the secrets of the next operation, and a later one in its place", async () => {
    const there = await invited();
    await expectAccepted(there.invite());
  });
  test("[SECRET-INVITED] refuses a call for other secrets, another operation, impossible lengths, or while the work is under way", async () => {
    const there = await approved();
    const one = { secret: "pin", least: 2, most: 8 };
    await expectRefused(there.invite({ secrets: [{ ...one, secret: "other" }] }), "SECRET-INVITED");
    await expectRefused(there.invite({ secrets: [one, one] }), "SECRET-INVITED");
    await expectRefused(there.invite({ secrets: [{ ...one, least: 9 }] }), "SECRET-INVITED");
    await expectRefused(there.invite({ index: 1 }), "SECRET-INVITED");
    await there.invite();
    await there.enterPart("carl", 1);
    await there.enterPart("cora", 2);
    await there.start();
    await expectRefused(there.invite(), "SECRET-INVITED");
  });
  test("[SECRET-INVITED] refuses a call where nothing secret is needed", async () => {
    const there = await new SmallWorld().playTo("make");
    await there.openStep();
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await expectRefused(there.invite({ secrets: [{ secret: "pin", least: 2, most: 8 }] }), "SECRET-INVITED");
  });
  test("[QUORUM-REACHED] refuses a call for secrets before enough people have agreed", async () => {
    const there = await new SmallWorld().openWith(secretScript).then((world) => world.playTo(ACTOR));
    await there.openStep();
    await there.sign("carl");
    await expectRefused(there.invite(), "QUORUM-REACHED");
  });
  test("[NONCE-ONCE] refuses a key that was used for an earlier call", async () => {
    const there = await invited();
    const { publicKey } = currentStep(there.now)!.invitation!;
    await expectRefused(there.invite({ publicKey }), "NONCE-ONCE");
  });
  test("[RECORDER-SIGNED] refuses a call of anybody but the recorder", async () => {
    const there = await approved();
    await expectRefused(there.invite({}, { signature: "AAAA" }), "RECORDER-SIGNED");
  });

  test("[SECRET-NEWEST] accepts a part for the newest call", async () => expectAccepted((await invited()).enterPart("carl", 1)));
  test("[SECRET-NEWEST] refuses a part without a call, for an earlier one, and of a secret nobody asked for", async () => {
    await expectRefused((await approved()).enterPart("carl", 1), "SECRET-NEWEST");
    const there = await invited();
    const { hash } = currentStep(there.now)!.invitation!;
    await expectRefused(there.enterPart("carl", 1, { secret: "other" }), "SECRET-NEWEST");
    await there.invite();
    await expectRefused(there.enterPart("carl", 1, { invitation: hash }), "SECRET-NEWEST");
  });
  test("a new call forgets the parts entered for the one before, and so does a new opening", async () => {
    const there = await invited();
    await there.enterPart("carl", 1);
    await there.enterPart("cora", 2);
    await there.invite();
    await expectRefused(there.start(), "SECRET-COMPLETE");
    await there.enterPart("carl", 1);
    await there.refuse("cora");
    await expectAccepted(there.openStep(ACTOR, { deviation: await there.deviate() }));
    expect(currentStep(there.now)).toMatchObject({ invitation: null, parts: [] });
  });

  test("[SECRET-ONCE] accepts each part of a secret", async () => {
    const there = await invited();
    await expectAccepted(there.enterPart("carl", 2));
    await expectAccepted(there.enterPart("cora", 1));
  });
  test("[SECRET-ONCE] refuses the same part a second time, by whomever", async () => {
    const there = await invited();
    await there.enterPart("carl", 1);
    await expectRefused(there.enterPart("carl", 1), "SECRET-ONCE");
    await expectRefused(there.enterPart("cleo", 1), "SECRET-ONCE");
  });

  test("[SECRET-TWO-PEOPLE] accepts two custodians, whether they approved or not", async () => {
    const there = await invited();
    await expectAccepted(there.enterPart("carl", 1));
    await expectAccepted(there.enterPart("cora", 2));
  });
  test("[SECRET-TWO-PEOPLE] refuses both parts of a secret by one person", async () => {
    const there = await invited();
    await there.enterPart("carl", 1);
    await expectRefused(there.enterPart("carl", 2), "SECRET-TWO-PEOPLE");
    await expectRefused(there.start(), "SECRET-COMPLETE");
  });
  describe("of both PINs of a token", () => {
    const SO = { secret: "security-officer" };
    const USER = { secret: "user" };
    const called = async (...operations: PinsAsked): Promise<SmallWorld> => {
      const there = await new SmallWorld().openWith(pinsScript(...operations)).then((world) => world.playTo(ACTOR));
      await there.openStep();
      for (const person of ["carl", "cleo"]) await there.sign(person);
      await there.invite();
      return there;
    };

    test("[SECRET-ROLES-APART] accepts the parts of one PIN by two people and those of the other by others", async () => {
      const there = await called({ label: "vault" });
      await expectAccepted(there.enterPart("carl", 1, SO));
      await expectAccepted(there.enterPart("cleo", 2, SO));
      await expectAccepted(there.enterPart("cora", 1, USER));
    });
    test("[SECRET-ROLES-APART] refuses a part of the one by whoever entered a part of the other, whichever came first", async () => {
      const there = await called({ label: "vault" });
      await there.enterPart("carl", 1, SO);
      await expectRefused(there.enterPart("carl", 1, USER), "SECRET-ROLES-APART");
      await there.enterPart("cleo", 1, USER);
      await expectRefused(there.enterPart("cleo", 2, SO), "SECRET-ROLES-APART");
    });
    test("[SECRET-ROLES-APART] refuses it also after a new call, which forgets the part and not who entered it", async () => {
      const there = await called({ label: "vault" });
      await there.enterPart("carl", 1, SO);
      await there.invite();
      await expectRefused(there.enterPart("carl", 1, USER), "SECRET-ROLES-APART");
    });
    test("[SECRET-TWO-PEOPLE] accepts the same part of a PIN by the same person after a new call", async () => {
      const there = await called({ label: "vault" });
      await there.enterPart("carl", 1, SO);
      await there.invite();
      await expectAccepted(there.enterPart("carl", 1, SO));
    });
    test("[SECRET-TWO-PEOPLE] refuses the other part by whoever entered one for an earlier call: it would be the whole", async () => {
      const there = await called({ label: "vault" });
      await there.enterPart("carl", 1, SO);
      await there.invite();
      await expectRefused(there.enterPart("carl", 2, SO), "SECRET-TWO-PEOPLE");
      await expectAccepted(there.enterPart("cleo", 2, SO));
    });
    test("[SECRET-TWO-PEOPLE] refuses the other part of the same PIN, or of the same backup's key, in a later operation", async () => {
      for (const again of [{ label: "vault", one: "user" }, { label: "vault", one: "backup" }]) {
        const there = await called(again, again);
        const which = { secret: again.one };
        await there.enterPart("carl", 1, which);
        await there.enterPart("cleo", 2, which);
        await there.start();
        await there.finish({ outcome: { label: "vault" } });
        await there.invite();
        await expectRefused(there.enterPart("carl", 2, which), "SECRET-TWO-PEOPLE");
        await expectRefused(there.enterPart("cleo", 1, which), "SECRET-TWO-PEOPLE");
        await expectAccepted(there.enterPart("carl", 1, which));
        await expectAccepted(there.enterPart("cora", 2, which));
      }
    });
    const changed = [{ label: "vault", one: "security-officer" }, { label: "vault", one: "user" }] as const;
    test("[SECRET-ROLES-APART] refuses it in a later operation on that token", async () => {
      const there = await called(...changed);
      await there.enterPart("carl", 1, SO);
      await there.enterPart("cleo", 2, SO);
      await there.start();
      await there.finish({ outcome: { label: "vault" } });
      await there.invite();
      await expectRefused(there.enterPart("carl", 1, USER), "SECRET-ROLES-APART");
      await expectAccepted(there.enterPart("cora", 1, USER));
    });
    test("[SECRET-ROLES-APART] accepts whoever knew a part of the other PIN before it was changed, and refuses who made up its new one", async () => {
      const there = await called({ label: "vault", one: "change" }, { label: "vault", one: "security-officer" });
      await there.enterPart("carl", 1, USER);
      await there.enterPart("cleo", 2, USER);
      await there.enterPart("cora", 1, { secret: "new-user" });
      await there.enterPart("cleo", 2, { secret: "new-user" });
      await expectRefused(there.enterPart("carl", 1, SO), "SECRET-NEWEST");
      await there.start();
      await there.finish({ outcome: { label: "vault" } });
      await there.invite();
      await expectRefused(there.enterPart("cora", 1, SO), "SECRET-ROLES-APART");
      await expectRefused(there.enterPart("cleo", 1, SO), "SECRET-ROLES-APART");
      await expectAccepted(there.enterPart("carl", 1, SO));
    });
    test("[SECRET-ROLES-APART] refuses whoever entered a part for a change that failed: nobody knows which PIN it has", async () => {
      const there = await called({ label: "vault", one: "change" }, { label: "vault", one: "security-officer" });
      await there.enterPart("carl", 1, USER);
      await there.enterPart("cleo", 2, USER);
      await there.enterPart("cora", 1, { secret: "new-user" });
      await there.enterPart("cleo", 2, { secret: "new-user" });
      await there.start();
      await there.act("operation-failed", RECORDER, { step: ACTOR, index: 0, fault });
      expect(heldApart(there.now, { pinOf: "vault", holder: "security-officer" })).toEqual(["carl", "cleo", "cora"]);
    });
    test("[SECRET-ROLES-APART] accepts a security officer of one token as a user of another", async () => {
      const there = await called(changed[0], { label: "cellar", one: "user" });
      await there.enterPart("carl", 1, SO);
      await there.enterPart("cleo", 2, SO);
      await there.start();
      await there.finish({ outcome: { label: "vault" } });
      await there.invite();
      await expectAccepted(there.enterPart("carl", 1, USER));
    });
  });

  test("[ROLE-MAY] refuses a part by the operator, a witness or an auditor", async () => {
    const there = await invited();
    for (const person of ["olga", "will", "axel"]) await expectRefused(there.enterPart(person, 1), "ROLE-MAY");
  });
  test("[PASSKEY-OWNER] refuses a part entered in somebody else's name", async () =>
    expectRefused((await invited()).enterPart("carl", 1, { by: "cleo" }), "PASSKEY-OWNER"));
  test("[STATEMENT-ACT] refuses a part passed off as an approval, an approval as a part, and a statement without its part", async () => {
    const there = await invited();
    const { hash } = currentStep(there.now)!.invitation!;
    const part = { invitation: hash, secret: "pin", part: 1, sha256: "00".repeat(32) } as const;
    await expectRefused(there.sign("cora", there.decide("cora", { act: "enter-part", part }), { kind: "step-approved" }), "STATEMENT-ACT");
    await expectRefused(there.sign("cora", there.decide("cora", { part }), { kind: "step-approved" }), "STATEMENT-ACT");
    await expectRefused(there.sign("cora", there.decide("cora"), { kind: "secret-part-entered" }), "STATEMENT-ACT");
    await expectRefused(there.sign("cora", there.decide("cora", { act: "enter-part" })), "STATEMENT-ACT");
  });
  test("[STATEMENT-EXPIRED] refuses a call and a part after the opening's time", async () => {
    const there = await invited();
    there.wait(3600);
    await expectRefused(there.enterPart("carl", 1), "STATEMENT-EXPIRED");
    await expectRefused(there.invite(), "STATEMENT-EXPIRED");
  });
  test("[PHASE-STOPPED] refuses a call and a part while the room is stopped; resumed, the step is opened anew", async () => {
    const there = await invited();
    await there.enterPart("carl", 1);
    await there.act("ceremony-stopped", "axel", { reason: (await import("./small-roster.under-test")).placeholder("wait") });
    await expectRefused(there.enterPart("cora", 2), "PHASE-STOPPED");
    await expectRefused(there.invite(), "PHASE-STOPPED");
    await there.goOn(await there.deviate(ACTOR));
    await expectRefused(there.enterPart("cora", 2), "STEP-OPEN");
  });

  test("[SECRET-COMPLETE] accepts the work once every part of every secret is there", async () => {
    const there = await invited();
    await there.enterPart("carl", 1);
    await there.enterPart("cleo", 2);
    await expectAccepted(there.start());
    await expectAccepted(there.finish());
  });
  test("[SECRET-COMPLETE] refuses the work without a call, without a part, and after a failure with the old parts", async () => {
    const there = await approved();
    await expectRefused(there.start(), "SECRET-COMPLETE");
    await there.invite();
    expect(awaitedParts(currentStep(there.now)!, smallBook)).toEqual([{ secret: "pin", part: 1 }, { secret: "pin", part: 2 }]);
    await there.enterPart("carl", 1);
    await expectRefused(there.start(), "SECRET-COMPLETE");
    await there.enterPart("cleo", 2);
    await there.start();
    await there.act("operation-failed", RECORDER, { step: ACTOR, index: 0, fault });
    await there.openStep(ACTOR, { deviation: await there.deviate() });
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await expectRefused(there.start(), "SECRET-COMPLETE");
  });
  test("[ENTRY-SHAPE] refuses a part that is neither the first nor the second, and a key that is none", async () => {
    const there = await invited();
    await expectRefused(there.enterPart("carl", 3 as 1), "ENTRY-SHAPE");
    await expectRefused(there.invite({ publicKey: "AAAA" }), "ENTRY-SHAPE");
    await expectRefused(there.enterPart("carl", 1, { at: timeAt(1) }), "TIME-ORDER");
  });
});

describe("a token that is another afterwards", () => {
  const script = {
    ...vaultScript,
    acts: vaultScript.acts.map((act) => ({
      ...act,
      steps: act.steps.map((step) => (step.step === "make" ? { ...step, operations: [{ operation: "renew", label: "new", token: "vault" }] } : step)),
    })),
  };
  const begun = async (): Promise<SmallWorld> => {
    const there = new SmallWorld();
    await there.open({ script });
    await there.attach({ others: [VAULT] });
    await there.playTo("look");
    await there.openStep();
    await there.start();
    await there.finish({ outcome: { label: "all", token: { serial: "s-2" } } });
    await there.openStep();
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await there.start();
    return there;
  };

  test("is signed for by its new serial number from then on", async () => {
    const there = await begun();
    await expectAccepted(there.finish({ outcome: { label: "new", token: { serial: "s-9", label: "fresh" } } }));
    expect(there.now.recorder?.others).toEqual([{ ...VAULT, serial: "s-9", label: "fresh" }]);
    await there.openStep();
    expect(there.decide("carl", { act: "sign-off", verdict: "agree" }).token).toEqual({ serial: "s-1", others: { vault: "s-9" } });
  });
  test("[OUTCOME-MATCHES] refuses one without a serial number, and one that is the ceremony's own token", async () => {
    const there = await begun();
    await expectRefused(there.finish({ outcome: { label: "new" } }), "OUTCOME-MATCHES");
    await expectRefused(there.finish({ outcome: { label: "new", token: { serial: "s-1" } } }), "OUTCOME-MATCHES");
  });
});
