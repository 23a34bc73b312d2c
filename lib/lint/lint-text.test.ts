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
  expect(codesOf("Password: is ".repeat(30_000))).toEqual([]);
  expect(codesOf("PIN 1".repeat(30_000))).toEqual([]);
});

test("a secret and an unfinished sentence are found in it all the same", () => {
  expect(codesOf(`${"PIN:'".repeat(100)} PIN: 4711-0815`)).toEqual(["SECRET-IN-SCRIPT"]);
  expect(codesOf(`${"[insert ".repeat(100)}here]`)).toEqual(["TEXT-UNFINISHED"]);
});

test.each([
  "Type PIN 4711-0815 now.",
  "Password: correcthorse.",
  "PIN for slot 0: 123456.",
  "The SO-PIN 87654321 is entered.",
  "The passphrase=hunter2hunter is typed.",
  "Die PIN 471108 wird eingegeben.",
])("a secret in plain words is found: %s", (text) => {
  expect(codesOf(text)).toEqual(["SECRET-IN-SCRIPT"]);
});

test.each([
  "The PIN has 1000 digits.",
  "A new PIN is set in 2026.",
  "The PIN in bag 471108 is not read.",
  "A PIN after ISO 9564 is entered.",
  "Password: entered by two custodians, half each.",
  "Password: unchanged.",
  "Passkeys: everybody has two.",
  "The PIN of the token is entered in two halves.",
])("what only speaks of one is none: %s", (text) => {
  expect(codesOf(text)).toEqual([]);
});
