import { expect, it } from "vitest";
import { minutesBehind, paceOf, spell } from "./pace";
import { BEGAN, minute, plainRoom, plainStep } from "./room-plain.under-test";

const at = (count: number) => BEGAN + count * 60_000;
const done = (step: string, number: number, from: number, to: number, minutes: number | null = 5) =>
  plainStep(step, number, { status: "done", openedAt: minute(from), doneAt: minute(to), minutes });
const current = (step: string, number: number, from: number | null) =>
  plainStep(step, number, { current: true, ...(from !== null && { status: "open", openedAt: minute(from) }) });

it("before the first step is opened nothing is late, and nobody says when it ends", () => {
  const pace = paceOf(plainRoom([current("a", 1, null), plainStep("b", 2)]), at(90));
  expect(pace).toMatchObject({ behind: null, ends: null, whole: { planned: at(10) - BEGAN, taken: null } });
});

it("what lies between two steps belongs to the later one, so that steps, acts and the whole add up", () => {
  const pace = paceOf(plainRoom([done("a", 1, 0, 4), done("b", 2, 7, 10), current("c", 3, 11), plainStep("d", 4)]), at(12));
  expect([...pace.steps.values()].map(({ taken }) => taken)).toEqual([4, 6, 2, null].map((n) => n && n * 60_000));
  expect(pace.acts.get("one")).toEqual({ planned: 600_000, taken: 600_000 });
  expect(pace.acts.get("two")).toEqual({ planned: 600_000, taken: 120_000 });
  expect(pace.whole).toEqual({ planned: 1_200_000, taken: 720_000 });
});

it("a step that is done early or late counts in full; one that goes on counts once its time is over", () => {
  const early = [done("a", 1, 0, 2)] as const;
  expect(paceOf(plainRoom([...early, current("b", 2, 2)]), at(6)).behind).toBe(-180_000);
  expect(paceOf(plainRoom([...early, current("b", 2, 2)]), at(9)).behind).toBe(-60_000);
  expect(paceOf(plainRoom([done("a", 1, 0, 9), current("b", 2, 9)]), at(10)).behind).toBe(240_000);
});

it("the end is said from now and from what is planned for the rest, and moves once the present step is over its time", () => {
  const room = plainRoom([done("a", 1, 0, 9), current("b", 2, 9), plainStep("c", 3)]);
  expect(paceOf(room, at(10)).ends).toBe(minute(19));
  expect(paceOf(room, at(20)).ends).toBe(minute(25));
});

it("a step without a time of its own is not compared with anything, and still takes its time", () => {
  const pace = paceOf(plainRoom([done("a", 1, 0, 30, null), current("b", 2, 30)]), at(31));
  expect(pace).toMatchObject({ behind: 0, whole: { planned: 300_000, taken: 31 * 60_000 } });
});

it("after the last step, and after an abort, time stands still", () => {
  const over = paceOf(plainRoom([done("a", 1, 0, 4), done("b", 2, 4, 12)]), at(500));
  expect(over).toMatchObject({ behind: 120_000, ends: null, whole: { taken: 720_000 } });
  const aborted = { at: minute(3), name: "Olga", reason: "x" };
  const pace = paceOf(plainRoom([current("a", 1, 0), plainStep("b", 2)], { phase: "aborted", aborted }), at(500));
  expect(pace).toMatchObject({ behind: 0, ends: null, whole: { taken: 180_000 } });
});

it("less than a minute either way is on time", () => {
  expect([-120_000, -59_999, 0, 59_999, 60_000].map(minutesBehind)).toEqual([-2, 0, 0, 0, 1]);
});

it("a time is spelled as a clock shows it", () => {
  expect([9_999, 270_000, 3_909_000].map(spell)).toEqual(["0:09", "4:30", "1:05:09"]);
});
