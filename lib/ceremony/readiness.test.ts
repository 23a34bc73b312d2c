import { describe, expect, test } from "vitest";
import { dutiesToAccept, endorsementFor, endorsementHash, passkeyToTest, type Endorsement, type EndorsementStatement } from "./endorsement";
import type { Body } from "./entry";
import { GO_LINES } from "./readiness.schema";
import { redLines, unansweredLines, whyNotReady } from "./readiness";
import { expectAccepted, expectRefused } from "./refused.under-test";
import type { Passkey, Roster } from "./roster";
import type { Script } from "./script";
import { assertionBy, endorsementBy, passkey, placeholder, smallRoster } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { openedBody, SmallWorld } from "./small-world.under-test";
import type { StatedReadiness } from "./stated-readiness";

const DUTIES = "I keep my passkey to myself. I approve nothing that I have not read.";
const script: Script = { ...smallScript, duties: { days: 365, says: DUTIES }, passkeys: { tested: { days: 30 } } };
const CUSTODIANS = ["carl", "cleo", "cora"];
const daysAgo = (days: number) => new Date(Date.parse("2026-11-22T10:00:01.000Z") - days * 86_400_000).toISOString();

type Bent = { at?: string; flags?: number; passkey?: string; statement?: object; roster?: Roster };
const accepted = (person: string, { at = daysAgo(1), statement = {}, roster = smallRoster, ...assertion }: Bent = {}): Endorsement =>
  endorsementBy(person, dutiesToAccept(DUTIES), roster, { ...assertion, statement: { at, ...statement } });
const tested = (person: string, { at = daysAgo(1), statement = {}, roster = smallRoster, ...assertion }: Bent = {}): Endorsement => {
  const id = assertion.passkey ?? `${person}-1`;
  const document = passkeyToTest(passkey(id), "ab".repeat(32));
  return endorsementBy(person, document, roster, { ...assertion, statement: { at, ...statement } });
};
const readiness = (change: Partial<StatedReadiness> = {}): StatedReadiness => ({
  duties: CUSTODIANS.map((person) => accepted(person)),
  passkeys: CUSTODIANS.map((person) => tested(person)),
  lines: [],
  rehearsal: null,
  hsm: null,
  ...change,
});
/** Two are as they should be, and then this. */
const but = (make: (person: string, bent?: Bent) => Endorsement, bent: Bent, person = "cora") => [make("carl"), make("cleo"), make(person, bent)];
const opening = (change: Partial<StatedReadiness> = {}, body: Partial<Body<"ceremony-opened">> = {}) =>
  new SmallWorld().open({ script, readiness: readiness(change), ...body });
const rehearsal: Roster = { ...smallRoster, mode: "rehearsal" };

describe("the duties of the custodians", () => {
  test("[DUTIES-ACCEPTED] accepts a cast of whom each has signed these very words, a year ago at most", async () => {
    await expectAccepted(opening());
    await expectAccepted(opening({ duties: but(accepted, { at: daysAgo(365) }) }));
  });
  test("[DUTIES-ACCEPTED] refuses a custodian who has not, or longer ago", async () => {
    await expectRefused(opening({ duties: [accepted("carl"), accepted("cleo")] }), "DUTIES-ACCEPTED");
    await expectRefused(opening({ duties: but(accepted, { at: daysAgo(365.01) }) }), "DUTIES-ACCEPTED");
    await expectRefused(new SmallWorld().open({ script }), "DUTIES-ACCEPTED");
  });
  test("[DUTIES-ACCEPTED] accepts a script that asks for none, and a rehearsal in which nobody signed any", async () => {
    await expectAccepted(new SmallWorld().open({}));
    await expectAccepted(new SmallWorld().open({ script, mode: "rehearsal", roster: rehearsal, endorsements: [] }));
  });
  test("[ENDORSEMENT-DOCUMENT] refuses duties of other words, though they say of themselves that they are these", async () => {
    const other = dutiesToAccept("I do what I am told.");
    const bent = endorsementBy("cora", other, smallRoster, { statement: { at: daysAgo(1) } });
    await expectRefused(opening({ duties: [accepted("carl"), accepted("cleo"), bent] }), "ENDORSEMENT-DOCUMENT");
    await expectRefused(opening({ duties: but(accepted, { statement: { says: "I do what I am told." } }) }), "ENDORSEMENT-DOCUMENT");
  });
  test("[ENDORSEMENT-DISTINCT] refuses one person's twice", () =>
    expectRefused(opening({ duties: [...readiness().duties, accepted("carl", { at: daysAgo(2) })] }), "ENDORSEMENT-DISTINCT"));
  test("[ENDORSEMENT-MODE] refuses what was accepted for rehearsals", () =>
    expectRefused(opening({ duties: but(accepted, { roster: rehearsal }) }), "ENDORSEMENT-MODE"));
  test("[ENDORSEMENT-TIME] refuses an acceptance from after the opening", () =>
    expectRefused(opening({ duties: but(accepted, { at: daysAgo(-1) }) }), "ENDORSEMENT-TIME"));
  test("[ENDORSEMENT-CUSTODIAN] refuses an acceptance by a witness", () =>
    expectRefused(opening({ duties: [...readiness().duties, accepted("will")] }), "ENDORSEMENT-CUSTODIAN"));
  test("[PASSKEY-OWNER] refuses an acceptance signed with another custodian's passkey", () =>
    expectRefused(opening({ duties: but(accepted, { passkey: "carl-2" }) }), "PASSKEY-OWNER"));
  test("[ENDORSEMENT-ROSTER] accepts what was signed under the roster before, by a passkey that is still in this one", async () => {
    const before = { ...smallRoster, organisation: placeholder("Before") };
    await expectAccepted(opening({ duties: but(accepted, { roster: before }), passkeys: but(tested, { roster: before }) }));
  });
});

