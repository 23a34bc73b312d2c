import { expect, it } from "vitest";
import { wordsIn } from "#lib/words/words";
import { drift, isOff } from "./clock-drift";
import { secondsLeft } from "./expiry-countdown";

it("a second either way is close enough; more than that is said to be off", () => {
  expect([-1001, -1000, 0, 1000, 1001].map(isOff)).toEqual([true, false, false, false, true]);
});

it("how far and which way is said in both languages", () => {
  expect(wordsIn("en").of("console")("clockHereOff", drift(3_249))).toMatch(/^This device's clock is 3\.2 s ahead of the server's/u);
  expect(wordsIn("de").of("console")("clockHereOff", drift(-3_250))).toMatch(/^Die Uhr dieses Geräts geht 3,3 s nach/u);
});

it("what is left to sign is counted by the server's clock, whatever this device's says, and never below nothing", () => {
  const expires = "2026-11-20T09:00:00.000Z";
  const second = Date.parse(expires) / 1000 - 90;
  expect([0, -30_000, 30_000].map((off) => secondsLeft(expires, second, off))).toEqual([90, 60, 120]);
  expect(secondsLeft(expires, second + 500, 0)).toBe(0);
});
