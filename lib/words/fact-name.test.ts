import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { book } from "#lib/operations/book";
import { OPERATIONS } from "#lib/operations/every-operation";
import { attributesInWords } from "#lib/operations/key-outcome";
import { english } from "./english";
import { attributeIn, factKey, factName } from "./fact-name";
import { toldIn } from "./told-in.under-test";
import { wordsIn } from "./words";

const operations = path.resolve(import.meta.dirname, "../operations");
const NAMED = /\{\s*(?:name: "([^"]+)",\s*value|of: "([^"]+)", value|restored: "([^"]+)")|worded\(\s*"([^"]+)",/g;
/** What a clone tells of itself as no other operation does. */
const COPY = "the copy cannot be taken out";
type Read = Parameters<typeof attributesInWords>[0];
const sources = readdirSync(operations)
  .filter((file) => /^[a-z-]+\.ts$/.test(file))
  .map((file) => readFileSync(path.join(operations, file), "utf8"));
/** Every name that an operation gives a row, and everything it has compared aloud. */
const named = sources.flatMap((text) => [...text.matchAll(NAMED)].map((found) => found.slice(1).find(Boolean) ?? ""));
/** Names that only one operation gives: it says itself what they are called in other languages. */
const own = OPERATIONS.flatMap(({ name, rowsIn }) => Object.keys(rowsIn?.de ?? {}).map((row) => ({ operation: name, row })));
const isOwn = (name: string) => own.some(({ row }) => row === name);

test("every row of every operation has a name in its own file or in the catalogues, and in English the one its operation gives it", () => {
  expect(named.length).toBeGreaterThan(100);
  const names = [...new Set(named)];
  expect(names.filter((name) => factName(name, wordsIn("en")) !== name || !(isOwn(name) || factKey(name) in english.facts))).toEqual([]);
});

test("the catalogues name rows that several operations have, and no others", () => {
  const said = new Set(named.filter((name) => !isOwn(name)).map(factKey));
  expect(Object.keys(english.facts).filter((key) => !said.has(key))).toEqual([]);
});

test("an operation translates no row that nobody gives", () => {
  const texts = new Set(sources.flatMap((text) => [...toldIn(text), ...[...text.matchAll(/"([^"\n]+)"(?!:)/g)].map(([, said]) => said)]));
  expect(own.filter(({ row }) => !texts.has(row))).toEqual([]);
});

test("everything that can be read back of a key is said in every language", () => {
  const every = ["LOCAL", "WRAP_WITH_TRUSTED", "EXTRACTABLE", "NEVER_EXTRACTABLE", "ALWAYS_SENSITIVE", "SIGN", "VERIFY", "ENCRYPT", "DECRYPT"];
  const all = (value: boolean) => Object.fromEntries([...every, "WRAP", "UNWRAP", "DERIVE"].map((name) => [name, value]));
  const read = [true, false].flatMap((value) => attributesInWords({ attributes: all(value) } as unknown as Read));
  const texts = read.map(({ text }) => text);
  expect(texts.filter((text) => attributeIn(text, wordsIn("en")) !== text || attributeIn(text, wordsIn("de")) === text)).toEqual([]);
  expect(Object.keys(english.attributes).sort()).toEqual([...new Set(texts.map(factKey))].sort());
  expect(attributeIn(COPY, wordsIn("de"), book.find("clone-key")?.rowsIn)).toBe("die Kopie kann nicht herausgegeben werden");
});

test("a row that one operation alone has is called as that operation says", () => {
  const rowsIn = { de: { "Pages of the toy": "Seiten des Spielzeugs" } };
  expect(factName("Pages of the toy", wordsIn("de"), rowsIn)).toBe("Seiten des Spielzeugs");
  expect(factName("Pages of the toy", wordsIn("en"), rowsIn)).toBe("Pages of the toy");
  expect(factName("constructor", wordsIn("de"), rowsIn)).toBe("constructor");
});

test("a row is called in the reader's language, and by its own name where nobody has translated it", () => {
  expect(factName("SHA-256 of the public key", wordsIn("de"))).toBe("SHA-256 des öffentlichen Schlüssels");
  expect(factName("C_GetAttributeValue", wordsIn("de"))).toBe("C_GetAttributeValue");
});