describe("the passkeys of the custodians", () => {
  test("[PASSKEYS-TESTED] accepts a test of one of each custodian's passkeys, thirty days ago at most", async () => {
    await expectAccepted(opening({ passkeys: but(tested, { at: daysAgo(30), passkey: "cora-2" }) }));
  });
  test("[PASSKEYS-TESTED] refuses a custodian who tested none, or longer ago", async () => {
    await expectRefused(opening({ passkeys: [tested("carl"), tested("cleo")] }), "PASSKEYS-TESTED");
    await expectRefused(opening({ passkeys: but(tested, { at: daysAgo(30.01) }) }), "PASSKEYS-TESTED");
  });
  test("[ENDORSEMENT-DOCUMENT] refuses a test that names another passkey than the one that signed it", () =>
    expectRefused(opening({ passkeys: but(tested, { statement: { passkey: "cora-2" } }) }), "ENDORSEMENT-DOCUMENT"));
  test("[ASSERTION-CHALLENGE] refuses a test whose time was changed after it was signed", () => {
    const [old] = [tested("cora", { at: daysAgo(40) })];
    const moved = { ...old, statement: { ...old.statement, at: daysAgo(1) } as EndorsementStatement };
    return expectRefused(opening({ passkeys: [tested("carl"), tested("cleo"), moved] }), "ASSERTION-CHALLENGE");
  });
  test("[PASSKEY-ROSTER] refuses a test of a passkey that is in no roster", () =>
    expectRefused(opening({ passkeys: but(tested, { passkey: "thief-1" }) }), "PASSKEY-ROSTER"));
  test("[ENDORSEMENT-DISTINCT] accepts two passkeys of one person", () =>
    expectAccepted(opening({ passkeys: [...readiness().passkeys, tested("carl", { passkey: "carl-2" })] })));
  test("[ENDORSEMENT-DISTINCT] refuses one passkey tested twice", () =>
    expectRefused(opening({ passkeys: [...readiness().passkeys, tested("carl")] }), "ENDORSEMENT-DISTINCT"));

  test("a statement of this kind is no approval, and an approval none of it", async () => {
    const world = await new SmallWorld().playTo("make");
    await world.openStep();
    const { assertion } = tested("carl");
    await expectRefused(world.act("step-approved", "carl", { statement: world.decide("carl"), assertion }), "ASSERTION-CHALLENGE");
    const statement = endorsementFor(dutiesToAccept(DUTIES), smallRoster, "carl", daysAgo(1));
    const other = assertionBy("carl", endorsementHash(endorsementFor(passkeyToTest(passkey("carl-1"), "ab".repeat(32)), smallRoster, "carl", daysAgo(1))));
    await expectRefused(opening({ duties: [{ statement, assertion: other }] }), "ASSERTION-CHALLENGE");
  });
});

