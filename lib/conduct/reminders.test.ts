import { expect, test } from "vitest";
import type { KnownPlan } from "./plan";
import { dutiesLeft } from "./plan";
import { spanIn, isZone } from "./plan-times";
import { reminderDue } from "./reminders";

const plan: KnownPlan = {
  plan: "pl-1",
  title: "Root key",
  mode: "production",
  scriptHash: "",
  startsAt: "2026-12-20T08:00:00.000Z",
  minutes: 240,
  zone: "Europe/Vienna",
  room: "Vault",
  standbyAt: null,
  sequence: 0,
  reason: null,
  cancelledAt: null,
  madeBy: "olga",
  draft: false,
  rotates: [],
  createdAt: "2026-11-22T10:00:00.000Z",
  changedAt: "2026-11-22T10:00:00.000Z",
  ceremony: null,
  invitations: [],
  duties: [],
};

test.each([
  ["2026-12-13T07:59:00.000Z", null],
  ["2026-12-13T08:00:00.000Z", 7],
  ["2026-12-19T07:59:00.000Z", 7],
  ["2026-12-19T08:00:00.000Z", 1],
  ["2026-12-20T08:00:00.000Z", null],
])("at %s the reminder due is that of %s days", (now, days) => {
  expect(reminderDue(plan, [7, 1], now)).toBe(days);
});

test("none is due for a time before people were last told of the date, nor for what does not take place", () => {
  const now = "2026-12-14T00:00:00.000Z";
  expect(reminderDue({ ...plan, changedAt: "2026-12-13T12:00:00.000Z" }, [7, 1], now)).toBeNull();
  expect(reminderDue({ ...plan, cancelledAt: now }, [7, 1], now)).toBeNull();
  expect(reminderDue({ ...plan, ceremony: "c-1" }, [7, 1], now)).toBeNull();
  expect(reminderDue({ ...plan, draft: true }, [7, 1], now)).toBeNull();
});

test("times are told in the plan's zone and in UTC, across midnight too", () => {
  const span = spanIn("en", "Europe/Vienna", plan.startsAt, "2026-12-20T12:00:00.000Z");
  expect(span).toMatch(/^Sunday,? 20 December 2026, 09:00–13:00 \(Europe\/Vienna\), 08:00–12:00 UTC$/);
  expect(spanIn("de", "UTC", plan.startsAt, "2026-12-20T12:00:00.000Z")).toBe("Sonntag, 20. Dezember 2026, 08:00–12:00 (UTC)");
  expect(spanIn("en", "Pacific/Auckland", "2026-12-20T12:00:00.000Z", "2026-12-20T14:00:00.000Z")).toMatch(/21 December.*20 December/);
  expect([isZone("Europe/Vienna"), isZone("UTC"), isZone("Europe/Nowhere"), isZone("+01:00")]).toEqual([true, true, false, false]);
});

test("a duty is overdue from its time on, until it is settled", () => {
  const duty = { duty: "d-1", list: "after", text: "x", fromScript: true, owner: "olga", dueAt: plan.startsAt, settled: null } as const;
  expect(dutiesLeft([duty], "2026-12-20T07:59:59.999Z")).toEqual({ open: 1, overdue: 0 });
  expect(dutiesLeft([duty], "2026-12-20T08:00:00.001Z")).toEqual({ open: 1, overdue: 1 });
  const settled = { at: plan.startsAt, by: "olga", notDoneBecause: "no" };
  expect(dutiesLeft([{ ...duty, settled }], "2027-01-01T00:00:00.000Z")).toEqual({ open: 0, overdue: 0 });
});
