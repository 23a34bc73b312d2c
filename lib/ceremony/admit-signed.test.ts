import { describe, expect, test } from "vitest";
import { admit } from "./admit";
import { currentStep, quorumOf } from "./ceremony";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { reachQuorum } from "./quorum";
import type { InvariantName } from "./refusal";
import { smallBook } from "./small-book.under-test";
import { placeholder, smallRoster } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { START, timeAt } from "./small-transcript.under-test";
import { openedBody, SmallWorld, world, worldIn } from "./small-world.under-test";
import type { Statement } from "./statement";
import { statementHash } from "./statement";

const making = () => worldIn("make");

describe("what a person signs", () => {
  test("[PASSKEY-ROSTER] accepts a passkey of the roster the ceremony opened with", async () => expectAccepted((await making()).sign("carl")));
  test("[PASSKEY-ROSTER] refuses a passkey that is not in it", async () =>
    expectRefused((await making()).sign("carl", undefined, { passkey: "carl-9" }), "PASSKEY-ROSTER"));

  test("[PASSKEY-OWNER] accepts either passkey of the person themselves", async () => {
    await expectAccepted((await making()).sign("carl", undefined, { passkey: "carl-2" }));
  });
  test("[PASSKEY-OWNER] refuses somebody else's passkey under this name", async () =>
    expectRefused((await making()).sign("carl", undefined, { passkey: "cleo-1" }), "PASSKEY-OWNER"));

  test.each<[InvariantName, string, object]>([
    ["ASSERTION-TYPE", "a registration in place of an assertion", { type: "webauthn.create" }],
    ["ASSERTION-CHALLENGE", "a challenge that is not the statement's hash", { challenge: "ab".repeat(32) }],
    ["ASSERTION-ORIGIN", "another origin", { origin: "https://example.com" }],
    ["ASSERTION-ORIGIN", "a frame inside another site", { crossOrigin: true }],
    ["ASSERTION-RP", "another relying party", { rp: "example.com" }],
    ["ASSERTION-USER-VERIFIED", "presence without verification", { flags: 0x01 }],
    ["ASSERTION-USER-VERIFIED", "verification without presence", { flags: 0x04 }],
  ])("[%s] refuses %s", async (invariant, _what, change) => expectRefused((await making()).sign("carl", undefined, change), invariant));
  test.each<[InvariantName, object]>([
    ["ASSERTION-TYPE", { type: "webauthn.get" }],
    ["ASSERTION-CHALLENGE", {}],
    ["ASSERTION-ORIGIN", { origin: "https://example.org" }],
    ["ASSERTION-RP", { rp: "example.org" }],
    ["ASSERTION-USER-VERIFIED", { flags: 0x1d }],
  ])("[%s] accepts an assertion as the authenticator gives it", async (_invariant, change) =>
    expectAccepted((await making()).sign("carl", undefined, change)));

  test("[ASSERTION-SIGNATURE] accepts a signature that verifies", async () => expectAccepted((await making()).sign("carl")));
  test("[ASSERTION-SIGNATURE] refuses one that does not", async () => {
    const never = new SmallWorld({ verify: (_a, spki) => Promise.resolve(spki.length === 0) });
    const there = await making();
    never.ceremony = there.ceremony;
    await expectRefused(never.sign("carl"), "ASSERTION-SIGNATURE");
  });

  const bent: [InvariantName, string, (own: Statement) => Statement][] = [
    ["STATEMENT-CEREMONY", "another ceremony", (own) => ({ ...own, ceremony: "c-2" })],
    ["STATEMENT-MODE", "a rehearsal", (own) => ({ ...own, mode: "rehearsal" })],
    ["STATEMENT-SCRIPT", "another script", (own) => ({ ...own, scriptHash: "00".repeat(32) })],
    ["STATEMENT-STEP", "another step", (own) => ({ ...own, step: "look" })],
    ["STATEMENT-WHAT", "changed parameters", (own) => ({ ...own, what: [{ operation: "make", label: "other" }] })],
    ["STATEMENT-WHAT", "another hash of the same parameters", (own) => ({ ...own, whatHash: "00".repeat(32) })],
    ["STATEMENT-TOKEN", "another token", (own) => ({ ...own, token: { serial: "s-2" } })],
    ["STATEMENT-TOKEN", "a further token", (own) => ({ ...own, token: { ...own.token, others: { vault: "s-3" } } })],
    ["STATEMENT-HEAD", "another opening", (own) => ({ ...own, head: "00".repeat(32) })],
    ["STATEMENT-HEAD", "a later expiry", (own) => ({ ...own, expires: timeAt(99_999) })],
    ["STATEMENT-NONCE", "another nonce", (own) => ({ ...own, nonce: "00".repeat(32) })],
    ["STATEMENT-PERSON", "another person", (own) => ({ ...own, person: "cleo" })],
    ["STATEMENT-PERSON", "another role", (own) => ({ ...own, role: "witness" })],
    ["STATEMENT-ACT", "a refusal's reason on an approval", (own) => ({ ...own, remark: placeholder("no") })],
    ["STATEMENT-ACT", "a verdict on an approval", (own) => ({ ...own, verdict: "agree" })],
  ];
  test.each(bent)("[%s] refuses a statement about %s", async (invariant, _what, bend) => {
    const there = await making();
    await expectRefused(there.sign("carl", bend(there.decide("carl"))), invariant);
  });
  test.each([...new Set(bent.map(([invariant]) => invariant))])("[%s] accepts the statement that follows from the transcript", async () =>
    expectAccepted((await making()).sign("carl")));
  test("[STATEMENT-ACT] refuses a signed refusal entered as an approval, and the other way round", async () => {
    const there = await making();
    const no = there.decide("carl", { act: "refuse", remark: placeholder("no") });
    await expectRefused(there.sign("carl", no, { kind: "step-approved" }), "STATEMENT-ACT");
    await expectRefused(there.sign("carl", there.decide("carl"), { kind: "step-refused" }), "STATEMENT-ACT");
  });
  test("[STATEMENT-ACT] refuses a sign-off without a verdict and a refusal without a reason", async () => {
    await expectRefused((await worldIn("sign")).signOff("carl", null), "STATEMENT-ACT");
    const there = await making();
    await expectRefused(there.sign("carl", there.decide("carl", { act: "refuse" })), "STATEMENT-ACT");
  });
  test("[STATEMENT-NONCE] refuses an approval kept from the opening before", async () => {
    const there = await making();
    const kept = there.decide("carl");
    await there.refuse("cleo");
    await there.openStep("make", { deviation: await there.deviate() });
    await expectRefused(there.sign("carl", kept), "STATEMENT-NONCE");
  });
  test("[STATEMENT-MODE] refuses an approval replayed from a rehearsal of the same script", async () => {
    const rehearsal = new SmallWorld();
    await rehearsal.act("ceremony-opened", "olga", openedBody({ mode: "rehearsal", roster: { ...smallRoster, mode: "rehearsal" } }));
    await rehearsal.playTo("make");
    await rehearsal.openStep();
    await expectRefused((await making()).sign("carl", rehearsal.decide("carl")), "STATEMENT-MODE");
  });

  test("[ASSERTION-CHALLENGE] refuses, once more in the rules themselves, a verified assertion over another statement or by a stranger's key", async () => {
    // `examine` never hands these on; the rules do not lean on that.
    const there = await making();
    const entry = there.draft("step-approved", "carl", { statement: there.decide("carl"), assertion: { credentialId: "carl-1", authenticatorData: "AA", clientDataJSON: "AA", signature: "AA" } });
    const admitted = (assertion: object) =>
      Promise.resolve(admit(there.ceremony, { entry, hash: "00".repeat(32), assertion, recorder: null } as unknown as Parameters<typeof admit>[1], smallBook));
    const challenge = statementHash(there.decide("carl"));
    await expectRefused(admitted({ credentialId: "carl-1", challenge: "00".repeat(32) }), "ASSERTION-CHALLENGE");
    await expectRefused(admitted({ credentialId: "carl-9", challenge }), "PASSKEY-ROSTER");
    await expectAccepted(admitted({ credentialId: "carl-1", challenge }));
  });

  test("[STATEMENT-EXPIRED] accepts an approval until the expiry", async () => {
    const there = await making();
    const { expires } = there.decide("carl");
    await expectAccepted(there.sign("carl", undefined, { at: expires }));
  });
  test("[STATEMENT-EXPIRED] refuses an approval after it, and an execution after it", async () => {
    const there = await making();
    for (const person of ["carl", "cleo"]) await there.sign(person);
    const late = new Date(START + 3_000_000).toISOString();
    await expectRefused(there.sign("cora", undefined, { at: late }), "STATEMENT-EXPIRED");
    await expectRefused(there.start({}, { at: late }), "STATEMENT-EXPIRED");
    await there.start();
    await there.finish();
    await expectRefused(there.start({}, { at: late }), "STATEMENT-EXPIRED");
  });

  test("[REQUESTER-APPROVES] accepts an approval by someone who did not open the step", async () => expectAccepted((await making()).sign("carl")));
  test("[REQUESTER-APPROVES] refuses the one who opened it", async () =>
    expectRefused((await making()).sign("olga"), "REQUESTER-APPROVES"));

  test("[QUORUM-DISTINCT] accepts two people", async () => {
    const there = await making();
    await there.sign("carl");
    await expectAccepted(there.sign("cleo"));
  });
  test("[QUORUM-DISTINCT] refuses a second approval by the same custodian, with a second passkey too", async () => {
    const there = await making();
    await there.sign("carl");
    await expectRefused(there.sign("carl"), "QUORUM-DISTINCT");
    await expectRefused(there.sign("carl", undefined, { passkey: "carl-2" }), "QUORUM-DISTINCT");
  });

  test("[QUORUM-REACHED] accepts M distinct approvals", async () => {
    const there = await making();
    for (const person of ["carl", "cleo"]) await there.sign(person);
    await expectAccepted(there.start());
  });
  test("[QUORUM-REACHED] refuses M - 1, and approvals withdrawn by a refusal", async () => {
    const there = await making();
    await expectRefused(there.start(), "QUORUM-REACHED");
    await there.sign("carl");
    await expectRefused(there.start(), "QUORUM-REACHED");
    await there.sign("cleo");
    await there.refuse("carl");
    await expectRefused(there.start(), "STEP-OPEN");
  });
  test("[QUORUM-REACHED] refuses a quorum without the group the rule asks for, and chooses the group's members first", async () => {
    const there = await making();
    for (const person of ["carl", "cleo"]) await there.sign(person);
    const rule = { ...smallScript.quorum, and: [{ group: "security-officer", approve: 1 }] };
    const approvals = () => currentStep(there.now)?.approvals ?? [];
    expect(reachQuorum(rule, smallRoster, approvals()).ok).toBe(false);
    await there.sign("cora");
    const reached = reachQuorum(rule, smallRoster, approvals());
    expect(reached.ok && reached.value.people).toEqual(["carl", "cora"]);
  });

  test("approvals of different people commute: either order reaches a quorum over the same statements", async () => {
    const [one, other] = [await making(), await making()];
    for (const person of ["carl", "cleo"]) await one.sign(person);
    for (const person of ["cleo", "carl"]) await other.sign(person);
    const statements = (there: SmallWorld) => (currentStep(there.now)?.approvals ?? []).map((a) => statementHash(a.statement)).sort();
    expect(statements(one)).toEqual(statements(other));
    const state = currentStep(one.now);
    expect(state && quorumOf(one.now, state).ok).toBe(true);
  });

  test("signatures with any verdict end the ceremony: a record with a do-not-agree is still a record", async () => {
    const there = await worldIn("sign");
    for (const person of ["olga", "carl", "cleo", "cora", "will"]) await there.signOff(person);
    await expectAccepted(there.signOff("wang", "do-not-agree"));
    await expectAccepted(there.close());
  });
  test("the whole small ceremony is admitted from its bytes alone", async () => {
    const there = await world();
    await expectAccepted(there.close());
    const again = new SmallWorld();
    for (const bytes of there.transcript) await expectAccepted(again.enterBytes(bytes));
    expect(again.now).toEqual(there.now);
  });
});
