import { expect, test } from "vitest";
import { coolingScript, smallScript } from "./small-script.under-test";
import { notStricter, type Strictness } from "./stricter";
import type { Script } from "./script";

const ordinary: Script = {
  ...coolingScript("look", 1440),
  quorum: { approve: 3, of: 5, and: [{ group: "security-officer", approve: 1 }] },
  duties: { days: 365, says: "I keep it to myself." },
  passkeys: { tested: { days: 30 }, synced: false, attested: true, models: ["00000000-0000-0000-0000-000000000001"] },
  rehearsed: { days: 30 },
  goNoGo: { backups: { days: 30 } },
};
const emergency: Script = {
  ...ordinary,
  script: "fast",
  quorum: { ...ordinary.quorum, approve: 4 },
  emergency: { usual: { approve: 3, of: 5 }, review: { days: 5 } },
};
/** The script, in which this rule is that of the step that makes keys. */
const withStep = (script: Script, quorum: Script["quorum"]): Script => ({
  ...script,
  acts: script.acts.map((act) => ({
    ...act,
    steps: act.steps.map((step) => (step.kind === "operation" && step.step === "make" ? { ...step, quorum } : step)),
  })),
});
/** The script, whose step that makes keys waits so long, or not at all. */
const waiting = (script: Script, minutes: number | null): Script => ({
  ...script,
  acts: (minutes === null ? smallScript : coolingScript("look", minutes)).acts,
});
/** The script, in which another operation makes what is made. */
const making = (script: Script, operation: string): Script =>
  JSON.parse(JSON.stringify(script).replaceAll('"operation":"make"', `"operation":"${operation}"`)) as Script;
const without = (script: Script, member: "rehearsed" | "duties" | "passkeys" | "goNoGo"): Script =>
  Object.fromEntries(Object.entries(script).filter(([name]) => name !== member)) as Script;

test("an emergency script that asks for more is stricter in everything", () => {
  expect(notStricter(emergency, ordinary)).toEqual([]);
  expect(notStricter(withStep(emergency, { ...emergency.quorum, approve: 5 }), ordinary)).toEqual([]);
});

test("an emergency script may wait longer, or where an ordinary day does not; and what destroys nothing need not wait", () => {
  expect(notStricter(waiting(emergency, 2000), ordinary)).toEqual([]);
  expect(notStricter(waiting(emergency, 1), waiting(ordinary, null))).toEqual([]);
  expect(notStricter(making(waiting(emergency, null), "test"), ordinary)).toEqual([]);
});

test("an emergency script is held to nothing that the ordinary one does not ask for", () => {
  const bare = without(without(without(without(emergency, "rehearsed"), "duties"), "passkeys"), "goNoGo");
  const usual = without(without(without(without(ordinary, "rehearsed"), "duties"), "passkeys"), "goNoGo");
  expect(notStricter(bare, usual)).toEqual([]);
  expect(notStricter({ ...bare, goNoGo: {} }, { ...usual, goNoGo: {} })).toEqual([]);
});

test.each<[string, Script, Script, Strictness[]]>([
  ["as many agree", { ...emergency, quorum: ordinary.quorum }, ordinary, ["quorum"]],
  ["as many agree at one step", withStep(emergency, ordinary.quorum), ordinary, ["quorum"]],
  ["fewer agree than at the strictest ordinary step", emergency, withStep(ordinary, { ...ordinary.quorum, approve: 5 }), ["quorum"]],
  ["more agree, and a smaller share", { ...emergency, quorum: { ...emergency.quorum, of: 9 } }, ordinary, ["share"]],
  ["a group is not asked", { ...emergency, quorum: { approve: 4, of: 5 } }, ordinary, ["groups"]],
  ["a group is not asked at one step", withStep(emergency, { approve: 4, of: 5 }), ordinary, ["groups"]],
  ["an opened step waits longer for its approvals", { ...emergency, expires: { minutes: 31 } }, ordinary, ["expires"]],
  ["a minute is time enough to think again", waiting(emergency, 1), ordinary, ["cooling"]],
  ["what destroys in another way waits less", making(waiting(emergency, 1439), "wipe"), ordinary, ["cooling"]],
  ["what otherwise waits is done at once", waiting(emergency, null), ordinary, ["cooling"]],
  ["fewer witnesses are there", { ...emergency, witnesses: { least: 1 } }, ordinary, ["witnesses"]],
  ["it need not be rehearsed", without(emergency, "rehearsed"), ordinary, ["rehearsed"]],
  ["it may be rehearsed long ago", { ...emergency, rehearsed: { days: 31 } }, ordinary, ["rehearsed"]],
  ["no duties", without(emergency, "duties"), ordinary, ["duties"]],
  ["duties of long ago", { ...emergency, duties: { days: 400, says: "Another sentence." } }, ordinary, ["duties"]],
  ["no rule about passkeys", without(emergency, "passkeys"), ordinary, ["passkeys"]],
  ["tests of long ago", { ...emergency, passkeys: { ...emergency.passkeys, tested: { days: 90 } } }, ordinary, ["passkeys"]],
  ["passkeys of any maker", { ...emergency, passkeys: { tested: { days: 30 }, synced: false, attested: true } }, ordinary, ["passkeys"]],
  ["passkeys that are synced", { ...emergency, passkeys: { tested: { days: 30 }, attested: true, models: ordinary.passkeys?.models } }, ordinary, ["passkeys"]],
  ["no go / no-go", without(emergency, "goNoGo"), ordinary, ["go-no-go", "backups"]],
  ["backups of any age", { ...emergency, goNoGo: {} }, ordinary, ["backups"]],
  ["backups of long ago", { ...emergency, goNoGo: { backups: { days: 31 } } }, ordinary, ["backups"]],
])("an emergency script is not stricter where %s", (_what, script, usual, found) => {
  expect(notStricter(script, usual)).toEqual(found);
});
