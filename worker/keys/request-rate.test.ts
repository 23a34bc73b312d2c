import { expect, test } from "vitest";
import { RequestRate } from "./request-rate";

test("an account makes so many requests a minute, may save up for ten seconds, and is told how long to wait", () => {
  const rate = new RequestRate();
  const taken = (count: number, at: number) => Array.from({ length: count }, () => rate.take("a", 60, at));
  expect(taken(10, 0)).toEqual(Array.from({ length: 10 }, () => 0));
  expect(taken(1, 0)).toEqual([1]);
  expect(taken(2, 1_000)).toEqual([0, 1]);
  expect(taken(11, 600_000).filter((wait) => wait > 0)).toEqual([1]);
  expect(rate.take("b", 60, 0)).toBe(0);
});

test("one in a while is allowed even where little is", () => {
  const rate = new RequestRate();
  expect(rate.take("a", 1, 0)).toBe(0);
  expect(rate.take("a", 1, 1_000)).toBe(59);
  expect(rate.take("a", 1, 60_000)).toBe(0);
});