/** The small roster in which one passkey is otherwise. */
const withPasskey = (id: string, change: Partial<Passkey>): Roster => ({
  ...smallRoster,
  people: smallRoster.people.map((one) => ({ ...one, passkeys: one.passkeys.map((key) => (key.id === id ? { ...key, ...change } : key)) })),
});
const only = (passkeys: NonNullable<Script["passkeys"]>): Script => ({ ...smallScript, passkeys });
const open = (script: Script, roster = smallRoster, change: Partial<StatedReadiness> = {}) => {
  const made = (people: readonly string[]) => people.map((person) => tested(person, { roster }));
  return new SmallWorld().open({ script, roster, readiness: readiness({ duties: [], passkeys: made(CUSTODIANS), ...change }) });
};
const MODEL = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
const ROOT = { format: "packed", proof: "root" as const, sha256: "00".repeat(32) };

describe("the kind of the custodians' passkeys", () => {
  const bound = only({ tested: { days: 30 }, synced: false });
  const PRESENT_AND_VERIFIED = 0x05;
  const MAY_BE_SYNCED = PRESENT_AND_VERIFIED | 0x08;

  test("[PASSKEY-POLICY] accepts a custodian one of whose passkeys is bound to its device", async () => {
    await expectAccepted(open(bound));
    await expectAccepted(open(bound, withPasskey("cora-2", { synced: true })));
  });
  test("[PASSKEY-POLICY] refuses a custodian all of whose passkeys can be synced", async () => {
    const synced = withPasskey("cora-1", { synced: true });
    const both = { ...synced, people: synced.people.map((one) => (one.person === "cora" ? { ...one, passkeys: one.passkeys.slice(0, 1) } : one)) };
    await expectRefused(open(bound, both), "PASSKEY-POLICY");
  });
  test("[PASSKEYS-TESTED] refuses a test by a passkey that says itself that it may be synced, whatever the roster says", () =>
    expectRefused(open(bound, smallRoster, { passkeys: but(tested, { flags: MAY_BE_SYNCED }) }), "PASSKEYS-TESTED"));
  test("[PASSKEY-POLICY] accepts models and attestations that the script admits", async () => {
    const people = smallRoster.people.map((one) => ({ ...one, passkeys: one.passkeys.map((key) => ({ ...key, aaguid: MODEL, attestation: ROOT })) }));
    await expectAccepted(open(only({ models: [MODEL], attested: true }), { ...smallRoster, people }));
  });
  test("[PASSKEY-POLICY] refuses other models, and attestations that nobody trusted vouches for", async () => {
    await expectRefused(open(only({ models: [MODEL] })), "PASSKEY-POLICY");
    await expectRefused(open(only({ attested: true })), "PASSKEY-POLICY");
    const people = smallRoster.people.map((one) => ({
      ...one,
      passkeys: one.passkeys.map((key) => ({ ...key, attestation: { ...ROOT, proof: "certificate" as const } })),
    }));
    await expectRefused(open(only({ attested: true }), { ...smallRoster, people }), "PASSKEY-POLICY");
  });

  test("[PASSKEY-POLICY] refuses an approval whose authenticator signs that the passkey may be synced, and accepts a witness's", async () => {
    const world = new SmallWorld();
    await world.must("ceremony-opened", "olga", openedBody({ script: bound, readiness: readiness({ duties: [] }) }));
    await world.playTo("make");
    await world.openStep();
    await expectRefused(world.sign("carl", world.decide("carl"), { flags: MAY_BE_SYNCED }), "PASSKEY-POLICY");
    await expectRefused(world.sign("carl", world.decide("carl"), { flags: MAY_BE_SYNCED | 0x10 }), "PASSKEY-POLICY");
    await expectAccepted(world.sign("carl", world.decide("carl")));
    await world.playTo("sign");
    await world.openStep();
    await expectAccepted(world.sign("will", world.decide("will", { act: "sign-off", verdict: "agree" }), { flags: MAY_BE_SYNCED }));
  });
  test("[PASSKEY-POLICY] accepts any passkey in a rehearsal", async () => {
    const world = new SmallWorld();
    await world.must("ceremony-opened", "olga", openedBody({ script: bound, mode: "rehearsal", roster: rehearsal, endorsements: [] }));
    await world.playTo("make");
    await world.openStep();
    await expectAccepted(world.sign("carl", world.decide("carl"), { flags: MAY_BE_SYNCED }));
  });
});

describe("whoever takes a custodian's place later", () => {
  test("is ready by what the opening carries, at that later moment", async () => {
    const world = new SmallWorld();
    await world.must("ceremony-opened", "olga", openedBody({ script, readiness: readiness({ duties: but(accepted, { at: daysAgo(364) }) }) }));
    expect(whyNotReady(world.now, "cora", daysAgo(0))).toBeNull();
    expect(whyNotReady(world.now, "cora", daysAgo(-2))?.invariant).toBe("DUTIES-ACCEPTED");
    expect(whyNotReady(world.now, "nobody", daysAgo(0))?.invariant).toBe("DUTIES-ACCEPTED");
  });
});

