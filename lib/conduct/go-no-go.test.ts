import { describe, expect, it } from "vitest";
import { dutiesToAccept, passkeyToTest, verifyEndorsement } from "#lib/ceremony/endorsement";
import { GO_LINES } from "#lib/ceremony/readiness.schema";
import { soundDuties, soundTests } from "#lib/ceremony/sound-readiness";
import { CAST, endorsementBy, hashSignatures, passkey, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { wordsIn } from "#lib/words/words";
import { goNoGo, NOBODY_LOOKED, type GoSources } from "./go-no-go";

const NOW = "2026-11-22T10:00:00.000Z";
const ago = (seconds: number) => new Date(Date.parse(NOW) - seconds * 1000).toISOString();
const DUTIES = "I keep my passkey to myself.";
const script = {
  ...smallScript,
  goNoGo: { backups: { days: 30 } },
  duties: { days: 365, says: DUTIES },
  passkeys: { tested: { days: 30 } },
  rehearsed: { days: 30 },
};
const custodians = ["carl", "cleo", "cora"];
const accepted = (person: string, statement: object = {}) => endorsementBy(person, dutiesToAccept(DUTIES), smallRoster, { statement });
const tested = (person: string) => endorsementBy(person, passkeyToTest(passkey(`${person}-1`), "ab".repeat(32)));
const verified = async (person: string, make: typeof accepted) => {
  const one = await verifyEndorsement(hashSignatures, smallRoster, make(person));
  if (!one.ok) throw new Error(one.refusal.invariant);
  return one.value;
};
const readiness = {
  duties: await Promise.all(custodians.map((person) => verified(person, accepted))),
  passkeys: await Promise.all(custodians.map((person) => verified(person, tested))),
};
const worker = { worker: "w-1", tokenSerial: "s-1", state: "ready", seenAt: ago(2), facts: { firmware: "2.6" } };
const good: GoSources = {
  script,
  roster: smallRoster,
  participants: CAST.map(([person, role]) => ({ person, role })),
  readiness,
  endorsed: 2,
  rehearsal: { id: "c-0", closedAt: ago(86_400) },
  plan: null,
  earlier: { device: null, backup: null },
  workers: [worker],
  looked: { present: true, room: true, recording: true, backupOn: "2026-11-20", hsm: { serial: "s-1", firmware: "2.6" } },
  nameOf: (person) => `Name of ${person}`,
  now: NOW,
};
const lines = (change: Partial<GoSources>) => goNoGo({ ...good, ...change }, wordsIn("en").of("readiness"));
const red = (change: Partial<GoSources>) => lines(change).filter(({ go }) => !go).map(({ line }) => line);
const looked = (change: Partial<GoSources["looked"]>) => ({ looked: { ...good.looked, ...change } });
const answered = (answer: "accepted" | "declined" | null) => ({
  invitations: good.participants.map((one) => ({ ...one, answer, answeredAt: null, proposedAt: null, remark: null })),
  duties: [],
});
const before = { duty: "d-1", list: "before", text: "Book the room.", fromScript: true, owner: "olga", dueAt: NOW, settled: null } as const;
const settled = { at: NOW, by: "olga", notDoneBecause: null };
const earlier = (change: Partial<GoSources["earlier"]>) => ({ earlier: { ...good.earlier, ...change } });
const SAME = { serial: "s-1", firmware: "2.6", ceremony: "c-9" };

describe("a go / no-go", () => {
  it("states every line once, in order, and all are green when everything is as it should be", () => {
    expect(lines({}).map(({ line, go }) => [line, go])).toEqual(GO_LINES.map((line) => [line, true]));
  });

  it.each<[string, Partial<GoSources>, string[]]>([
    ["nobody has counted", looked({ present: false }), ["quorum"]],
    ["somebody declined", { ...looked({ present: false }), plan: answered("declined") }, ["quorum"]],
    ["everybody accepted", { ...looked({ present: false }), plan: answered("accepted") }, []],
    ["a person has two roles", { participants: [...good.participants, { person: "carl", role: "witness" }] }, ["roles"]],
    ["a witness is missing", { participants: good.participants.filter(({ person }) => person !== "will") }, ["roles"]],
    ["no rehearsal was found", { rehearsal: null }, ["rehearsal"]],
    ["the rehearsal is too old", { rehearsal: { id: "c-0", closedAt: ago(31 * 86_400) } }, ["rehearsal"]],
    ["one endorsement is missing", { endorsed: 1 }, ["script"]],
    ["no device is named", looked({ hsm: null }), ["hsm"]],
    ["another device is expected", looked({ hsm: { serial: "s-2", firmware: "2.6" } }), ["hsm"]],
    ["other firmware is expected", looked({ hsm: { serial: "s-1", firmware: "2.7" } }), ["hsm"]],
    ["the worker is blocked", { workers: [{ ...worker, state: "blocked" }] }, ["hsm"]],
    ["the worker's certificate outlasts the ceremony", { workers: [{ ...worker, facts: { ...worker.facts, seal: { of: "organisation", until: ago(-3 * 86_400) } } }] }, []],
    ["it ends before the record could be sealed", { workers: [{ ...worker, facts: { ...worker.facts, seal: { of: "recorder", until: ago(-86_400) } } }] }, ["hsm"]],
    ["no certificate of the organisation is good", { workers: [{ ...worker, facts: { ...worker.facts, seal: { of: "organisation", until: null } } }] }, ["hsm"]],
    ["the worker is silent", { workers: [{ ...worker, seenAt: ago(60) }] }, ["hsm", "clocks"]],
    ["there is no worker", { workers: [] }, ["hsm", "clocks"]],
    ["the worker's clock is ahead", { workers: [{ ...worker, seenAt: ago(-15) }] }, ["clocks"]],
    ["the script asks for no rehearsal, and none was played", { script: { ...script, rehearsed: undefined }, rehearsal: null }, ["rehearsal"]],
    ["it is a rehearsal itself", { script: { ...script, rehearsed: undefined }, rehearsal: null, roster: { ...smallRoster, mode: "rehearsal" } }, []],
    ["the device is the one of the last production ceremony", { ...looked({ hsm: null }), ...earlier({ device: SAME }) }, []],
    ["it has other firmware than then", { ...looked({ hsm: null }), ...earlier({ device: { ...SAME, firmware: "2.5" } }) }, ["hsm"]],
    ["a backup was made in a ceremony lately", { ...looked({ backupOn: null }), ...earlier({ backup: { on: "2026-11-01", ceremony: "c-9" } }) }, []],
    ["that backup is old", { ...looked({ backupOn: "2026-09-01" }), ...earlier({ backup: { on: "2026-10-01", ceremony: "c-9" } }) }, ["backups"]],
    ["the script asks for no backup", { ...looked({ backupOn: null }), script: { ...script, goNoGo: {} } }, []],
    ["something that was to be done before is not", { plan: { ...answered("accepted"), duties: [before] } }, ["room"]],
    ["it is settled", { plan: { ...answered("accepted"), duties: [{ ...before, settled }, { ...before, list: "after" }] } }, []],
    ["nobody knows of a backup", looked({ backupOn: null }), ["backups"]],
    ["the backup is old", looked({ backupOn: "2026-10-01" }), ["backups"]],
    ["the backup is of a day to come", looked({ backupOn: "2026-12-01" }), ["backups"]],
    ["duties are not accepted", { readiness: { ...readiness, duties: readiness.duties.slice(1) } }, ["duties"]],
    ["a passkey is not tested", { readiness: { ...readiness, passkeys: readiness.passkeys.slice(1) } }, ["passkeys"]],
    ["no passkey is of the kind", { script: { ...script, passkeys: { models: ["2fc0579f-8113-47ea-b116-bb5a8db9202a"] } } }, ["passkeys"]],
    ["the room is not ready", looked({ room: false }), ["room"]],
    ["nothing records", looked({ recording: false }), ["recording"]],
    ["nobody has looked at all", { looked: NOBODY_LOOKED }, ["quorum", "hsm", "backups", "room", "recording"]],
  ])("is red where it has to be when %s", (_what, change, expected) => {
    expect(red(change)).toEqual(expected);
  });

  it("names who has not signed, and says which lines keep production from being opened", () => {
    const line = lines({ readiness: { ...readiness, duties: [] } }).find((one) => one.line === "duties");
    expect(line?.found).toContain("Name of carl, Name of cleo, Name of cora");
    expect(lines({}).filter(({ stops }) => stops).map((one) => one.line)).toEqual(["roles", "rehearsal", "script", "duties", "passkeys"]);
    expect(lines({ roster: { ...smallRoster, mode: "rehearsal" } }).filter(({ stops }) => stops)).toEqual([]);
  });
});

describe("what people said of themselves", () => {
  it("is found by the newest that counts, though somebody planted newer rows in their names", async () => {
    const old = accepted("carl", { at: "2026-11-01T09:00:00.000Z" });
    const stolen = { ...accepted("carl", { at: "2026-11-21T09:00:00.000Z" }), assertion: old.assertion };
    const found = await soundDuties(hashSignatures, DUTIES, smallRoster, [stolen, old, accepted("carl"), accepted("olga")], NOW);
    expect(found.map(({ statement }) => [statement.person, statement.at])).toEqual([["carl", accepted("carl").statement.at]]);
    const thief = endorsementBy("carl", passkeyToTest(passkey("thief-1"), "ab".repeat(32)), smallRoster, { passkey: "thief-1" });
    expect((await soundTests(hashSignatures, smallRoster, [thief, tested("cleo"), tested("carl"), tested("carl")], NOW)).length).toBe(2);
  });
});
