import { expect, test } from "vitest";
import { daysAfter, isWithinDays } from "./days";

const NOW = "2026-11-22T10:00:00.000Z";

test("a day is 24 hours, to the millisecond", () => {
  expect(isWithinDays("2026-11-20T10:00:00.000Z", 2, NOW)).toBe(true);
  expect(isWithinDays("2026-11-20T09:59:59.999Z", 2, NOW)).toBe(false);
  expect(daysAfter(NOW, -2)).toBe("2026-11-20T10:00:00.000Z");
});

test("what is no time is too old", () => {
  expect(isWithinDays("yesterday", 365, NOW)).toBe(false);
});
