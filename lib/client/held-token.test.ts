import { expect, test } from "vitest";
import { HeldToken, type GivenToken } from "./held-token";

/** A clock that a test sets, and tokens that come when it says. */
function stand() {
  let now = 0;
  const asked: { give: (given: GivenToken) => void; fail: (fault: Error) => void }[] = [];
  const held = new HeldToken(() => new Promise((give, fail) => asked.push({ give, fail })), () => now);
  const at = (ms: number) => {
    now = ms;
    return held.get();
  };
  return { held, asked, at };
}

test("is asked for once while many wait, and renewed in the last part of its life while the old one is used", async () => {
  const { asked, at } = stand();
  const waiting = [at(0), at(0), at(0)];
  asked[0]?.give({ text: "first", seconds: 300 });
  expect(await Promise.all(waiting)).toEqual(["first", "first", "first"]);
  expect(await at(239_000)).toBe("first");
  expect(asked).toHaveLength(1);
  expect([await at(241_000), await at(242_000)]).toEqual(["first", "first"]);
  expect(asked).toHaveLength(2);
  asked[1]?.give({ text: "second", seconds: 300 });
  await expect.poll(() => at(242_000)).toBe("second");
});

test("a renewal that fails is nobody's trouble while the old one is good, and is tried again after a pause", async () => {
  const { asked, at } = stand();
  const first = at(0);
  asked[0]?.give({ text: "first", seconds: 300 });
  await first;
  expect(await at(250_000)).toBe("first");
  asked[1]?.fail(new Error("away"));
  await new Promise((resolve) => setImmediate(resolve));
  expect([await at(251_000), await at(254_000)]).toEqual(["first", "first"]);
  expect(asked).toHaveLength(2);
  expect(await at(256_000)).toBe("first");
  expect(asked).toHaveLength(3);
  asked[2]?.fail(new Error("away"));
  await new Promise((resolve) => setImmediate(resolve));
  const over = at(300_000);
  asked[3]?.fail(new Error("still away"));
  await expect(over).rejects.toThrow("still away");
});

test("a refused one is forgotten, and not one that came meanwhile", async () => {
  const { held, asked, at } = stand();
  const first = at(0);
  asked[0]?.give({ text: "first", seconds: 300 });
  await first;
  held.drop("another");
  expect(await at(1)).toBe("first");
  held.drop("first");
  const second = at(2);
  asked[1]?.give({ text: "second", seconds: 300 });
  expect(await second).toBe("second");
});
