import { expect, test } from "vitest";
import { PROFILES } from "./profile";
import { forgetTask, inability } from "./token-keeper";

test.each([
  ["softhsm2", null, null, null],
  ["opencryptoki", null, null, null],
  ["generic", null, null, null],
  ["nss-softokn", "PROFILE-HAS-NO-SECURITY-OFFICER-PIN", "PROFILE-CANNOT-CHANGE-PIN", null],
  ["aws-cloudhsm", "PROFILE-CANNOT-INITIALISE", "PROFILE-CANNOT-CHANGE-PIN", "PROFILE-CANNOT-CHANGE-PIN"],
] as const)("a module that cannot work on PINs says so by name, before anybody types one: %s", (id, initialise, officer, user) => {
  const profile = PROFILES[id];
  expect(inability(profile, "initialise")).toBe(initialise);
  expect(inability(profile, "change-pin", "security-officer")).toBe(officer);
  expect(inability(profile, "change-pin", "user")).toBe(user);
  expect(inability(profile, "check-pin")).toBeNull();
});

test("a task that is over holds no PIN any more", () => {
  const pins = ["old", "new"].map((pin) => new TextEncoder().encode(pin));
  forgetTask({ task: "change-pin", holder: "user", oldPin: pins[0]!, newPin: pins[1]! });
  expect(pins.map((pin) => [...pin])).toEqual([[0, 0, 0], [0, 0, 0]]);
});
