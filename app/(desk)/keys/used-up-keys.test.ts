import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { EXAMPLE_AES } from "#lib/operations/example-keys";
import { HALF, MOST_SHARES, nearlyUsedUp } from "#lib/register/encryptions";
import { changeOf, endorsed, RecordedCeremonies } from "#lib/register/evidence.under-test";
import { wordsIn } from "#lib/words/words";
import { UsedUpKeys } from "./used-up-keys";

const recorded = new RecordedCeremonies();
await recorded.hold("c-1", 0, EXAMPLE_AES);
const aes = recorded.key(EXAMPLE_AES.label);
const { keys } = recorded.register([await endorsed(changeOf(aes, "active", 1))], 2);
const words = wordsIn("en").of("keys");
/** What the screen says once the share of that number is given. */
const drawn = (lastShare: number): string =>
  renderToStaticMarkup(createElement(UsedUpKeys, { usedUp: nearlyUsedUp(keys, new Map([[aes.key, lastShare]])), words }));

test("an AES key past half of its encryptions is shown by name as something to see to, with how far it is and what to do", () => {
  const screen = drawn(HALF);
  expect(screen).toContain(aes.label);
  expect(screen).toContain("It has used 50 % of the encryptions that one AES-GCM key may do (2^32, NIST SP 800-38D).");
  expect(screen).toContain(words("usedUp.must"));
  expect(screen).toContain(`href="/keys/${aes.key}"`);
  expect(screen).toContain("border-wait");
  expect(screen).not.toContain("border-halt");
});

test("one that has none left is shown as a halt that says so, and no more as one that has some", () => {
  const screen = drawn(MOST_SHARES - 1);
  expect(screen).toContain(words("usedUp.all"));
  expect(screen).toContain(words("usedUp.must"));
  expect(screen).toContain("border-halt");
  expect(screen).not.toContain("border-wait");
  expect(drawn(MOST_SHARES - 2)).toContain("It has used 99 % of");
});

test("one that has more than half left is not shown", () => {
  expect(drawn(HALF - 1)).toBe("");
});
