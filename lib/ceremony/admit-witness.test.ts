import { describe, expect, test } from "vitest";
import { hashOf } from "../log/canonical";
import { releasedPages } from "./admit-notebook";
import { stateOf } from "./ceremony";
import type { Body } from "./entry";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { assertionBy, placeholder } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { timeAt } from "./small-transcript.under-test";
import { world, worldIn, type SmallWorld } from "./small-world.under-test";
import { statementHash, type PaperClaim } from "./statement";

const said = placeholder("something");

describe("what a witness says of a step", () => {
  test("[STEP-DONE] accepts each witness's initials and signed word under a step that is done, in a stopped room too", async () => {
    const there = await worldIn("make");
    for (const person of ["will", "wang"]) await expectAccepted(there.act("step-initialled", person, { step: "look" }));
    const statement = there.decide("will", { act: "attest", step: "look" });
    expect(statement.what).toEqual([{ operation: "look", label: "all" }]);
    expect(statement.head).toBe(stateOf(there.now, "look")?.doneHash);
    await expectAccepted(there.sign("will", statement));
    await there.act("ceremony-stopped", "axel", { reason: said });
    await expectAccepted(there.sign("wang", there.decide("wang", { act: "attest", step: "look", remark: said })));
    expect(stateOf(there.now, "look")).toMatchObject({ initials: [{ person: "will" }, { person: "wang" }] });
    expect(stateOf(there.now, "look")?.attestations.map(({ person }) => person)).toEqual(["will", "wang"]);
  });
  test("[STEP-DONE] refuses them under a step that is open or not begun, twice, and by anybody who is no witness", async () => {
    const there = await worldIn("make");
    const statement = there.decide("will", { act: "attest", step: "look" });
    for (const step of ["make", "sign", "nowhere"]) {
      await expectRefused(there.act("step-initialled", "will", { step }), "STEP-DONE");
      await expectRefused(there.sign("will", { ...statement, step }), "STEP-DONE");
    }
    for (const person of ["olga", "carl", "axel"]) {
      await expectRefused(there.act("step-initialled", person, { step: "look" }), "ROLE-MAY");
      await expectRefused(there.sign(person, there.decide(person, { act: "attest", step: "look" })), "ROLE-MAY");
    }
    await there.act("step-initialled", "will", { step: "look" });
    await expectRefused(there.act("step-initialled", "will", { step: "look" }), "ACT-ONCE");
    await there.sign("will", statement);
    await expectRefused(there.sign("will", statement), "ACT-ONCE");
  });
  test("[STEP-DONE] refuses a word about another end of the step, and one that comes more than a day later", async () => {
    const there = await worldIn("make");
    const statement = there.decide("will", { act: "attest", step: "look" });
    await expectRefused(there.sign("will", { ...statement, head: "00".repeat(32) }), "STATEMENT-HEAD");
    await expectRefused(there.sign("will", { ...statement, act: "approve" }, { kind: "step-attested" }), "STATEMENT-ACT");
    there.wait(24 * 60 * 60);
    await expectRefused(there.sign("will", statement), "STATEMENT-EXPIRED");
  });
  test("[STATEMENT-ACT] refuses a sign-off that does not agree and does not say why", async () => {
    const there = await worldIn("sign");
    for (const verdict of ["do-not-agree", "agree-except-noted"] as const) {
      await expectRefused(there.sign("carl", there.decide("carl", { act: "sign-off", verdict })), "STATEMENT-ACT");
      await expectAccepted(there.fork().signOff("carl", verdict));
    }
  });
});

type Pages = Body<"notebook-released">["pages"];
const pagesOf = (...numbers: number[]): Pages => numbers.map((page) => ({ page, at: timeAt(page), text: placeholder(`page ${String(page)}`) }));

function release(there: SmallWorld, person: string, pages: Pages, signedPages: Pages = pages) {
  const statement = there.decide(person, { act: "release-notebook", step: "hear", pages: hashOf(signedPages) });
  return there.act("notebook-released", person, { statement, assertion: assertionBy(person, statementHash(statement)), pages });
}

