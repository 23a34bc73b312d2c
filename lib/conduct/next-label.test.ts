import { expect, it } from "vitest";
import { nextLabel } from "./next-label";

it.each([
  ["jwt-signing-2026-11", [], "jwt-signing-2027-02"],
  ["jwt-signing-202611", [], "jwt-signing-202702"],
  ["ksk-2026", [], "ksk-2027"],
  ["ksk-2027", ["ksk-2027"], "ksk-2027-2"],
  ["jwt-signing-2026-11", ["jwt-signing-2027-02"], "jwt-signing-2027-02-2"],
  ["jwt-signing-2027-02", ["jwt-signing-2027-02", "jwt-signing-2027-02-2"], "jwt-signing-2027-02-3"],
  ["master-v3", [], "master-v4"],
  ["master-009", ["master-010"], "master-011"],
  ["master", [], "master-2"],
  ["key-20991", [], "key-20992"],
])("a key after %s, where %j is taken, may be called %s", (label, taken, expected) => {
  expect(nextLabel(label, "2027-02-05T09:00:00.000Z", new Set(taken))).toBe(expected);
});
