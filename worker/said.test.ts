import { expect, test } from "vitest";
import { INVARIANTS } from "#lib/ceremony/refusal";
import { healthInWords } from "#lib/conduct/health-sentence";
import { LANGUAGES } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { WORKER_BLOCKS } from "./followed-ceremony";
import type { Said } from "./health";
import * as said from "./said";

const AT = "2026-11-22T10:00:00.000Z";
const facts = {
  ...{ seq: 7, roster: "ab".repeat(32), version: 1, newest: 2, mode: "rehearsal", at: AT, looked: AT, again: AT, until: AT },
  ...{ name: "vault", found: "s-1", expected: "s-2", operation: "clone-key" },
};
const whys = ["missing", "changed", "refused", "LABEL-NOT-LISTED", "PROFILE-HAS-NO-SECURITY-OFFICER-PIN", "CKR_DEVICE_REMOVED"];
const blocks = [...WORKER_BLOCKS, ...INVARIANTS].flatMap((code) => whys.map((why) => said.blocked({ code, facts: { ...facts, why } })));
const everything: readonly Said[] = [
  ...[said.STANDING_BY, said.STOPPED, said.NO_RECORDER, said.SEALING, said.onBreak("s-1", ["c-1", "c-2"]), said.tokenHeld("s-1")],
  ...[said.tokenSilent("s-1", "CKR_DEVICE_REMOVED"), said.pinRefused("state/pin-refused"), said.busyWith("clone-key, copy")],
  ...[said.troubled("StoreFault"), said.logStopped("a leaf is missing"), said.watching("s-1"), ...blocks],
];

const row = ({ of, sentence, values = {} }: Said, state = "ready") => ({ state, sentence, facts: { said: { of, values } }, seenAt: AT });

test("what a worker says stands in the catalogue of its own language word for word", () => {
  const differing = everything.filter((one) => healthInWords(row(one, "blocked"), wordsIn("en")) !== one.sentence);
  expect(differing.map(({ sentence }) => sentence)).toEqual([]);
});

test("everything a worker says of itself is said in every language, with nothing left out", () => {
  for (const language of LANGUAGES)
    for (const one of everything) {
      const told = healthInWords(row(one, "blocked"), wordsIn(language));
      expect(told).not.toMatch(/[{}?]|workerHealth/);
      if (language !== "en") expect(told).not.toBe(one.sentence);
    }
});

test("what the catalogues do not know is shown as the worker wrote it", () => {
  const words = wordsIn("de");
  expect(healthInWords({ state: "ready", sentence: "All is well.", seenAt: AT }, words)).toBe("All is well.");
  expect(healthInWords({ state: "ready", sentence: "All is well.", facts: { said: { of: 7 } }, seenAt: AT }, words)).toBe("All is well.");
  expect(healthInWords(row({ of: "block", sentence: "All is well." }), words)).toBe("All is well.");
  expect(healthInWords(row({ of: "of-tomorrow", sentence: "All is well." }), words)).toBe("All is well.");
});
