import { expect, test } from "vitest";
import type { Script } from "#lib/ceremony/script";
import { lintText } from "./lint-text";

/** An operation's parameters may be of any length; only such a text matters here. */
const codesOf = (text: string): string[] => {
  const codes: string[] = [];
  lintText({ acts: [], text } as unknown as Script, (code) => void codes.push(code));
  return codes;
};

test("a text that begins the same thing over and over is read in the time of its length", { timeout: 2_000 }, () => {
  expect(codesOf("[insert ".repeat(30_000))).toEqual([]);
  expect(codesOf("PIN:'".repeat(40_000))).toEqual([]);
});

test("a secret and an unfinished sentence are found in it all the same", () => {
  expect(codesOf(`${"PIN:'".repeat(100)} PIN: 4711-0815`)).toEqual(["SECRET-IN-SCRIPT"]);
  expect(codesOf(`${"[insert ".repeat(100)}here]`)).toEqual(["TEXT-UNFINISHED"]);
});
