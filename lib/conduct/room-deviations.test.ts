import { expect, test } from "vitest";
import { smallBook } from "#lib/ceremony/small-book.under-test";
import { CAST, placeholder } from "#lib/ceremony/small-roster.under-test";
import { timeAt } from "#lib/ceremony/small-transcript.under-test";
import { world, worldIn, type SmallWorld } from "#lib/ceremony/small-world.under-test";
import { worldWithStandIns } from "#lib/ceremony/stand-ins.under-test";
import { commit } from "#lib/log/commitment";
import type { RoomBook } from "./room";
import { roomView } from "./room-view";

const said = placeholder("something");
const openings = ["something", "another value", "a", "b", "c", ...CAST.flat()].map((value) => ({ path: "test", salt: "00".repeat(16), value }));
const tell = () => ({ facts: [], attributes: [], fingerprint: null });
const book: RoomBook = {
  find: (name) => {
    const rules = smallBook.find(name);
    return rules && { ...rules, tell };
  },
};

const view = (there: SmallWorld, me: string) =>
  roomView({
    ceremony: there.now,
    entries: there.entries,
    openings,
    me,
    book,
    record: null,
    health: null,
    now: there.now.head.at,
  });
const acts = (there: SmallWorld, me: string) => view(there, me).mine.map(({ act }) => act);
const stepOf = (there: SmallWorld, step: string) => view(there, "axel").acts.flatMap(({ steps }) => steps).find((one) => one.step === step);

/** The operator and a witness have read the serial, and not the same. */
async function differing(): Promise<SmallWorld> {
  const there = await worldIn("serial");
  await there.act("value-entered", "olga", { step: "serial", value: said });
  await there.act("value-entered", "will", { step: "serial", value: commit({ path: "test", salt: "00".repeat(16), value: "another value" }) });
  return there;
}

test("two readings that differ open a numbered sheet for everybody: what was expected, whose readings; not the readings", async () => {
  const there = await differing();
  const { openSheet, turn, chain } = view(there, "olga");
  expect(openSheet).toMatchObject({ number: 1, step: "serial", class: "B" });
  const entries = `entries ${String(chain.entries - 1)} and ${String(chain.entries)} of the transcript`;
  expect(openSheet?.happened).toBe(`Serial: the readings of olga and will differ (${entries}).`);
  expect(turn).toMatchObject({ act: "note-deviation", step: "serial" });
  expect(turn?.act === "note-deviation" && turn.why).toMatch(/^Two people read different values\. Complete exception sheet 1/);
  expect(JSON.stringify([openSheet, turn])).not.toMatch(/something|another value/);
  expect(stepOf(there, "serial")?.halt).toMatch(/Exception sheet 1 stands open/);
  for (const person of ["carl", "wang", "axel"]) expect(view(there, person).openSheet?.number).toBe(1);
  expect(["olga", "carl", "wang", "axel"].map((person) => acts(there, person).includes("note-deviation"))).toEqual([true, true, true, false]);
});

test("a sheet that a difference opened keeps its number once it is completed, and then the operator opens the step again", async () => {
  const there = await differing();
  const elsewhere = await there.deviate(null, "carl");
  await there.act("deviation-noted", "wang", { class: "A", step: "serial", expected: said, happened: said, decided: said, decidedBy: ["olga"] });
  const { openSheet, deviations, turn } = view(there, "olga");
  expect(openSheet).toBeNull();
  expect(deviations.map(({ number, seq, openedAt }) => [number, seq, openedAt !== null])).toEqual([[1, there.now.head.seq, true], [2, elsewhere, false]]);
  expect(turn).toMatchObject({ act: "open-step", deviation: there.now.head.seq });
  expect(stepOf(there, "serial")?.halt).toMatch(/as exception sheet 1 says/);
});

test("after a stop the operator writes about the stop on a sheet of its own while another stands open at the step", async () => {
  const there = await differing();
  await there.act("ceremony-stopped", "axel", { reason: said });
  expect(view(there, "olga").turn).toMatchObject({ act: "note-deviation", step: null });
  expect(view(there, "olga").openSheet?.number).toBe(1);
});

test("a sheet that is completed while the room is stopped is nothing to agree to: what is about the stop is still asked for", async () => {
  const there = await differing();
  await there.act("ceremony-stopped", "axel", { reason: said });
  await there.deviate("serial", "carl");
  expect(view(there, "olga")).toMatchObject({ openSheet: null, stopped: { goingOn: null }, turn: { act: "note-deviation", step: "serial" } });
  expect(view(there, "cleo").turn).toBeNull();
  const about = await there.deviate(null);
  expect(view(there, "cleo").turn).toEqual({ act: "approve-resume", step: "serial", deviation: about });
});

test("who is replaced between two readings opens no sheet, and nobody is told that the readings differ", async () => {
  const there = await worldWithStandIns("serial");
  await there.act("value-entered", "olga", { step: "serial", value: said });
  const deviation = await there.deviate();
  await there.must("person-replaced", "olga", { leaves: "wang", arrives: "wim", role: "witness", deviation });
  expect(view(there, "olga").openSheet).toBeNull();
  expect(stepOf(there, "serial")?.halt).toMatch(/^Somebody was replaced/);
});

