import { describe, expect, it } from "vitest";
import { morning } from "./working-time";

describe("nine o'clock, so many working days away", () => {
  it.each([
    ["the next day", "UTC", "2026-11-23T22:00:00.000Z", 1, "2026-11-24T09:00:00.000Z"],
    ["after a weekend", "UTC", "2026-11-27T10:00:00.000Z", 1, "2026-11-30T09:00:00.000Z"],
    ["from a Sunday", "UTC", "2026-11-29T10:00:00.000Z", 1, "2026-11-30T09:00:00.000Z"],
    ["a week's five, over the end of a month", "UTC", "2026-11-26T10:00:00.000Z", 5, "2026-12-03T09:00:00.000Z"],
    ["before it, over a weekend", "UTC", "2026-11-30T10:00:00.000Z", -1, "2026-11-27T09:00:00.000Z"],
    ["over the end of a leap year's February", "UTC", "2028-02-28T10:00:00.000Z", 2, "2028-03-01T09:00:00.000Z"],
    ["over the end of a year", "Europe/Vienna", "2026-12-31T10:00:00.000Z", 1, "2027-01-01T08:00:00.000Z"],
    ["in the zone's own day: there it is Tuesday already", "Pacific/Auckland", "2026-11-23T22:00:00.000Z", 1, "2026-11-24T20:00:00.000Z"],
    ["in the zone's own day: there it is Sunday still", "America/Los_Angeles", "2026-11-23T07:00:00.000Z", 1, "2026-11-23T17:00:00.000Z"],
    ["when clocks go forward in between", "Europe/Vienna", "2027-03-26T12:00:00.000Z", 1, "2027-03-29T07:00:00.000Z"],
    ["when clocks go back in between", "Europe/Vienna", "2026-10-23T12:00:00.000Z", 1, "2026-10-26T08:00:00.000Z"],
    ["in a zone of half hours", "Asia/Kolkata", "2026-11-23T12:00:00.000Z", 1, "2026-11-24T03:30:00.000Z"],
  ])("%s", (_, zone, at, days, expected) => {
    expect(morning(zone, at, days)).toBe(expected);
  });
});
