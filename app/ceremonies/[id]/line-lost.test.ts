import { expect, test } from "vitest";
import { isLeft, lostAfter } from "./line-lost";

const problem = (code: string) => ({ code, sentence: code });
const offline = lostAfter(null, problem("OFFLINE"), "10:00");

test("a line that is lost is lost since the first moment, and for the first reason", () => {
  expect(lostAfter(offline, problem("HTTP-502"), "10:01")).toEqual({ since: "10:00", problem: problem("OFFLINE") });
});

test("an answer that is definite takes the place of a guess: signed out, or replaced", () => {
  expect(lostAfter(offline, problem("NOT-SIGNED-IN"), "10:01")).toEqual({ since: "10:00", problem: problem("NOT-SIGNED-IN") });
  const left = lostAfter(offline, problem("NOT-FOUND"), "10:01");
  expect(left).toEqual({ since: "10:00", problem: problem("NOT-FOUND") });
  expect([isLeft(null), isLeft(offline), isLeft(left)]).toEqual([false, false, true]);
});
