import { describe, test } from "vitest";
import { expectAccepted, expectRefused } from "./refused.under-test";
import { scriptToEndorse } from "./endorsement";
import type { Roster } from "./roster";
import type { Script } from "./script";
import { CAST, endorsementBy, endorsementsOf, smallRoster } from "./small-roster.under-test";
import { smallScript } from "./small-script.under-test";
import { openedBody, SmallWorld } from "./small-world.under-test";

const opening = (change: Parameters<typeof openedBody>[0]) => new SmallWorld().open(change);
const participants = CAST.map(([person, role]) => ({ person, role }));
const withPerson = (person: string, change: Partial<Roster["people"][number]>): Roster => ({
  ...smallRoster,
  people: smallRoster.people.map((one) => (one.person === person ? { ...one, ...change } : one)),
});
const withQuorum = (quorum: Script["quorum"]): Script => ({ ...smallScript, quorum });

describe("the opening", () => {
  test("[SCRIPT-HASH] accepts the hash of the script that is there", async () => expectAccepted(opening({})));
  test("[SCRIPT-HASH] refuses another hash", async () => expectRefused(opening({ scriptHash: "00".repeat(32) }), "SCRIPT-HASH"));

  test("[SCRIPT-SOUND] accepts a script without findings", async () => expectAccepted(opening({})));
  test.each([
    ["a quorum of one", withQuorum({ approve: 1, of: 3 })],
    ["a quorum larger than the custodians", withQuorum({ approve: 4, of: 3 })],
    ["a title that prints as another", { ...smallScript, title: "Small \u202eynomerec" }],
    ["no sign-off", { ...smallScript, acts: smallScript.acts.slice(0, 1) }],
    ["an emergency that fewer need agree to than otherwise", { ...smallScript, emergency: { usual: { approve: 2, of: 3 }, review: { days: 5 } } }],
  ])("[SCRIPT-SOUND] refuses %s", async (_what, script) => expectRefused(opening({ script }), "SCRIPT-SOUND"));

  test("[ROSTER-HASH] accepts the hash of the roster that is there", async () => expectAccepted(opening({})));
  test("[ROSTER-HASH] refuses another hash", async () => expectRefused(opening({ rosterHash: "00".repeat(32) }), "ROSTER-HASH"));

  test("[ROSTER-MODE] accepts a roster of the ceremony's own mode", async () =>
    expectAccepted(opening({ mode: "rehearsal", roster: { ...smallRoster, mode: "rehearsal" } })));
  test("[ROSTER-MODE] refuses a rehearsal's roster in production", async () =>
    expectRefused(opening({ roster: { ...smallRoster, mode: "rehearsal" } }), "ROSTER-MODE"));

  test("[ROSTER-PASSKEY] accepts a person with two passkeys of their own", async () => expectAccepted(opening({})));
  test("[ROSTER-PASSKEY] refuses one passkey at two people, by id or by key, and a person listed twice", async () => {
    const carls = smallRoster.people.find((one) => one.person === "carl")?.passkeys ?? [];
    await expectRefused(opening({ roster: withPerson("cleo", { passkeys: carls }), endorsements: [] }), "ROSTER-PASSKEY");
    const renamed = carls.map((passkey) => ({ ...passkey, id: `${passkey.id}x` }));
    await expectRefused(opening({ roster: withPerson("cleo", { passkeys: renamed }), endorsements: [] }), "ROSTER-PASSKEY");
    const people = [...smallRoster.people, { ...smallRoster.people[1]!, passkeys: [] }];
    await expectRefused(opening({ roster: { ...smallRoster, people } }), "ROSTER-PASSKEY");
  });

  test("[SCRIPT-ENDORSED] accepts production with the roster's quorum, and a rehearsal with nobody's word", async () => {
    await expectAccepted(opening({}));
    await expectAccepted(opening({ mode: "rehearsal", roster: { ...smallRoster, mode: "rehearsal" }, endorsements: [] }));
  });
  test("[SCRIPT-ENDORSED] refuses production with one too few, and with nobody", async () => {
    await expectRefused(opening({ endorsements: [endorsementBy("cora")] }), "SCRIPT-ENDORSED");
    await expectRefused(opening({ endorsements: [] }), "SCRIPT-ENDORSED");
  });
  test("[SCRIPT-ENDORSED] refuses a quorum that endorsed an edition of other words", async () => {
    const script: Script = { ...smallScript, purpose: "To slip something in." };
    await expectRefused(opening({ script, endorsements: endorsementsOf(smallScript, smallRoster) }), "ENDORSEMENT-DOCUMENT");
  });
  test("[ENDORSEMENT-DISTINCT] refuses an opening in which one person stands twice, though there are enough others", async () => {
    const twice = endorsementBy("carl", scriptToEndorse(smallScript), smallRoster, { passkey: "carl-2" });
    await expectRefused(opening({ endorsements: [...endorsementsOf(smallScript, smallRoster), twice] }), "ENDORSEMENT-DISTINCT");
  });
  test("[ENDORSEMENT-CUSTODIAN] refuses a rehearsal that claims an endorsement by somebody who may give none", async () => {
    const roster = { ...smallRoster, mode: "rehearsal" as const };
    const endorsements = [endorsementBy("olga", scriptToEndorse(smallScript), roster)];
    await expectRefused(opening({ mode: "rehearsal", roster, endorsements }), "ENDORSEMENT-CUSTODIAN");
  });
  test("[ENDORSEMENT-TIME] refuses an opening dated before the endorsements it carries", async () => {
    const late = ["carl", "cleo"].map((person) => endorsementBy(person, scriptToEndorse(smallScript), smallRoster, { statement: { at: "2026-11-23T00:00:00.000Z" } }));
    await expectRefused(opening({ endorsements: late }), "ENDORSEMENT-TIME");
  });

  test("[ROLE-ONE] accepts each person in one role", async () => expectAccepted(opening({ participants })));
  test.each(["operator", "witness"] as const)("[ROLE-ONE] refuses a custodian who is also %s", async (role) =>
    expectRefused(opening({ participants: [...participants, { person: "carl", role }] }), "ROLE-ONE"));

  test("[ROLE-ALLOWED] accepts the roles the roster names", async () => expectAccepted(opening({})));
  test("[ROLE-ALLOWED] refuses a role the roster does not name, and a stranger", async () => {
    const changed = participants.map((one) => (one.person === "carl" ? { ...one, role: "witness" as const } : one));
    await expectRefused(opening({ participants: changed }), "ROLE-ALLOWED");
    await expectRefused(opening({ participants: [...participants, { person: "nobody", role: "witness" }] }), "ROLE-ALLOWED");
  });

  test("[CAST-COMPLETE] accepts a cast that can perform the script", async () => expectAccepted(opening({})));
  test.each(["olga", "carl", "will"])("[CAST-COMPLETE] refuses a cast without %s", async (missing) => {
    const cast = participants.filter((one) => one.person !== missing);
    const by = missing === "olga" ? "axel" : "olga";
    const roster = withPerson("axel", { roles: ["auditor", "administrator"] });
    const swapped = cast.map((one) => (one.person === "axel" ? { ...one, role: "administrator" as const } : one));
    await expectRefused(new SmallWorld().act("ceremony-opened", by, openedBody({ participants: swapped, roster })), "CAST-COMPLETE");
  });
  test("[CAST-COMPLETE] refuses a cast without an operator, though no step of the script names one", async () => {
    const acts = smallScript.acts.map((act) => ({ ...act, steps: act.steps.filter((step) => !("by" in step && step.by.includes("operator"))) }));
    const sign = { step: "sign", kind: "sign-off" as const, title: "Sign", say: "It is true.", by: ["custodian" as const] };
    const script = { ...smallScript, acts: [...acts, { act: "last", title: "Last act", steps: [sign] }] };
    const roster = withPerson("axel", { roles: ["auditor", "administrator"] });
    const cast = participants.filter(({ person }) => person !== "olga").map((one) => (one.person === "axel" ? { ...one, role: "administrator" as const } : one));
    await expectRefused(new SmallWorld().act("ceremony-opened", "axel", openedBody({ script, roster, participants: cast })), "CAST-COMPLETE");
  });
  test("[CAST-COMPLETE] refuses a cast without anybody of a role that a step is for", async () => {
    const steps = smallScript.acts[0]!.steps.map((step) => (step.step === "hear" ? { ...step, by: ["administrator" as const] } : step));
    const script = { ...smallScript, acts: [{ ...smallScript.acts[0]!, steps: steps as typeof smallScript.acts[0]["steps"] }, ...smallScript.acts.slice(1)] };
    await expectRefused(opening({ script }), "CAST-COMPLETE");
  });
  test("[ROLE-MAY] refuses an opening by anybody but the operator or an administrator of the cast", async () => {
    for (const by of ["carl", "will", "axel", "nobody"]) {
      await expectRefused(new SmallWorld().act("ceremony-opened", by, openedBody()), "ROLE-MAY");
    }
  });
  test("[CAST-COMPLETE] refuses a custodian without a passkey, and a group that has too few", async () => {
    await expectRefused(opening({ roster: withPerson("carl", { passkeys: [] }) }), "CAST-COMPLETE");
    const script = withQuorum({ approve: 2, of: 3, and: [{ group: "security-officer", approve: 2 }] });
    await expectRefused(opening({ script }), "CAST-COMPLETE");
  });
});
