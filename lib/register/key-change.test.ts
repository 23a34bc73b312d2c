import { expect, test } from "vitest";
import { expectAccepted, expectRefused } from "#lib/ceremony/refused.under-test";
import { endorsementBy, hashSignatures, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { rosterToEndorse } from "#lib/ceremony/endorsement";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { canonical, type Json } from "#lib/log/canonical";
import { EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { chainRosters } from "./chained-rosters";
import { changeOf, committed, dayAt, RecordedCeremonies, signedBy, smallChain } from "./evidence.under-test";
import { explanationToSign, reachKeyChange, readKeyChange, signedExplanation, type FindingExplanation, type KeyChange } from "./key-change";

async function change(day = 2, more: Partial<KeyChange> = {}): Promise<KeyChange> {
  const recorded = new RecordedCeremonies();
  await recorded.hold("c-1", 0, EXAMPLE_PAIR);
  return changeOf(recorded.key(EXAMPLE_PAIR.label), "active", day, more);
}
const reached = async (of: KeyChange, kept: Parameters<typeof reachKeyChange>[3], chain = smallChain()) =>
  reachKeyChange(hashSignatures, of, await chain, kept, dayAt(1000));

/** A second version without carl, whose quorum of the first is reached on day 10. */
async function twoVersions() {
  const next: Roster = {
    ...smallRoster,
    version: 2,
    prev: rosterHash(smallRoster),
    people: smallRoster.people.map((one) => (one.person === "carl" ? { ...one, roles: ["operator"] } : one)),
  };
  const votes = [["carl", 9] as const, ["cora", 10] as const].map(([person, day]) =>
    endorsementBy(person, rosterToEndorse(next), smallRoster, { statement: { at: dayAt(day) } }),
  );
  const chain = chainRosters(hashSignatures, smallRoster, [next], (hash) => Promise.resolve(hash === rosterHash(next) ? votes : []), dayAt(1000));
  return { next, chain };
}

test("[KEY-CHANGE-ENDORSED] accepts the quorum of the roster in force; it is so from the last signature that was needed", async () => {
  const said = await change();
  const kept = [signedBy("cora", said, dayAt(5)), signedBy("carl", said), signedBy("cleo", said, dayAt(3))];
  expect(await reached(said, kept)).toMatchObject({ ok: true, value: { at: dayAt(3), people: ["carl", "cleo"] } });
});
test("a change is so at the same time, by the same people, in whatever order its signatures are kept", async () => {
  const said = await change();
  const kept = [signedBy("cleo", said, dayAt(5)), signedBy("carl", said, dayAt(4)), signedBy("cleo", said, dayAt(3)), signedBy("carl", said)];
  const there = await reached(said, kept);
  expect(there).toMatchObject({ ok: true, value: { at: dayAt(3), people: ["carl", "cleo"] } });
  expect(await reached(said, [...kept].reverse())).toEqual(there);
});
test("[KEY-CHANGE-ENDORSED] refuses too few, one person twice, somebody who is no custodian, and signatures under another change", async () => {
  const said = await change();
  const other = await change(2, { reason: committed("another reason") });
  for (const kept of [
    [signedBy("carl", said)],
    [signedBy("carl", said), signedBy("carl", said, dayAt(3))],
    [signedBy("carl", said), signedBy("will", said)],
    [signedBy("carl", said), signedBy("cleo", other)],
  ])
    await expectRefused(reached(said, kept), "KEY-CHANGE-ENDORSED");
});
test("[KEY-CHANGE-ENDORSED] refuses signatures that are older than what they are under", async () => {
  const said = await change(5);
  await expectRefused(reached(said, [signedBy("carl", said, dayAt(4)), signedBy("cleo", said)]), "KEY-CHANGE-ENDORSED");
});
test("[KEY-CHANGE-ENDORSED] refuses a roster that is not in force any more, and accepts it for what was signed before", async () => {
  const { next, chain } = await twoVersions();
  const before = await change(8);
  await expectAccepted(reached(before, [signedBy("carl", before), signedBy("cleo", before)], chain));
  const late = await change(11);
  await expectRefused(reached(late, [signedBy("carl", late), signedBy("cleo", late)], chain), "KEY-CHANGE-ENDORSED");
  await expectAccepted(reached(late, [signedBy("cora", late, late.at, next), signedBy("cleo", late, late.at, next)], chain));
});
test("[KEY-CHANGE-ENDORSED] refuses a roster that nobody endorsed, whoever signed under it", async () => {
  const said = await change();
  const own: Roster = { ...smallRoster, version: 2, prev: rosterHash(smallRoster) };
  const chain = chainRosters(hashSignatures, smallRoster, [own], () => Promise.resolve([]), dayAt(1000));
  await expectRefused(reached(said, [signedBy("carl", said, said.at, own), signedBy("cleo", said, said.at, own)], chain), "KEY-CHANGE-ENDORSED");
});

test("a change is read back from its bytes, and what is none is none", async () => {
  const said = await change();
  expect(readKeyChange(canonical(said as unknown as Json))).toEqual(said);
  expect(readKeyChange(canonical({ ...said, to: "lost" } as unknown as Json))).toBeNull();
  expect(readKeyChange(new Uint8Array([1]))).toBeNull();
});

const explanation: FindingExplanation = {
  v: "claviger/finding-explained/v1",
  mode: "production",
  finding: "ab".repeat(32),
  token: "s-1",
  says: committed("a vendor's test object"),
  by: "carl",
  at: dayAt(4),
};
const explainedBy = (person: string, at = explanation.at) =>
  endorsementBy(person, explanationToSign(explanation), smallRoster, { statement: { at } });

test("[FINDING-EXPLAINED] accepts its writer's own signature", async () => {
  await expectAccepted(signedExplanation(hashSignatures, explanation, await smallChain(), [explainedBy("carl")], dayAt(9)));
});
test("[FINDING-EXPLAINED] refuses somebody else's, one that was given before it was written, and none", async () => {
  for (const kept of [[explainedBy("cleo")], [explainedBy("carl", dayAt(3))], []])
    await expectRefused(signedExplanation(hashSignatures, explanation, await smallChain(), kept, dayAt(9)), "FINDING-EXPLAINED");
});
