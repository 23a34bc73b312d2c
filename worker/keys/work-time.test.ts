import { expect, test } from "vitest";
import { FairQueue } from "./fair-queue";
import { WorkTime, type Timed } from "./work-time";

/** What is begun and what is refused, as a queue; what time it is, the tests say. */
interface Item extends Timed {
  readonly name: string;
}
const item = (name: string, deadline: number, attempts = 0): Item => ({ name, deadline, withinMs: 5_000, attempts });

function taken(time: WorkTime, behind: number, ...items: readonly Item[]) {
  const queue = new FairQueue<Item>(100, 100);
  for (const one of items) queue.push("billing", one);
  const late: string[] = [];
  const begun = queue.take(100, time.isLate(behind, 0), ({ name }) => late.push(name));
  return { begun: begun.map(({ name }) => name).join(" "), late: late.join(" ") };
}

/** A token on which a work takes so long. */
function slowToken(milliseconds: number): WorkTime {
  const time = new WorkTime();
  for (let i = 0; i < 200; i += 1) time.took([item("past", 0)], milliseconds);
  return time;
}

test("what would not be done in time is refused, and what would be is begun", () => {
  expect(taken(slowToken(100), 2, item("soon", 290), item("later", 310))).toEqual({ begun: "later", late: "soon" });
});

test("what was begun and lost is tried again for as long as it may take", () => {
  expect(taken(slowToken(100), 2, item("lost", 1, 1), item("over", -1, 1), item("soon", 1))).toEqual({ begun: "lost", late: "over soon" });
});

test("nothing is late in the first half of its time, however slow the token is", () => {
  expect(taken(slowToken(60_000), 16, item("second half", 2_499), item("first half", 2_500))).toEqual({ begun: "first half", late: "second half" });
});

test("one slow call calls nobody late who has a tenth of his time left", () => {
  const time = slowToken(1);
  expect([time.inMessage(0), taken(time, 2, item("hurried", 10)).begun]).toEqual([8, "hurried"]);
  time.took([item("slow", 0)], 60_000);
  expect(time.inMessage(0)).toBe(1);
  expect(taken(time, 2, item("soon", 300), item("in time", 500))).toEqual({ begun: "in time", late: "soon" });
});

test("works of one message count each with its part of the time", () => {
  const time = new WorkTime();
  for (let i = 0; i < 200; i += 1) time.took([item("one", 0), item("two", 0)], 4);
  expect(time.inMessage(0)).toBe(4);
});

test("a message is longer where much waits, and no more than a quarter of it", () => {
  const time = slowToken(1);
  expect([0, 20, 40, 80, 1_000].map((waiting) => time.inMessage(waiting))).toEqual([8, 8, 10, 20, 24]);
  expect([0, 8, 1_000].map((waiting) => slowToken(5).inMessage(waiting))).toEqual([1, 2, 4]);
  expect(slowToken(100).inMessage(1_000)).toBe(1);
});
