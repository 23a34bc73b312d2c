import { describe, expect, it } from "vitest";
import { draftedFrom, isEnding, leadDays, overlapOf, proposeDates, type EndingKey } from "./rotation-dates";

const key = (more: Partial<EndingKey> = {}): EndingKey =>
  ({ state: "active", endsAt: "2027-02-26T12:00:00.000Z", processedUntil: null, cryptoperiodDays: 90, ...more }) as EndingKey;

describe("the successor of a key", () => {
  it("is drafted so many days before its end as is asked, at most a third of its time, and not after it is warned of", () => {
    expect(leadDays({ cryptoperiodDays: 90 }, 30)).toBe(30);
    expect(leadDays({ cryptoperiodDays: 60 }, 30)).toBe(20);
    expect(leadDays({ cryptoperiodDays: 3650 }, 120)).toBe(120);
    expect(leadDays({ cryptoperiodDays: 10 }, 30)).toBe(7);
    expect(draftedFrom(key(), 30)).toBe("2027-01-27T12:00:00.000Z");
  });
  it("is wanted by keys in use alone, and only where their time ends", () => {
    expect(isEnding(key())).toBe(true);
    expect(isEnding(key({ state: "suspended" }))).toBe(true);
    for (const state of ["pre-activation", "deactivated", "compromised", "destroyed"] as const) expect(isEnding(key({ state }))).toBe(false);
    expect(isEnding({ ...key(), endsAt: null })).toBe(false);
  });
});

describe("its ceremony", () => {
  const proposed = (now: string, zone = "UTC") => Object.values(proposeDates("2027-02-26T12:00:00.000Z", zone, now));
  it("is early enough that the new key is active a week before the old one's end, even on the day held in reserve", () => {
    // The end is a Friday, the warning the Friday before it: the ceremony on Monday, the reserve on Wednesday, active on Thursday.
    expect(proposed("2027-01-27T12:00:00.000Z")).toEqual(["2027-02-15T09:00:00.000Z", "2027-02-17T09:00:00.000Z"]);
    expect(proposed("2027-01-27T12:00:00.000Z", "America/New_York")[0]).toBe("2027-02-15T14:00:00.000Z");
  });
  it("leaves people five working days, where that is in time", () => {
    expect(proposed("2027-02-11T12:00:00.000Z")).toEqual(["2027-02-18T09:00:00.000Z", "2027-02-22T09:00:00.000Z"]);
  });
  it("is the next working day, where it is not, and after the end too", () => {
    expect(proposed("2027-02-19T18:00:00.000Z")).toEqual(["2027-02-22T09:00:00.000Z", "2027-02-24T09:00:00.000Z"]);
    expect(proposed("2027-03-05T12:00:00.000Z")).toEqual(["2027-03-08T09:00:00.000Z", "2027-03-10T09:00:00.000Z"]);
  });
});

describe("the overlap", () => {
  const plan = { startsAt: "2027-02-15T09:00:00.000Z", standbyAt: "2027-02-17T09:00:00.000Z", minutes: 90, zone: "UTC" };
  it("lasts from the working day after the reserve to the old key's end; the old one verifies as long as was set", () => {
    expect(overlapOf(key({ processedUntil: "2027-03-28T12:00:00.000Z" }), plan)).toEqual({
      activateAt: "2027-02-18T09:00:00.000Z",
      until: "2027-02-26T12:00:00.000Z",
      gap: false,
      processedUntil: "2027-03-28T12:00:00.000Z",
      nextEndsAt: "2027-05-19T09:00:00.000Z",
    });
  });
  it("begins sooner where the old key's end comes before that", () => {
    expect(overlapOf(key({ endsAt: "2027-02-16T12:00:00.000Z" }), plan)).toMatchObject({ activateAt: "2027-02-16T09:00:00.000Z", gap: false });
    expect(overlapOf(key({ endsAt: "2027-02-15T12:00:00.000Z" }), plan)).toMatchObject({ activateAt: "2027-02-15T10:30:00.000Z", gap: false });
    expect(overlapOf(key({ endsAt: "2027-02-16T12:00:00.000Z" }), { ...plan, standbyAt: null })).toMatchObject({ activateAt: "2027-02-16T09:00:00.000Z" });
  });
  it("is a gap where the ceremony is after the end", () => {
    expect(overlapOf(key({ endsAt: "2027-02-14T12:00:00.000Z" }), plan)).toMatchObject({ activateAt: "2027-02-15T10:30:00.000Z", gap: true });
  });
});