describe("the go / no-go", () => {
  const asking: Script = { ...smallScript, goNoGo: {} };
  const said = placeholder("as found");
  const lines = (...red: readonly string[]) => GO_LINES.map((line) => ({ line, go: !red.includes(line), said }));
  const going = (change: Partial<StatedReadiness> = {}, by: Script = asking) =>
    new SmallWorld().open({ script: by, readiness: readiness({ duties: [], passkeys: [], lines: lines(), ...change }) });
  const begun = async (change: Partial<StatedReadiness>, mode: Body<"ceremony-opened">["mode"] = "production") => {
    const world = new SmallWorld();
    const roster = { ...smallRoster, mode };
    const stated = readiness({ duties: [], passkeys: [], lines: lines(), ...change });
    await world.must("ceremony-opened", "olga", openedBody({ script: asking, mode, roster, readiness: stated }));
    await world.attach();
    return world;
  };
  const deviate = (world: SmallWorld) => world.deviate(null);

  test("[GO-NO-GO] accepts an opening that states every line, and a script that asks for none", async () => {
    await expectAccepted(going());
    await expectAccepted(going({ lines: [] }, smallScript));
  });
  test("[GO-NO-GO] refuses an opening that leaves a line out, or states one twice", async () => {
    await expectRefused(going({ lines: lines().slice(1) }), "GO-NO-GO");
    await expectRefused(new SmallWorld().open({ script: asking }), "GO-NO-GO");
    const twice = [...lines(), ...lines()].slice(0, GO_LINES.length - 1);
    await expectRefused(going({ lines: [...twice.slice(0, -1), twice[0]!] }, smallScript), "GO-NO-GO");
  });
  test("[GO-NO-GO] refuses an opening that names no rehearsal where the script asks for one, or too old a one", async () => {
    const rehearsed = { ...asking, rehearsed: { days: 30 } };
    const named = (closedAt: string) => ({ ceremony: "c-0", head: "00".repeat(32), closedAt });
    await expectRefused(going({}, rehearsed), "GO-NO-GO");
    await expectRefused(going({ rehearsal: named(daysAgo(31)) }, rehearsed), "GO-NO-GO");
    await expectRefused(going({ rehearsal: named(daysAgo(-1)) }, rehearsed), "GO-NO-GO");
    await expectAccepted(going({ rehearsal: named(daysAgo(29)) }, rehearsed));
  });
  test("[GO-NO-GO] accepts the first step when every line is green, and on red after a deviation", async () => {
    await expectAccepted((await begun({})).openStep());
    const world = await begun({ lines: lines("room", "backups") });
    expect(unansweredLines(world.now)).toEqual(["backups", "room"]);
    await deviate(world);
    await expectAccepted(world.openStep());
  });
  test("[GO-NO-GO] refuses the first step on red while nobody has noted a deviation", async () => {
    const world = await begun({ lines: lines("recording") });
    await expectRefused(world.openStep(), "GO-NO-GO");
  });
  test("[GO-NO-GO] refuses it, too, when the recorder finds another device than the opening expects", async () => {
    const same = await begun({ hsm: { serial: "s-1", firmware: "1.0" } });
    await expectAccepted(same.openStep());
    for (const hsm of [{ serial: "s-2", firmware: "1.0" }, { serial: "s-1", firmware: "2.0" }]) {
      const other = await begun({ hsm });
      expect(redLines(other.now)).toEqual(["hsm"]);
      await expectRefused(other.openStep(), "GO-NO-GO");
      await deviate(other);
      await expectAccepted(other.openStep());
    }
  });
  test("[GO-NO-GO] refuses to take a deviation from before the recorder came for an answer to what it found", async () => {
    const world = new SmallWorld();
    const stated = readiness({ duties: [], passkeys: [], lines: lines(), hsm: { serial: "s-2", firmware: "1.0" } });
    await world.must("ceremony-opened", "olga", openedBody({ script: asking, readiness: stated }));
    await deviate(world);
    await world.attach();
    await expectRefused(world.openStep(), "GO-NO-GO");
  });
  test("[GO-NO-GO] accepts a rehearsal on red: it shows what is not ready yet", async () => {
    const world = await begun({ lines: lines("room"), hsm: { serial: "s-2", firmware: "1.0" } }, "rehearsal");
    await expectAccepted(world.openStep());
  });
});
