import { afterEach, describe, expect, test, vi } from "vitest";
import { attempt, mayTryAgain, waitBefore, type Attempts } from "./attempts";
import { noticed, problemOf, type ClientProblem } from "./client-problem";

const answer = (status: number, headers: Record<string, string> = {}) =>
  problemOf({ status, headers, body: JSON.stringify({ type: "urn:claviger:problem:QUEUE-FULL", title: "t", detail: "d" }) });

test("a wait is drawn below a bound that doubles up to five seconds, and comes on top of what the process asked for", () => {
  const bounds = [1, 2, 3, 6, 20].map((retry) => waitBefore(retry, answer(503), () => 1));
  expect(bounds).toEqual([100, 200, 400, 3_200, 5_000]);
  expect(waitBefore(1, answer(503), () => 0)).toBe(0);
  expect(waitBefore(1, answer(503, { "retry-after": "2" }), () => 0.5)).toBe(2_050);
});

test("a date says when to come again as well; what is neither says nothing", () => {
  const { retryAfterMs } = answer(503, { "retry-after": new Date(Date.now() + 60_000).toUTCString() });
  expect(retryAfterMs).toBeGreaterThan(50_000);
  expect(answer(503, { "retry-after": new Date(0).toUTCString() }).retryAfterMs).toBe(0);
  expect(answer(503, { "retry-after": "soon" }).retryAfterMs).toBeNull();
});

test("another try is made where it may help and does no harm", () => {
  expect([429, 502, 503, 504].map((status) => mayTryAgain(answer(status), false))).toEqual([true, true, true, true]);
  expect([400, 401, 403, 404, 413, 500].map((status) => mayTryAgain(answer(status), true))).toEqual([false, false, false, false, false, false]);
  expect([true, false].map((repeats) => mayTryAgain(noticed("CONNECTION-LOST", true), repeats))).toEqual([true, false]);
  expect([true, false].map((repeats) => mayTryAgain(noticed("OUT-OF-TIME", true), repeats))).toEqual([true, false]);
  expect(mayTryAgain(noticed("UNREACHABLE", false), false)).toBe(true);
  expect(mayTryAgain(noticed("ANSWER-UNREADABLE", true), true)).toBe(false);
});

describe("what is told at the end", () => {
  const patience: Attempts = { retries: 3, limitMs: 5_000, deadlineMs: 1_000, repeats: true, signal: null, chance: () => 0 };
  afterEach(() => void vi.restoreAllMocks());
  /** Each try ends with the next of these problems, at the time that stands beside it. */
  function trying(...ends: readonly (readonly [at: number, fault: ClientProblem, overslept?: number])[]) {
    let clock = 0;
    vi.spyOn(performance, "now").mockImplementation(() => clock);
    const limits: number[] = [];
    const act = (limitMs: number): Promise<never> => {
      const [at = 0, fault, overslept] = ends[limits.length] ?? [];
      limits.push(limitMs);
      clock = at;
      if (overslept !== undefined) setTimeout(() => (clock = overslept), 0);
      return Promise.reject(fault ?? new Error("one try too many"));
    };
    return { act, limits };
  }

  test("says that it may have been done when any try may have done it, however the last one ended", async () => {
    const lost = trying([1, noticed("CONNECTION-LOST", true)], [2, answer(503)], [3, noticed("UNREACHABLE", false, { cause: new Error("refused") })]);
    const told = attempt(lost.act, { ...patience, retries: 2 });
    await expect(told).rejects.toMatchObject({ code: "UNREACHABLE", status: null, hasBegun: true, message: noticed("UNREACHABLE", false).message, cause: { message: "refused" } });
    const refused = trying([1, noticed("OUT-OF-TIME", true)], [2, answer(403)]);
    await expect(attempt(refused.act, patience)).rejects.toMatchObject({ code: "QUEUE-FULL", status: 403, title: "t", detail: "d", hasBegun: true });
    const never = trying([1, noticed("UNREACHABLE", false)], [2, answer(503)]);
    await expect(attempt(never.act, { ...patience, retries: 1 })).rejects.toMatchObject({ code: "QUEUE-FULL", hasBegun: false });
  });

  test("is the last try's problem when a clock rings a little early: no other try is made in what is left", async () => {
    const { act, limits } = trying([999.4, noticed("OUT-OF-TIME", true)]);
    await expect(attempt(act, patience)).rejects.toMatchObject({ code: "OUT-OF-TIME", hasBegun: true });
    expect(limits).toEqual([1_000]);
  });

  test("is the last try's problem when the pause took longer than it should", async () => {
    for (const overslept of [995, 1_500]) {
      const { act, limits } = trying([1, noticed("CONNECTION-LOST", true), overslept]);
      await expect(attempt(act, patience)).rejects.toMatchObject({ code: "CONNECTION-LOST", hasBegun: true });
      expect(limits).toHaveLength(1);
    }
  });

  test("is that there was no time, when there was none from the beginning", async () => {
    const { act, limits } = trying();
    await expect(attempt(act, { ...patience, deadlineMs: 0 })).rejects.toMatchObject({ code: "OUT-OF-TIME", hasBegun: false });
    expect(limits).toEqual([]);
  });
});
