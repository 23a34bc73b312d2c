import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { INVARIANTS } from "#lib/ceremony/refusal";
import { fields } from "#lib/words/en/fields";
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

it("every field that is objected to has a name in words", () => {
  const folder = import.meta.dirname;
  const sources = readdirSync(folder).filter((file) => /^[a-z-]+\.ts$/.test(file)).map((file) => readFileSync(path.join(folder, file), "utf8"));
  const named = sources.flatMap((text) => [...text.matchAll(/object\([^)]*\bfield: "(\w+)"/g)].map(([, field = ""]) => field));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((field) => !Object.hasOwn(fields, field))).toEqual([]);
});

it("names the field, and lists what is wrong with a script line by line", () => {
  const long = { code: "TEXT-LONG", facts: { field: "unsealed" } } as const;
  expect(objectionSentence(long).sentence).toBe("The text is longer than it may be (why no seal is read).");
  expect(objectionSentence(long, wordsIn("de")).sentence).toBe("Der Text ist länger, als er sein darf (warum kein Siegel gelesen wird).");
  const form = (where: string) => objectionSentence({ code: "FORM", facts: { where } }, wordsIn("de")).sentence;
  expect(form("cast/0/roles")).toContain(" (Rollen).");
  expect(form("hand/proof")).not.toContain("proof");
  const findings = ["line 3: No.", "line 9: Nor that."];
  expect(objectionSentence({ code: "SCRIPT-FINDINGS", facts: { findings } }).sentence).toBe(
    "The script has errors: line 3: No. line 9: Nor that.",
  );
});
