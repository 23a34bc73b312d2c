import { describe, expect, test } from "vitest";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { smallBook } from "./small-book.under-test";
import { placeholder } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { SmallWorld, world, worldIn } from "./small-world.under-test";
import { shortages } from "./shortages";
import { rosterWithStandIns } from "./stand-ins.under-test";

const said = placeholder("something");
const stop = (there: SmallWorld, by = "axel") => there.act("ceremony-stopped", by, { reason: said });

/** Stopped at that step, and what happened is written down. */
async function stoppedAt(step: string): Promise<{ there: SmallWorld; deviation: number }> {
  const there = await worldIn(step);
  await stop(there);
  return { there, deviation: await there.deviate() };
}

const resume = (there: SmallWorld, deviation: number, by = "olga") => there.act("ceremony-resumed", by, { deviation });

/** What somebody could sign for going on, taken out of a world that has its own future. */
async function agreementOf(there: SmallWorld, person: string, deviation: number) {
  const other = there.fork();
  await expectAccepted(other.agreeToGoOn(person, deviation));
  const statement = other.now.stopped?.approvals.at(-1)?.statement;
  if (!statement) throw new Error("nothing was signed");
  return statement;
}

describe("going on after a stop", () => {
  test("[RESUME-QUORUM] accepts going on once the script's quorum agrees, each with their passkey, to going on as the deviation says", async () => {
    const { there, deviation } = await stoppedAt("make");
    await expectAccepted(there.agreeToGoOn("carl", deviation));
    await expectAccepted(there.agreeToGoOn("cora", deviation));
    await expectAccepted(resume(there, deviation));
    expect(there.now).toMatchObject({ phase: "running", stopped: null });
  });
  test("[RESUME-QUORUM] accepts it before the worker has found a token, and after a break that ended otherwise than it began", async () => {
    const early = new SmallWorld();
    await early.open();
    await stop(early);
    await expectAccepted(early.goOn(await early.deviate(null)));

    const there = await worldIn("make");
    const everybody = there.now.participants.map(({ person }) => person);
    await there.must("break-begun", "olga", { step: null, present: everybody, seals: [], unsealed: placeholder("nothing stays") });
    await there.must("break-ended", "will", { step: null, present: everybody.slice(0, -1), seals: [] });
    expect(there.now.phase).toBe("stopped");
    await expectRefused(resume(there, await there.deviate()), "RESUME-QUORUM");
    await expectAccepted(there.goOn(there.now.head.seq));
  });
  test("[RESUME-QUORUM] refuses it before, with one too few, and where they agreed to another deviation", async () => {
    const { there, deviation } = await stoppedAt("make");
    await expectRefused(resume(there, deviation), "RESUME-QUORUM");
    await there.agreeToGoOn("carl", deviation);
    await expectRefused(resume(there, deviation), "RESUME-QUORUM");
    const other = await there.deviate();
    await there.agreeToGoOn("cleo", other);
    for (const one of [deviation, other]) await expectRefused(resume(there, one), "RESUME-QUORUM");
    await expectAccepted(there.agreeToGoOn("carl", other));
    await expectAccepted(resume(there, other));
  });
  test("[RESUME-QUORUM] refuses it without the members of a group that the script's rule asks for", async () => {
    const quorum = { ...smallScript.quorum, and: [{ group: "security-officer", approve: 1 }] };
    const there = await new SmallWorld().openWith({ ...smallScript, quorum });
    await stop(there);
    const deviation = await there.deviate(null);
    await expectRefused(there.goOn(deviation), "RESUME-QUORUM");
    await expectAccepted(there.goOn(deviation, ["cora"]));
  });
  test("[RESUME-QUORUM] refuses to count somebody who was replaced, or an agreement to going on after an earlier stop", async () => {
    const there = new SmallWorld();
    await there.openFor(smallScript, rosterWithStandIns);
    await there.attach();
    await stop(there);
    const deviation = await there.deviate(null);
    for (const person of ["carl", "cleo"]) await expectAccepted(there.agreeToGoOn(person, deviation));
    const place = { leaves: "carl", arrives: "cass", role: "custodian" } as const;
    await expectAccepted(there.act("person-replaced", "olga", { ...place, deviation }));
    await expectRefused(resume(there, deviation), "RESUME-QUORUM");
    const kept = await agreementOf(there, "cora", deviation);
    await expectAccepted(there.goOn(deviation, ["cora"]));

    await stop(there);
    await expectRefused(there.sign("cora", kept), "REOPEN-DEVIATION");
    const next = await there.deviate(null);
    await expectRefused(there.sign("cora", { ...kept, deviation: next }), "STATEMENT-NONCE");
    await expectRefused(there.sign("cora", { ...kept, nonce: there.now.stopped?.hash ?? "", deviation: next }), "STATEMENT-HEAD");
    await expectRefused(resume(there, next), "RESUME-QUORUM");
  });

  test("[QUORUM-DISTINCT] refuses the same custodian twice, with whichever of their passkeys", async () => {
    const { there, deviation } = await stoppedAt("make");
    await there.agreeToGoOn("carl", deviation);
    await expectRefused(there.agreeToGoOn("carl", deviation), "QUORUM-DISTINCT");
    await expectRefused(there.agreeToGoOn("carl", deviation, { passkey: "carl-2" }), "QUORUM-DISTINCT");
    await expectRefused(resume(there, deviation), "RESUME-QUORUM");
  });
  test("[ROLE-MAY] refuses everybody else's agreement; that of who is away is refused too", async () => {
    const { there, deviation } = await stoppedAt("make");
    for (const person of ["olga", "will", "axel"]) await expectRefused(there.agreeToGoOn(person, deviation), "ROLE-MAY");
    await there.act("presence-noted", "will", { person: "carl", present: false });
    await expectRefused(there.agreeToGoOn("carl", deviation), "PRESENT-ACTS");
  });
  test("[STATEMENT-ACT] refuses an agreement to going on as an approval, and an approval as an agreement", async () => {
    const { there, deviation } = await stoppedAt("make");
    const agreement = await agreementOf(there, "carl", deviation);
    await expectRefused(there.sign("carl", { ...agreement, act: "approve" }, { kind: "resume-approved" }), "STATEMENT-ACT");
    await there.goOn(deviation);
    await there.openStep("make", { deviation });
    const opening = there.decide("carl");
    await expectRefused(there.sign("carl", agreement, { kind: "step-approved" }), "STATEMENT-WHAT");
    await expectRefused(there.sign("carl", { ...opening, act: "approve-resume" }, { kind: "step-approved" }), "STATEMENT-ACT");
    await expectRefused(there.sign("carl", { ...opening, deviation }), "STATEMENT-ACT");
  });
  test("[STATEMENT-EXPIRED] refuses an agreement, and going on, once the time to agree to that deviation has passed", async () => {
    const { there, deviation } = await stoppedAt("make");
    for (const person of ["carl", "cleo"]) await there.agreeToGoOn(person, deviation);
    there.wait(smallScript.expires.minutes * 60);
    await expectRefused(there.agreeToGoOn("cora", deviation), "STATEMENT-EXPIRED");
    await expectRefused(resume(there, deviation), "STATEMENT-EXPIRED");
    await expectAccepted(there.goOn(await there.deviate()));
  });
  test("[PHASE-STOPPED] refuses to agree while nothing is stopped; work that was under way may be agreed about and told", async () => {
    const there = await worldIn("look");
    await there.start();
    await stop(there);
    const deviation = await there.deviate();
    const kept = await agreementOf(there, "cora", deviation);
    await expectAccepted(there.agreeToGoOn("carl", deviation));
    await expectAccepted(there.finish());
    await expectAccepted(there.agreeToGoOn("cleo", deviation));
    await expectAccepted(resume(there, deviation));
    await expectRefused(there.sign("cora", kept), "PHASE-STOPPED");
  });

  test("who is too few to go on is said while the room is stopped, whatever the rest of the script needs", async () => {
    const there = await world("sign");
    const noted = (person: string, present: boolean) => there.act("presence-noted", "will", { person, present });
    await there.openStep();
    for (const person of ["carl", "cleo"]) await there.signOff(person);
    await stop(there);
    for (const person of ["carl", "cleo"]) await noted(person, false);
    expect(shortages(there.now, smallBook)).toMatchObject([{ role: "custodian", needed: 2, there: 1, step: 7 }]);
    await noted("carl", true);
    expect(shortages(there.now, smallBook)).toEqual([]);
  });
});
