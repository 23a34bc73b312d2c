import { expect, it } from "vitest";
import type { Awaited, MyAct } from "#lib/conduct/my-act";
import { consoleOf } from "./console-view";
import { BEGAN, minute, plainPerson, plainRoom, plainStep } from "./room-plain.under-test";

const steps = [
  plainStep("a", 1, { status: "done", openedAt: minute(0), doneAt: minute(4) }),
  plainStep("b", 2, { current: true, status: "open", openedAt: minute(5) }),
  plainStep("c", 3),
];
const awaits = (...people: string[]) =>
  people.map((person): Awaited => ({ person, name: "", role: "custodian", act: "approve" }));
const missing = (room: Parameters<typeof consoleOf>[0]) =>
  consoleOf(room, BEGAN).missing.map(({ person, why }) => `${person.person} ${why}`);

it("says what is read aloud now, what is asked of me, and which step comes then", () => {
  const turn: MyAct = { act: "acknowledge", step: "b", kind: "statement" };
  const seen = consoleOf(plainRoom(steps, { turn }), BEGAN + 360_000);
  expect([seen.say?.step, seen.do, seen.then?.step]).toEqual(["b", turn, "c"]);
  expect(seen.pace.whole.taken).toBe(360_000);
});

it("after the last step, and once the ceremony is closed, there is nothing to say and nobody is missing", () => {
  const done = steps.map((step) => ({ ...step, current: false }));
  expect(consoleOf(plainRoom(done), BEGAN)).toMatchObject({ say: null, then: null });
  const people = [plainPerson("carl", "custodian", { away: true })];
  expect(consoleOf(plainRoom(steps, { phase: "closed", people }), BEGAN)).toMatchObject({ say: null, missing: [], over: true });
});

it("in a break and after a stop nothing is said, and whoever counts everybody in is awaited", () => {
  const people = [plainPerson("wang", "witness")];
  const seen = consoleOf(plainRoom(steps, { phase: "break", people, awaits: awaits("wang") }), BEGAN);
  expect([seen.say, seen.then, seen.missing.length, seen.over]).toEqual([null, null, 1, false]);
  expect(consoleOf(plainRoom(steps, { phase: "stopped" }), BEGAN).say).toBe(null);
});

it("names whoever is missing once, for the most telling reason, and those first whom nobody can reach", () => {
  const people = [
    plainPerson("olga", "operator"),
    plainPerson("carl", "custodian"),
    plainPerson("cleo", "custodian", { late: true, checked: null }),
    plainPerson("cora", "custodian", { away: true }),
  ];
  expect(missing(plainRoom(steps, { people, awaits: awaits("olga", "carl", "cora") }))).toEqual([
    "cora away",
    "cleo late",
    "carl awaited",
  ]);
});

it("while a witness checks faces, whoever has not been checked is missing; before and after nobody is for that reason", () => {
  const people = [plainPerson("carl", "custodian", { checked: null })];
  const attendance = (openedAt: string | null) => [plainStep("a", 1, { kind: "attendance", current: true, openedAt })];
  expect(missing(plainRoom(attendance(minute(0)), { people }))).toEqual(["carl unchecked"]);
  expect(missing(plainRoom(attendance(null), { people }))).toEqual([]);
  expect(missing(plainRoom(steps, { people }))).toEqual([]);
});

it("names the devices whose clocks are off, and no others", () => {
  const clock = (device: string, off: boolean) =>
    ({ device, off, at: minute(0), name: "Carl", called: "Chrome", milliseconds: 0 }) as const;
  const seen = consoleOf(plainRoom(steps, { clocks: [clock("one", false), clock("two", true)] }), BEGAN);
  expect(seen.clocksOff.map(({ device }) => device)).toEqual(["two"]);
});
