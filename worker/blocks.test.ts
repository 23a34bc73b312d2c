import { expect, test } from "vitest";
import { INVARIANTS } from "#lib/ceremony/refusal";
import { blockSentence } from "./blocks";
import { WORKER_BLOCKS } from "./followed-ceremony";

test.each([...WORKER_BLOCKS, ...INVARIANTS])("%s is told in a whole sentence, with what to do", (code) => {
  const { sentence, remedy } = blockSentence({ code, facts: { seq: 7, roster: "ab".repeat(32), at: "2026-11-22T10:00:00.000Z", mode: "production" } });
  for (const text of [sentence, remedy]) {
    expect(text.length).toBeGreaterThan(20);
    expect(text).not.toContain("undefined");
  }
  expect(sentence).toMatch(/[.…]$/);
});

test("a rule nobody worded is named, so that its page can be found", () => {
  expect(blockSentence({ code: "QUORUM-DISTINCT", facts: { seq: 9 } })).toEqual({
    sentence: "Entry 9 of the transcript breaks the rule QUORUM-DISTINCT; this worker does nothing more for the ceremony.",
    remedy: "Read docs/invariants/QUORUM-DISTINCT.md, and find out who wrote that entry.",
  });
});
