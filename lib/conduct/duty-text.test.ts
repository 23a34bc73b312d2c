import { expect, it } from "vitest";
import { smallScript } from "#lib/ceremony/small-script.under-test";
import { dutyTranslations, isReview, REVIEW } from "./duty-text";

const script = { ...smallScript, prerequisites: ["The room is locked."], in: { de: { ...smallScript.in?.["de"], prerequisites: ["Der Raum ist verschlossen."] } } } as typeof smallScript;

it("a duty of the script stands in the languages that the script carries it in", () => {
  const duty = { list: "before", text: "The room is locked.", fromScript: true } as const;
  expect(dutyTranslations(duty, script)).toEqual([{ language: "de", text: "Der Raum ist verschlossen." }]);
  expect(dutyTranslations({ ...duty, list: "day" }, script)).toEqual([]);
});

it("what somebody wrote themselves is translated by nobody, and is never taken for the review", () => {
  expect(dutyTranslations({ list: "before", text: "The room is locked.", fromScript: false }, script)).toEqual([]);
  expect(isReview({ text: REVIEW, fromScript: false })).toBe(false);
});

it("the review that an emergency owes stands in every language of the screens", () => {
  const duty = { list: "after", text: REVIEW, fromScript: true } as const;
  expect(isReview(duty)).toBe(true);
  expect(dutyTranslations(duty, script)).toEqual([{ language: "de", text: expect.stringMatching(/^Diese Notfall-Zeremonie überprüfen/) as string }]);
});
