import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Script } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import { wordsIn } from "#lib/words/words";
import { readScript } from "./read-script";
import { scriptChanges } from "./script-changes";

const shipped = readFileSync(
  path.join(import.meta.dirname, "..", "ceremony", "scripts", "production-key-generation.yaml"),
  "utf8",
);

function scriptOf(yaml: string): Script {
  const read = readScript(yaml, "s.yaml", book);
  if (!read.ok) throw new Error(read.refusal[0]?.sentence);
  return read.value.script;
}

const script = scriptOf(shipped);

/** The shipped script as another edition, changed by hand: what is under test compares values, sound or not. */
function changed(change: (copy: Script) => void): string[] {
  const copy = structuredClone(script);
  copy.edition += 1;
  change(copy);
  return scriptChanges(script, copy, wordsIn("en"));
}

test("layout, comments and the edition's own number are no changes", () => {
  expect(scriptChanges(script, scriptOf(`# seen\n${shipped.replace("edition: 1", "edition: 2")}`), wordsIn("en"))).toEqual([]);
});

test("the header's members are told with what they were and what they are", () => {
  expect(changed((copy) => (copy.quorum = { approve: 4, of: 5 }))).toEqual([
    "The script’s quorum was {approve: 3, of: 5} and is {approve: 4, of: 5}.",
  ]);
});

test("a step that is new, one that is gone, and one that moved", () => {
  const first = script.acts[0]?.steps[0];
  if (!first) throw new Error("the script has a first step");
  expect(changed((copy) => copy.acts[0]?.steps.splice(1, 0, { ...first, step: "extra", title: "Extra" }))).toEqual([
    `Step “Extra” (extra) is new, after “${first.title}”.`,
  ]);
  expect(changed((copy) => copy.acts[0]?.steps.shift())).toEqual([`Step “${first.title}” (policy) is no longer there.`]);
  expect(changed((copy) => copy.acts[0]?.steps.reverse())).toHaveLength(2);
  expect(changed((copy) => copy.acts[0]?.steps.push(copy.acts[0].steps.shift() as typeof first))).toEqual([
    `Step “${first.title}” (policy) has moved, after “Video recording started”.`,
  ]);
});

test("another sentence to read aloud, and another parameter of an operation", () => {
  const jwt = (copy: Script) => copy.acts.flatMap(({ steps }) => steps).find(({ step }) => step === "jwt-key");
  const sentences = changed((copy) => {
    const step = jwt(copy);
    if (step?.kind !== "operation") throw new Error("jwt-key makes a key");
    step.say = "Otherwise.";
    step.operations[0] = { ...step.operations[0], operation: "generate-key-pair", algorithm: "RSA-2048" };
  });
  expect(sentences).toEqual([
    "Step “JWT signing key” (jwt-key): its text that is read aloud is another one.",
    "Step “JWT signing key” (jwt-key): algorithm of generate-key-pair was “RSA-4096” and is “RSA-2048”.",
  ]);
});

test("a German reader is told the same in German", () => {
  const copy = { ...script, edition: 2, quorum: { approve: 4, of: 5 } };
  expect(scriptChanges(script, copy, wordsIn("de"))).toEqual([
    "Skript, quorum: war {approve: 3, of: 5} und ist {approve: 4, of: 5}.",
  ]);
});
