import { describe, expect, test } from "vitest";
import { hashOf, type Json } from "../log/canonical";
import { Endorsement as EndorsementSchema } from "./endorsement.schema";
import {
  checkEndorsement,
  endorsementFor,
  endorsementHash,
  reachEndorsed,
  rosterToEndorse,
  scriptToEndorse,
  soundEndorsements,
} from "./endorsement";
import { verifyEndorsement, type Endorsement, type VerifiedEndorsement } from "./endorsement";
import { expectAccepted, expectRefused } from "./refused.under-test";
import type { InvariantName } from "./refusal";
import { rosterHash, type Roster } from "./roster";
import { assertionBy, ENDORSED_AT, endorsementBy, endorsementsOf, hashSignatures, passkey, smallRoster } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { openedBody, SmallWorld } from "./small-world.under-test";
import { statementHash, type Statement } from "./statement";

const script = scriptToEndorse(smallScript);
const LATER = "2026-11-22T10:00:00.000Z";
const rehearsal: Roster = { ...smallRoster, mode: "rehearsal" };

/**
 * One endorsement judged as a stranger's bytes would be: its signature, then whether it counts for the script under the roster.
 */
async function judged(endorsement: Endorsement, document = script, roster = smallRoster, until = LATER) {
  const signed = await verifyEndorsement(hashSignatures, roster, endorsement);
  return signed.ok ? checkEndorsement(document, roster, signed.value, until) : signed;
}
async function verified(endorsements: readonly Endorsement[], roster = smallRoster): Promise<VerifiedEndorsement[]> {
  const all = await Promise.all(endorsements.map((one) => verifyEndorsement(hashSignatures, roster, one)));
  return all.map((one) => {
    if (!one.ok) throw new Error(one.refusal.invariant);
    return one.value;
  });
}
const reached = async (...people: Parameters<typeof endorsementBy>[]) =>
  reachEndorsed(script, smallRoster, await verified(people.map((one) => endorsementBy(...one))), LATER, "SCRIPT-ENDORSED");

describe("an endorsement", () => {
  test("[ENDORSEMENT-DOCUMENT] accepts the very document it names", () => expectAccepted(judged(endorsementBy("carl"))));
  test.each<[string, object]>([
    ["another hash", { hash: "11".repeat(32) }],
    ["another edition", { edition: 2 }],
    ["another title", { title: "Another ceremony" }],
  ])("[ENDORSEMENT-DOCUMENT] refuses %s", (_what, statement) =>
    expectRefused(judged(endorsementBy("carl", script, smallRoster, { statement })), "ENDORSEMENT-DOCUMENT"),
  );
  test("[ENDORSEMENT-DOCUMENT] refuses a roster's endorsement for a script, and a script's for a roster", async () => {
    const next = rosterToEndorse({ ...smallRoster, version: 2, prev: rosterHash(smallRoster) });
    await expectRefused(judged(endorsementBy("carl", { ...next, hash: script.hash })), "ENDORSEMENT-DOCUMENT");
    await expectRefused(judged(endorsementBy("carl", { ...script, hash: next.hash }), next), "ENDORSEMENT-DOCUMENT");
  });

  test("[ENDORSEMENT-MODE] accepts the mode of the roster", () =>
    expectAccepted(judged(endorsementBy("carl", script, rehearsal), script, rehearsal)));
  test("[ENDORSEMENT-MODE] refuses one that was given for rehearsals in production", () =>
    expectRefused(judged(endorsementBy("carl", script, smallRoster, { statement: { mode: "rehearsal" } })), "ENDORSEMENT-MODE"));

  test("[ENDORSEMENT-ROSTER] accepts the roster that is asked", () => expectAccepted(judged(endorsementBy("cora"))));
  test("[ENDORSEMENT-ROSTER] refuses one signed under the version before, by the same person and passkey", () => {
    const before = { ...smallRoster, organisation: { committed: "22".repeat(32) } };
    return expectRefused(judged(endorsementBy("carl", script, before)), "ENDORSEMENT-ROSTER");
  });

  test("[ENDORSEMENT-CUSTODIAN] accepts a custodian", () => expectAccepted(judged(endorsementBy("cleo"))));
  test.each(["olga", "will", "axel"])("[ENDORSEMENT-CUSTODIAN] refuses %s, who is none", (person) =>
    expectRefused(judged(endorsementBy(person)), "ENDORSEMENT-CUSTODIAN"),
  );

  test("[ENDORSEMENT-TIME] accepts one that was signed before it counts", () =>
    expectAccepted(judged(endorsementBy("carl"), script, smallRoster, ENDORSED_AT)));
  test("[ENDORSEMENT-TIME] refuses one from the future", () =>
    expectRefused(
      judged(endorsementBy("carl", script, smallRoster, { statement: { at: "2026-11-22T10:00:00.001Z" } })),
      "ENDORSEMENT-TIME",
    ));

  test.each<[InvariantName, Endorsement]>([
    ["PASSKEY-ROSTER", endorsementBy("carl", script, smallRoster, { passkey: "thief-1" })],
    ["PASSKEY-OWNER", endorsementBy("carl", script, smallRoster, { passkey: "cleo-1" })],
    ["ASSERTION-USER-VERIFIED", endorsementBy("carl", script, smallRoster, { flags: 0x01 })],
    ["ASSERTION-ORIGIN", endorsementBy("carl", script, smallRoster, { origin: "https://evil.example" })],
    ["ASSERTION-RP", endorsementBy("carl", script, smallRoster, { rp: "evil.example" })],
    ["ASSERTION-TYPE", endorsementBy("carl", script, smallRoster, { type: "webauthn.create" })],
    ["ASSERTION-CHALLENGE", { ...endorsementBy("carl"), statement: endorsementFor(script, smallRoster, "carl", LATER) }],
  ])("[%s] refuses an endorsement as it refuses an approval", (invariant, endorsement) =>
    expectRefused(judged(endorsement), invariant),
  );
  test("[PASSKEY-ROSTER] refuses one that was verified with another key than the roster has under that id", async () => {
    const people = smallRoster.people.map((one) =>
      one.person === "carl" ? { ...one, passkeys: [{ ...passkey("carl-1"), spki: passkey("x").spki }] } : one,
    );
    const other = { ...smallRoster, people };
    const [signed] = await verified([endorsementBy("carl", script, other)]);
    await expectRefused(checkEndorsement(script, other, signed!, LATER), "PASSKEY-ROSTER");
  });
});

