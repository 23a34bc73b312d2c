import { expect, it } from "vitest";
import { INVARIANTS } from "#lib/ceremony/refusal";
import { LANGUAGES } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { OBJECTIONS, type Objection } from "./objection";
import { objectionSentence } from "./objection-sentence";

const all: readonly Objection[] = [...INVARIANTS, ...OBJECTIONS].map((code) => ({ code, facts: {} }));

it.each(all.map((objection) => [objection.code, objection] as const))(
  "%s says what happened and what to do now",
  (_, objection) => {
    for (const language of LANGUAGES) {
      const { status, sentence, remedy } = objectionSentence(objection, wordsIn(language));
      expect(sentence).toMatch(/^\p{Lu}.{10,}\.$/su);
      expect(remedy).toMatch(/^\p{Lu}.{6,}\.$/su);
      expect((sentence + remedy).replaceAll("PIN", "")).not.toMatch(/[A-Z]{3,}|undefined|null/);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  },
);

it("answers 409 to every rule's refusal, and names no rule's code twice", () => {
  for (const code of INVARIANTS) expect(objectionSentence({ code, facts: {} }).status).toBe(409);
  expect(new Set([...INVARIANTS, ...OBJECTIONS]).size).toBe(INVARIANTS.length + OBJECTIONS.length);
});

it("names the field, and lists what is wrong with a script line by line", () => {
  expect(objectionSentence({ code: "TEXT-LONG", facts: { field: "reason" } }).sentence).toBe(
    "The text is longer than it may be (reason).",
  );
  const findings = ["line 3: No.", "line 9: Nor that."];
  expect(objectionSentence({ code: "SCRIPT-FINDINGS", facts: { findings } }).sentence).toBe(
    "The script has errors: line 3: No. line 9: Nor that.",
  );
});
