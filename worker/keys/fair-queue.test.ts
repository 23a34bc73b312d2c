import { expect, test } from "vitest";
import { FairQueue } from "./fair-queue";

const item = (name: string, deadline = 1_000) => ({ name, deadline });
const take = (queue: FairQueue<ReturnType<typeof item>>, most: number) => queue.take(most, () => false, () => undefined);
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name).join(" ");

test("who asks for much waits for who asks for little: each takes turns", () => {
  const queue = new FairQueue<ReturnType<typeof item>>(10, 100);
  for (const name of ["a1", "a2", "a3", "a4"]) queue.push("a", item(name));
  for (const name of ["b1", "b2"]) queue.push("b", item(name));
  queue.push("c", item("c1"));
  expect(names(take(queue, 2))).toBe("a1 b1");
  expect(names(take(queue, 3))).toBe("c1 a2 b2");
  expect(names(take(queue, 16))).toBe("a3 a4");
  expect([queue.size, take(queue, 1)]).toEqual([0, []]);
});

test("there is room for so many of one, and for so many of all", () => {
  const queue = new FairQueue<ReturnType<typeof item>>(2, 3);
  const out = ["a1", "a2", "a3", "b1", "b2"].map((name) => queue.push(name.slice(0, 1), item(name))?.name ?? null);
  expect(out).toEqual([null, null, "a3", null, "a2"]);
  expect(names(take(queue, 9))).toBe("a1 b1 b2");
});

test("a row that is full keeps nobody out: whoever has most waiting gives way, and nobody for his own", () => {
  const queue = new FairQueue<ReturnType<typeof item>>(10, 4);
  for (const name of ["a1", "a2", "a3", "b1"]) queue.push(name.slice(0, 1), item(name));
  expect(queue.push("c", item("c1"))?.name).toBe("a3");
  expect(queue.push("a", item("a4"))?.name).toBe("a4");
  expect([queue.size, names(take(queue, 9))]).toEqual([4, "a1 b1 c1 a2"]);
});

test("what waited beyond its deadline is taken out, and nothing else", () => {
  const queue = new FairQueue<ReturnType<typeof item>>(10, 100);
  queue.push("a", item("a1", 10));
  queue.push("a", item("a2", 30));
  queue.push("b", item("b1", 20));
  expect(names(queue.expired(20))).toBe("a1 b1");
  expect(queue.size).toBe(1);
  expect(names(take(queue, 5))).toBe("a2");
});

test("what is too late is handed back instead, costs nobody a turn, and leaves those behind it their place", () => {
  const queue = new FairQueue<ReturnType<typeof item>>(10, 100);
  for (const [name, deadline] of [["a1", 10], ["a2", 11], ["a3", 90], ["a4", 91], ["b1", 12], ["c1", 80]] as const) queue.push(name.slice(0, 1), item(name, deadline));
  const late: ReturnType<typeof item>[] = [];
  const inTime = (most: number) => names(queue.take(most, ({ deadline }) => deadline < 50, (one) => late.push(one)));
  expect(inTime(1)).toBe("a3");
  expect([names(late), queue.size]).toEqual(["a1 a2", 3]);
  expect(inTime(9)).toBe("c1 a4");
  expect([names(late), queue.size]).toEqual(["a1 a2 b1", 0]);
});