describe("a quorum of endorsements", () => {
  test("[ENDORSEMENT-DISTINCT] accepts two people", () => expectAccepted(reached(["carl"], ["cleo"])));
  test("[ENDORSEMENT-DISTINCT] refuses one person with two passkeys", () =>
    expectRefused(reached(["carl"], ["carl", script, smallRoster, { passkey: "carl-2" }]), "ENDORSEMENT-DISTINCT"));
  test("[SCRIPT-ENDORSED] accepts exactly the quorum, and more", async () => {
    await expectAccepted(reached(["carl"], ["cora"]));
    await expectAccepted(reached(["carl"], ["cora"], ["cleo"]));
  });
  test("[SCRIPT-ENDORSED] refuses one too few", () => expectRefused(reached(["carl"]), "SCRIPT-ENDORSED"));

  test("is counted from what is kept without what somebody planted", async () => {
    const planted = [
      endorsementBy("olga"),
      endorsementBy("carl", script, smallRoster, { passkey: "thief-1" }),
      endorsementBy("carl", script, rehearsal),
    ];
    const twice = endorsementBy("carl", script, smallRoster, { passkey: "carl-2" });
    const sound = await soundEndorsements(
      hashSignatures,
      script,
      smallRoster,
      [...planted, ...endorsementsOf(smallScript, smallRoster), twice],
      LATER,
    );
    expect(sound.map(({ kept }) => kept.statement.person)).toEqual(["carl", "cleo"]);
  });

  test("is of each person the earliest statement, in whatever order they are kept", async () => {
    const earlier = { statement: { at: new Date(Date.parse(endorsementBy("carl").statement.at) - 60_000).toISOString() } };
    const twice = endorsementBy("carl", script, smallRoster, { passkey: "carl-2" });
    const kept = [...endorsementsOf(smallScript, smallRoster), twice, endorsementBy("carl", script, smallRoster, earlier)];
    const counted = async (given: readonly Endorsement[]) =>
      (await soundEndorsements(hashSignatures, script, smallRoster, given, LATER))
        .map(({ kept: { statement } }) => statement)
        .sort((a, b) => (a.person < b.person ? -1 : 1));
    const there = await counted(kept);
    expect(there).toMatchObject([{ person: "carl", ...earlier.statement }, { person: "cleo" }]);
    expect(await counted([...kept].reverse())).toEqual(there);
  });
});

describe("what was signed for one thing", () => {
  const endorsement = endorsementBy("carl");

  test("an approval is no endorsement: not its statement, and not its signature under one", async () => {
    const world = await new SmallWorld().playTo("make");
    await world.openStep();
    const approval = world.decide("carl");
    const assertion = assertionBy("carl", statementHash(approval));
    expect(EndorsementSchema.safeParse({ statement: approval, assertion }).success).toBe(false);
    await expectRefused(judged({ statement: endorsement.statement, assertion }), "ASSERTION-CHALLENGE");
  });

  test("an endorsement is no approval: a room takes no statement of its shape, and it is signed over something else", async () => {
    const world = await new SmallWorld().playTo("make");
    await world.openStep();
    const statement = world.decide("carl");
    await expectRefused(
      world.act("step-approved", "carl", { statement, assertion: endorsement.assertion }),
      "ASSERTION-CHALLENGE",
    );
    const disguised = { ...endorsement, statement: endorsement.statement as unknown as Statement };
    await expectRefused(world.act("step-approved", "carl", disguised), "ENTRY-SHAPE");
    expect(world.now.steps.find(({ step }) => step.step === "make")?.approvals).toEqual([]);
  });

  test("the hash of an endorsement is the hash of no other statement, whatever is in it", () => {
    const hashes = [script, rosterToEndorse({ ...smallRoster, version: 2 })].map((document) =>
      endorsementHash(endorsementFor(document, smallRoster, "carl", LATER)),
    );
    expect(new Set(hashes).size).toBe(2);
    expect(endorsementHash(endorsement.statement)).toBe(hashOf(endorsement.statement as unknown as Json));
    expect(endorsement.statement).toMatchObject({ v: "claviger/endorsement/v1", act: "endorse" });
  });

  test("a rehearsal's endorsements open no production ceremony", async () => {
    const endorsements = ["carl", "cleo"].map((person) => endorsementBy(person, script, rehearsal));
    await expectRefused(new SmallWorld().act("ceremony-opened", "olga", openedBody({ endorsements })), "ENDORSEMENT-MODE");
  });
});
