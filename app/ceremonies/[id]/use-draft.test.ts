import { expect, test } from "vitest";
import { tab } from "./tab-storage.under-test";
import { forgetTyped, markTyped } from "./use-draft";

test("once it is written down, what was sent is forgotten; what was typed meanwhile, and other forms, are not", () => {
  const kept = tab({ "a/identity/person": "mona", "a/identity/typed": "Passport of Mona", "a/paper/account": "Half a sentence" });
  const typed = markTyped(kept, "a/identity/");
  kept.setItem("a/identity/typed", "Passport of the next");
  forgetTyped(kept, typed);
  expect([kept.getItem("a/identity/person"), kept.getItem("a/identity/typed")]).toEqual([null, "Passport of the next"]);
  expect(kept.getItem("a/paper/account")).toBe("Half a sentence");
});