test("before the signatures the operator is asked to read the sheets aloud, and only where there is one", async () => {
  const quiet = await world("sign");
  expect(view(quiet, "olga").turn?.act).toBe("open-step");
  const there = await world("make");
  await there.playTo("sign");
  const deviation = await there.deviate();
  expect(view(there, "olga").turn).toEqual({ act: "read-out", deviations: [deviation] });
  expect(view(there, "carl").awaited).toBe("Waiting for olga to read the exception sheets aloud.");
  await there.readOut({ unused: [2, 3] });
  await there.initialAll();
  expect(view(there, "olga").turn?.act).toBe("open-step");
  expect(view(there, "axel")).toMatchObject({ readOut: { name: "olga", unused: [2, 3] }, deviations: [{ number: 1, read: true }] });
});

test("a sheet that is noted while people sign is read out first, and then the step is opened again with it", async () => {
  const there = await world("sign");
  await there.openStep();
  await there.signOff("carl");
  await there.deviate();
  const signing = view(there, "olga").acts.at(-1)?.steps.at(-1);
  expect(signing?.halt).toBe("Something was noted, or the ceremony was stopped, while people signed. It is read aloud, and everybody signs anew.");
  expect(view(there, "cleo").turn).toBeNull();
  expect(view(there, "olga").turn?.act).toBe("read-out");
  await there.readOut();
  await there.initialAll();
  expect(view(there, "olga").turn).toMatchObject({ act: "open-step", deviation: there.now.deviations[0]?.seq });
});

test("once the sheets were read, everybody there whose initials are missing is asked for them, all in one go, before the operator opens", async () => {
  const there = await world("sign");
  const sheets = [await there.deviate(), await there.deviate(null, "carl")];
  expect(view(there, "cleo").turn).toBeNull();
  await there.readOut();
  expect(view(there, "cleo").turn).toEqual({ act: "initial-deviations", deviations: sheets });
  expect(view(there, "olga").turn).toEqual({ act: "initial-deviations", deviations: sheets.slice(1) });
  expect(view(there, "axel").awaited).toMatch(/^Waiting for the initials of .* under the exception sheets\.$/);
  for (const person of ["olga", "carl"]) await there.act("deviation-initialled", person, { deviations: person === "olga" ? sheets.slice(1) : sheets.slice(0, 1) });
  expect(view(there, "olga").turn).toBeNull();
  for (const person of ["cleo", "cora", "will"]) await there.act("deviation-initialled", person, { deviations: sheets });
  const bare = { person: "wang", name: "wang", deviations: sheets };
  expect(view(there, "olga").mine).toContainEqual({ act: "withhold-initials", people: [bare] });
  expect(acts(there, "carl")).not.toContain("withhold-initials");
  await there.act("initials-withheld", "olga", { deviations: sheets, person: "wang", reason: said });
  expect(view(there, "axel").deviations[0]).toMatchObject({ missing: [], withheld: [{ name: "wang", by: "olga", reason: "something" }] });
  expect(view(there, "olga").turn?.act).toBe("open-step");
});

test("a sheet shows whose initials it has and whose it lacks, and asks them of nobody who has given them", async () => {
  const there = await world("come");
  const deviation = await there.deviate();
  await there.act("deviation-initialled", "carl", { deviations: [deviation] });
  expect(view(there, "axel").deviations[0]).toMatchObject({ initials: [{ name: "carl" }], missing: ["cleo", "cora", "will", "wang"] });
  expect(["olga", "carl", "axel", "cleo"].map((person) => acts(there, person).includes("initial-deviations"))).toEqual([false, false, false, true]);
});

test("a witness may initial and attest what is done, and nobody else may", async () => {
  const there = await world("come");
  for (const person of ["olga", "carl", "axel"]) expect(acts(there, person)).not.toContain("attest");
  expect(acts(there, "will")).toEqual(expect.arrayContaining(["initial-step", "attest"]));
  await there.act("step-initialled", "will", { step: "hear" });
  await there.sign("will", there.decide("will", { act: "attest", step: "hear", remark: said }));
  expect(acts(there, "will")).not.toContain("initial-step");
  expect(stepOf(there, "hear")).toMatchObject({ initials: [{ name: "will" }], attested: [{ name: "will", remark: "something" }] });
});

test("a step on paper is offered once a deviation says why; after the first signature it is the turn of every other role", async () => {
  const there = await worldIn("come");
  expect(acts(there, "olga")).not.toContain("paper");
  const deviation = await there.deviate();
  expect(view(there, "olga").turn?.act).not.toBe("paper");
  expect(acts(there, "olga")).toContain("paper");
  expect(acts(there, "axel")).not.toContain("paper");
  const paper = { began: timeAt(1), ended: timeAt(2), account: said, kept: said, deviation };
  await there.sign("will", there.decide("will", { act: "paper", paper }));
  expect(view(there, "wang").turn).toBeNull();
  expect(view(there, "carl").turn).toMatchObject({ act: "paper", second: true });
  await there.sign("carl", there.decide("carl", { act: "paper", paper }));
  expect(stepOf(there, "come")).toMatchObject({
    status: "done",
    paper: { complete: true, by: ["will", "carl"], deviation: 1 },
    results: ["Done on paper, as 2 people signed."],
  });
  const make = await worldIn("make");
  await make.deviate();
  expect(acts(make, "olga")).not.toContain("paper");
});
