import { expect, it } from "vitest";
import { scriptToEndorse } from "#lib/ceremony/endorsement";
import { readEntry } from "#lib/ceremony/entry";
import { rosterHash, type Roster } from "#lib/ceremony/roster";
import { endorsementBy, passkey, smallRoster } from "#lib/ceremony/small-roster.under-test";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { canonical, type Json } from "#lib/log/canonical";
import { done, expectObjection, MemoryRoom, smallForm, smallLibrary, smallRehearsal, someone } from "./memory-room.under-test";
import { openCeremony, type Library, type OpenCeremony } from "./open-ceremony";

const library: Library = {
  ...smallLibrary,
  script: (hash) => smallLibrary.script(hash === "tampered" ? smallForm.scriptHash : hash),
};

it("opens with script and roster in the first entry, mode from the roster, place behind a commitment", async () => {
  const { room, store } = new MemoryRoom();
  const { id, seq } = done(await openCeremony(room, library, someone("olga"), smallForm));
  const [kept] = store.kept.get(id) ?? [];
  const read = readEntry(kept?.bytes ?? new Uint8Array());
  expect(seq).toBe(0);
  expect(read.ok && read.value.entry.kind === "ceremony-opened" && read.value.entry.body.mode).toBe("production");
  expect(kept?.openings.find(({ path }) => path === `ceremony/${id}/place`)?.value).toBe("Room 1");
});

it("lets the names of those who take part travel with the transcript, and no others", async () => {
  const { room, store } = new MemoryRoom();
  const participants = smallForm.participants.filter(({ person }) => person !== "axel");
  const { id } = done(await openCeremony(room, library, someone("olga"), { ...smallForm, participants }));
  const values = store.kept.get(id)?.[0]?.openings.map(({ value }) => value) ?? [];
  expect(values).toContain("Example");
  expect(values).toContain("carl");
  expect(values).not.toContain("axel");
});

it("lets the name of whoever endorsed the script travel with it, though they take no part, and leaves out what does not count", async () => {
  const nina = { ...smallRoster.people[1]!, person: "nina", passkeys: [passkey("nina-1")] };
  const roster: Roster = { ...smallRoster, people: [...smallRoster.people, nina] };
  const names = ["nina", "carl"].map((person) => ({ path: `roster/${person}/name`, salt: "0", value: `Name of ${person}` }));
  const document = scriptToEndorse(smallScript);
  const kept = ["olga", "nina", "carl", "nina"].map((person) => endorsementBy(person, document, roster));
  const wider: Library = {
    ...smallLibrary,
    roster: () => Promise.resolve({ bytes: canonical(roster as unknown as Json), openings: names }),
    inForce: () => Promise.resolve(true),
    endorsements: () => Promise.resolve(kept),
  };
  const { room, store } = new MemoryRoom();
  const { id } = done(await openCeremony(room, wider, someone("olga"), { ...smallForm, rosterHash: rosterHash(roster) }));
  const [first] = store.kept.get(id) ?? [];
  expect(first?.openings.map(({ value }) => value)).toContain("Name of nina");
  const read = readEntry(first?.bytes ?? new Uint8Array());
  const body = read.ok && read.value.entry.kind === "ceremony-opened" ? read.value.entry.body : null;
  expect(body?.endorsements.map(({ statement }) => statement.person)).toEqual(["nina", "carl"]);
});

it("refuses a script that too few endorsed, and a roster that is not in force", async () => {
  const { room, store } = new MemoryRoom();
  const few: Library = { ...smallLibrary, endorsements: () => Promise.resolve([endorsementBy("carl")]) };
  expectObjection(await openCeremony(room, few, someone("olga"), smallForm), "SCRIPT-ENDORSED");
  const overtaken: Library = { ...smallLibrary, inForce: () => Promise.resolve(false) };
  expectObjection(await openCeremony(room, overtaken, someone("olga"), smallForm), "ROSTER-AWAITED");
  expect(store.kept.size).toBe(0);
});

it.each<[string, Partial<OpenCeremony>, string, Parameters<typeof expectObjection>[1]]>([
  ["a script nobody published", { scriptHash: "0".repeat(64) }, "olga", "SCRIPT-UNKNOWN"],
  ["a script whose row was changed", { scriptHash: "tampered" }, "olga", "SCRIPT-UNKNOWN"],
  ["a roster nobody published", { rosterHash: "0".repeat(64) }, "olga", "ROSTER-UNKNOWN"],
  ["a title that is none", { title: " " }, "olga", "TEXT-MISSING"],
  ["a place that is none", { place: "" }, "olga", "TEXT-MISSING"],
  ["a cast that is too small", { participants: smallForm.participants.slice(0, 3) }, "olga", "CAST-COMPLETE"],
  ["one person twice", { participants: [...smallForm.participants, { person: "carl", role: "witness" }] }, "olga", "ROLE-ONE"],
  ["somebody who may not open it", {}, "carl", "ROLE-MAY"],
])("refuses %s", async (_, change, by, code) => {
  const { room, store } = new MemoryRoom();
  expectObjection(await openCeremony(room, library, someone(by), { ...smallForm, ...change }), code);
  expect(store.kept.size).toBe(0);
});

it("refuses somebody who signed in without a passkey", async () => {
  const { room } = new MemoryRoom();
  expectObjection(await openCeremony(room, library, { person: "olga", canSign: false }, smallForm), "LOOK-ONLY");
});

it("refuses production of a script that wants a rehearsal when none of its text passed lately, and opens it when one did", async () => {
  const wanting = { ...smallScript, rehearsed: { days: 30 } };
  const document = scriptToEndorse(wanting);
  const before = (days: number) => new Date(new MemoryRoom().room.world.now().getTime() - days * 86_400_000).toISOString();
  const asked = (passed: boolean, days: number): Library => ({
    ...smallLibrary,
    script: () => Promise.resolve({ bytes: canonical(wanting as unknown as Json) }),
    endorsements: () => Promise.resolve(["carl", "cora", "cleo"].map((person) => endorsementBy(person, document))),
    rehearsals: () => Promise.resolve([{ ...smallRehearsal, passed, closedAt: before(days) }]),
  });
  const form = { ...smallForm, scriptHash: document.hash };
  const open = (library: Library) => openCeremony(new MemoryRoom().room, library, someone("olga"), form);
  expectObjection(await open({ ...asked(true, 1), rehearsals: () => Promise.resolve([]) }), "REHEARSAL-MISSING");
  expectObjection(await open(asked(true, 31)), "REHEARSAL-MISSING");
  expectObjection(await open(asked(false, 1)), "REHEARSAL-MISSING");
  done(await open(asked(true, 1)));
});
