import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { attributesInWords } from "#lib/operations/key-outcome";
import { english } from "./english";
import { attributeIn, factKey, factName } from "./fact-name";
import { wordsIn } from "./words";

const operations = path.resolve(import.meta.dirname, "../operations");
const NAMED = /\{\s*(?:name: "([^"]+)",\s*value|of: "([^"]+)", value|restored: "([^"]+)")/g;
type Read = Parameters<typeof attributesInWords>[0];
/** Every name that an operation gives a row, and everything it has compared aloud. */
const named = readdirSync(operations)
  .filter((file) => /^[a-z-]+\.ts$/.test(file))
  .flatMap((file) => [...readFileSync(path.join(operations, file), "utf8").matchAll(NAMED)])
  .map((found) => found[1] ?? found[2] ?? found[3] ?? "");

test("every row of every operation has a name in the catalogues, and in English the one its operation gives it", () => {
  expect(named.length).toBeGreaterThan(100);
  expect([...new Set(named)].filter((name) => factName(name, wordsIn("en")) !== name || !(factKey(name) in english.facts))).toEqual([]);
});

test("the catalogues name no row that no operation has", () => {
  const keys = new Set(named.map(factKey));
  expect(Object.keys(english.facts).filter((key) => !keys.has(key))).toEqual([]);
});

test("everything that can be read back of a key is said in every language", () => {
  const every = ["LOCAL", "WRAP_WITH_TRUSTED", "EXTRACTABLE", "NEVER_EXTRACTABLE", "ALWAYS_SENSITIVE", "SIGN", "VERIFY", "ENCRYPT", "DECRYPT"];
  const all = (value: boolean) => Object.fromEntries([...every, "WRAP", "UNWRAP", "DERIVE"].map((name) => [name, value]));
  const read = [true, false].flatMap((value) => attributesInWords({ attributes: all(value) } as unknown as Read));
  const texts = [...read.map(({ text }) => text), "the copy cannot be taken out"];
  expect(texts.filter((text) => attributeIn(text, wordsIn("en")) !== text || attributeIn(text, wordsIn("de")) === text)).toEqual([]);
  expect(Object.keys(english.attributes).sort()).toEqual([...new Set(texts.map(factKey))].sort());
});

test("a row is called in the reader's language, and by its own name where nobody has translated it", () => {
  expect(factName("SHA-256 of the public key", wordsIn("de"))).toBe("SHA-256 des öffentlichen Schlüssels");
  expect(factName("C_GetAttributeValue", wordsIn("de"))).toBe("C_GetAttributeValue");
});
