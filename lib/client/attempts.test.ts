import { expect, test } from "vitest";
import { mayTryAgain, waitBefore } from "./attempts";
import { noticed, problemOf } from "./client-problem";

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