describe("a witness's notebook", () => {
  test("[NOTEBOOK-PAGES] accepts all pages in order under one signature, and later the next ones", async () => {
    const there = await world("come");
    await expectAccepted(release(there, "will", pagesOf(1, 2)));
    await expectAccepted(release(there, "wang", pagesOf(1)));
    await expectAccepted(release(there, "will", pagesOf(3)));
    expect(releasedPages(there.now, "will")).toBe(3);
  });
  test("[NOTEBOOK-PAGES] refuses other pages than were signed, a page left out, one twice, and times that cannot be", async () => {
    const there = await world("come");
    await expectRefused(release(there, "will", pagesOf(1), pagesOf(1, 2)), "NOTEBOOK-PAGES");
    await expectRefused(release(there, "will", pagesOf(2)), "NOTEBOOK-PAGES");
    await expectRefused(release(there, "will", pagesOf(1, 3)), "NOTEBOOK-PAGES");
    await release(there, "will", pagesOf(1));
    await expectRefused(release(there, "will", pagesOf(1)), "NOTEBOOK-PAGES");
    for (const at of [timeAt(-60), timeAt(7200)]) {
      await expectRefused(release(there, "wang", [{ page: 1, at, text: said }]), "NOTEBOOK-PAGES");
    }
  });
  test("[NOTEBOOK-PAGES] refuses the notebook of anybody who is no witness, and one in another's name", async () => {
    const there = await world("come");
    for (const person of ["olga", "carl", "axel"]) await expectRefused(release(there, person, pagesOf(1)), "ROLE-MAY");
    const pages = pagesOf(1);
    const statement = there.decide("will", { act: "release-notebook", step: "hear", pages: hashOf(pages) });
    const body = { statement, assertion: assertionBy("wang", statementHash(statement)), pages };
    await expectRefused(there.act("notebook-released", "will", body), "PASSKEY-OWNER");
  });
});

describe("steps on paper", () => {
  const steps = smallScript.acts[0]!.steps.map(({ step }) => step);
  const claimOf = (deviation: number, change: Partial<PaperClaim> = {}): PaperClaim => ({
    began: timeAt(1),
    ended: timeAt(2),
    account: said,
    kept: said,
    deviation,
    ...change,
  });
  const sign = (there: SmallWorld, person: string, paper: PaperClaim) => there.sign(person, there.decide(person, { act: "paper", paper }));

  test.each(steps)("[PAPER-TWO-PEOPLE] accepts two people's word, of two roles, for the people's step %s", async (step) => {
    const there = await worldIn(step);
    const paper = claimOf(await there.deviate());
    await expectAccepted(sign(there, "will", paper));
    expect(stateOf(there.now, step)?.status).toBe("open");
    await expectAccepted(sign(there, "carl", paper));
    expect(stateOf(there.now, step)?.status).toBe("done");
  });
  test("[PAPER-TWO-PEOPLE] refuses one person twice, two of one role, and an auditor", async () => {
    const there = await worldIn("come");
    const paper = claimOf(await there.deviate());
    await expectRefused(sign(there, "axel", paper), "ROLE-MAY");
    await sign(there, "will", paper);
    for (const person of ["will", "wang"]) await expectRefused(sign(there, person, paper), "PAPER-TWO-PEOPLE");
  });
  test("[STEP-KIND] refuses an operation on paper, and the signatures at the end", async () => {
    for (const step of ["look", "make", "sign"]) {
      const there = await worldIn(step);
      const paper = claimOf(await there.deviate());
      await expectRefused(sign(there, "will", paper), "STEP-KIND");
    }
  });
  test("[PAPER-CLAIM] accepts a deviation about the step or about the whole ceremony", async () => {
    const there = await worldIn("come");
    for (const about of [null, "come"]) {
      const fork = there.fork();
      await expectAccepted(sign(fork, "will", claimOf(await fork.deviate(about))));
    }
  });
  test("[PAPER-CLAIM] refuses times outside of the ceremony or backwards, no deviation, another step's, and another account", async () => {
    const there = await worldIn("come");
    const deviation = await there.deviate();
    const elsewhere = await there.deviate("film");
    const wrong = [{ began: timeAt(-9) }, { began: timeAt(2), ended: timeAt(1) }, { ended: timeAt(7200) }, { deviation: 0 }, { deviation: elsewhere }];
    for (const change of wrong) await expectRefused(sign(there, "will", claimOf(deviation, change)), "PAPER-CLAIM");
    await sign(there, "will", claimOf(deviation));
    await expectRefused(sign(there, "olga", claimOf(deviation, { account: placeholder("another") })), "PAPER-CLAIM");
  });
  test("[PAPER-CLAIM] refuses what was signed before the step was opened again", async () => {
    const there = await worldIn("serial");
    const paper = claimOf(await there.deviate());
    await sign(there, "will", paper);
    await there.openStep("serial", { deviation: await there.deviate() });
    expect(stateOf(there.now, "serial")?.papers).toEqual([]);
    await expectAccepted(sign(there, "olga", paper));
    expect(stateOf(there.now, "serial")?.status).toBe("open");
  });
});
