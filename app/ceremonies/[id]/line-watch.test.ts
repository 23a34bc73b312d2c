import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ANSWERS_WITHIN_MS, LOOK_MS, SILENCE_MS, watchLine } from "./line-watch";

const BEAT_MS = 2_000;
/** A request on a line that swallows everything. */
const never = () => new Promise<void>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-20T09:00:00.000Z") });
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(answer: () => Promise<void>) {
  const [ask, away] = [vi.fn(answer), vi.fn()];
  const line = watchLine({ ask, away });
  const beats = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await vi.advanceTimersByTimeAsync(BEAT_MS);
      line.heard();
    }
  };
  return { ask, away, beats, ...line };
}

test("a line that beats is asked nothing and never away, a beat that comes three quarters late included", async () => {
  const { ask, away, beats, heard, stop } = watched(never);
  await beats(30);
  await vi.advanceTimersByTimeAsync(BEAT_MS * 1.7);
  heard();
  await beats(2);
  expect([ask.mock.calls.length, away.mock.calls.length]).toEqual([0, 0]);
  stop();
});

test("a stream that stalls without a word is away within six seconds of the last one, once a request is not answered either", async () => {
  const { ask, away, beats, stop } = watched(never);
  await beats(3);
  await vi.advanceTimersByTimeAsync(SILENCE_MS - LOOK_MS);
  expect(ask).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
  expect(ask).toHaveBeenCalledTimes(1);
  expect(away).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(6_000 - SILENCE_MS - LOOK_MS);
  expect(away).toHaveBeenCalledTimes(1);
  stop();
});

test("a line that is held back while the server answers is asked for again and again, and not away", async () => {
  const { ask, away, stop } = watched(() => new Promise((answered) => setTimeout(answered, ANSWERS_WITHIN_MS - LOOK_MS)));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask.mock.calls.length).toBeGreaterThan(10);
  expect(away).not.toHaveBeenCalled();
  stop();
});

test("a beat that comes while the answer is awaited takes the doubt away", async () => {
  const { ask, away, beats, heard, stop } = watched(never);
  await vi.advanceTimersByTimeAsync(SILENCE_MS + LOOK_MS);
  expect(ask).toHaveBeenCalledTimes(1);
  heard();
  await beats(5);
  expect(away).not.toHaveBeenCalled();
  stop();
});

test("a page that slept, or was too busy to hear, or whose clock was set, is not away for it: it listens anew", async () => {
  const { ask, away, beats, stop } = watched(never);
  await beats(2);
  for (const jump of [3_600_000, -3_600_000]) {
    vi.setSystemTime(Date.now() + jump);
    await beats(2);
    expect(ask).not.toHaveBeenCalled();
  }
  // Asleep while the answer was awaited: it is given its time again.
  await vi.advanceTimersByTimeAsync(SILENCE_MS + LOOK_MS);
  expect(ask).toHaveBeenCalledTimes(1);
  vi.setSystemTime(Date.now() + 60_000);
  await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
  expect(away).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(ANSWERS_WITHIN_MS);
  expect(away).toHaveBeenCalledTimes(1);
  stop();
});

test("once stopped it watches no more", async () => {
  const { ask, stop } = watched(never);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(ask).not.toHaveBeenCalled();
});
