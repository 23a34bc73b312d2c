import { expect, test } from "vitest";
import { EXAMPLE_AES, EXAMPLE_HMAC, EXAMPLE_PAIR } from "#lib/operations/example-keys";
import { changeOf, endorsed, RecordedCeremonies } from "./evidence.under-test";
import { HALF, MOST_SHARES, nearlyUsedUp, SHARE } from "./encryptions";

const recorded = new RecordedCeremonies();
await recorded.hold("c-1", 0, EXAMPLE_PAIR, EXAMPLE_AES, EXAMPLE_HMAC);
const aes = recorded.key(EXAMPLE_AES.label);
const active = await endorsed(changeOf(aes, "active", 1));
const { keys } = recorded.register([active], 2);
const told = (number: number, of = keys, key = aes.key) => nearlyUsedUp(of, new Map([[key, number]])).map((one) => [one.key.label, one.percent]);

test("shares are fewer encryptions than 2^32, and half of them is 2^31", () => {
  expect(MOST_SHARES * SHARE).toBeLessThan(2 ** 32);
  expect(HALF * SHARE).toBe(2 ** 31);
});

test("an AES key that has done half of its encryptions is told with how many, one that has not is not", () => {
  expect(told(HALF - 1)).toEqual([]);
  expect(told(HALF)).toEqual([["api", 50]]);
  expect(told(MOST_SHARES - 1)).toEqual([["api", 100]]);
  expect(nearlyUsedUp(keys, new Map())).toEqual([]);
});

test("it is told of no key that does not encrypt by count, and of none that custodians have put out of service", () => {
  for (const one of keys) if (one.key !== aes.key) expect(told(HALF, keys, one.key)).toEqual([]);
  const inState = (state: "active" | "suspended" | "pre-activation" | "deactivated" | "compromised" | "destroyed") => told(HALF, keys.map((key) => ({ ...key, state })));
  expect([inState("active"), inState("suspended")]).toEqual([[["api", 50]], [["api", 50]]]);
  for (const state of ["pre-activation", "deactivated", "compromised", "destroyed"] as const) expect(inState(state)).toEqual([]);
});
