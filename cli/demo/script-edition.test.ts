import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { book } from "#lib/operations/book";
import { readScript } from "#lib/script-source/read-script";
import { scriptEdition } from "./script-edition";

const yaml = readFileSync(path.resolve("lib/ceremony/scripts/production-key-generation.yaml"), "utf8");
const labelsOf = (text: string) => [...new Set([...text.matchAll(/label: (\S+)/g)].map(([, label]) => label))];

test("the first edition is the script as it was reviewed", () => {
  expect(scriptEdition(yaml, 1)).toBe(yaml);
});

test("a later edition is a sound script that shares no key label with the one before", () => {
  const later = scriptEdition(yaml, 3);
  expect(readScript(later, "later.yaml", book)).toMatchObject({ ok: true, value: { script: { edition: 3 } } });
  expect(labelsOf(later)).toEqual(labelsOf(yaml).map((label) => `${label}-3`));
});
