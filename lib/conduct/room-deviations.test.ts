import { expect, test } from "vitest";
import { CAST, placeholder, smallBook, timeAt, world, worldIn, type SmallWorld } from "#lib/ceremony/small-world.under-test";
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

test("two readings that differ begin a sheet for the operator: class, what was expected, whose readings; not the readings", async () => {
  const there = await worldIn("serial");
  await there.act("value-entered", "olga", { step: "serial", value: said });
  await there.act("value-entered", "will", { step: "serial", value: commit({ path: "test", salt: "00".repeat(16), value: "another value" }) });
  const { turn } = view(there, "olga");
  expect(turn).toMatchObject({ act: "note-deviation", step: "serial", draft: { class: "B", happened: "Serial: the readings of olga and will differ." } });
  expect(JSON.stringify(turn)).not.toMatch(/something|another value/);
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
