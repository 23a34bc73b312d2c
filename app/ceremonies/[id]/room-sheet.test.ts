import { expect, test } from "vitest";
import { isDoneBy } from "./room-sheet";

test("a sheet is done by its own act, and by no other", () => {
  expect(isDoneBy({ kind: "stop" }, "stop")).toBe(true);
  expect(isDoneBy({ kind: "attest", step: "s-1" }, "sign")).toBe(true);
  expect(isDoneBy({ kind: "stop" }, "acknowledge")).toBe(false);
});

test("a replacement is not done by the deviation that says why, and a list of people by nothing", () => {
  expect(isDoneBy({ kind: "replace", person: "p-1" }, "note-deviation")).toBe(false);
  expect(isDoneBy({ kind: "people" }, "note-presence")).toBe(false);
});
