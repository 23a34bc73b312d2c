import { expect, test } from "vitest";
import { sentenceOf, type Told } from "#lib/ceremony/told";
import { book } from "#lib/operations/book";
import { OPERATIONS } from "#lib/operations/every-operation";
import { KEY_USES } from "#lib/operations/key-order";
import { KEY_PAIR_ALGORITHMS, SECRET_KEY_ALGORITHMS } from "#lib/token/algorithm";
import { PROFILES } from "#lib/token/profile";
import { valueIn } from "./fact-name";
import { GERMAN_OPERATIONS } from "./german-operations";
import { lintText } from "./lint-text";
import { toldInFolder } from "./told-in.under-test";
import { wordsIn } from "./words";

const own = new Set(OPERATIONS.flatMap(({ rowsIn }) => Object.keys(rowsIn?.de ?? {})));
const told = toldInFolder("operations");
const warnings = Object.values(PROFILES).flatMap((profile) => profile.warnings);

/** Every text of a sentence, those of its parts too. */
const textsOf = ({ text, values }: Told): string[] => [text, ...values.flatMap((value) => (typeof value === "string" ? [] : textsOf(value)))];

/** What is wrong with any order of a key that names uses and marks which there are: its sentences' texts. */
function unsoundOrders(): Set<string> {
  const found = new Set<string>();
  const subsets = KEY_USES.reduce<string[][]>((all, use) => [...all, ...all.map((one) => [...one, use])], [[]]);
  const kinds = [["generate-key-pair", KEY_PAIR_ALGORITHMS], ["generate-secret-key", SECRET_KEY_ALGORITHMS]] as const;
  for (const [operation, algorithms] of kinds)
    for (const algorithm of algorithms)
      for (const usage of subsets)
        for (const extractable of [true, false]) {
          const request = { operation, label: "k", algorithm, usage, extractable, wrapWithTrusted: !extractable };
          for (const said of book.find(operation)?.problems(request) ?? []) for (const text of textsOf(said)) found.add(text);
        }
  return found;
}

test("everything that operations tell stands in German: in their own files or in the catalogue, and nothing else does there", () => {
  const orders = [...unsoundOrders()].filter((text) => !told.includes(text));
  expect(orders.length).toBeGreaterThan(1);
  expect([...told, ...warnings].filter((text) => !own.has(text) && !Object.hasOwn(GERMAN_OPERATIONS, text))).toEqual([]);
  expect(orders.filter((text) => !Object.hasOwn(GERMAN_OPERATIONS, text))).toEqual([]);
  const known = new Set([...told, ...warnings, ...orders]);
  expect(Object.keys(GERMAN_OPERATIONS).filter((text) => !known.has(text))).toEqual([]);
});

test("both languages speak of the same things", () => {
  const places = (text: string) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort().join();
  const rows = OPERATIONS.flatMap(({ rowsIn }) => Object.entries(rowsIn?.de ?? {}));
  const differing = [...Object.entries(GERMAN_OPERATIONS), ...rows].filter(([english, german]) => places(english) !== places(german));
  expect(differing).toEqual([]);
});

test("why a parameter is not taken is said in German, with the script's own words as they are", () => {
  const request = { operation: "generate-key-pair", label: "k", algorithm: "EC-P256", usage: ["encrypt"], extractable: false, strange: 1 };
  const problems = book.find("generate-key-pair")?.problems(request) ?? [];
  expect(problems.map((said) => sentenceOf(said, lintText("de")))).toEqual(["generate-key-pair hat keinen Parameter strange."]);
});

test("a value that is words is said in the reader's language, by the operation's own words first", () => {
  const said: Told = { text: "{0} and {1}", values: [{ text: "sign", values: [] }, "CKM_AES_GCM"] };
  expect(valueIn(said, wordsIn("de"))).toBe("signieren und CKM_AES_GCM");
  expect(valueIn(said, wordsIn("de"), { de: { sign: "unterschreiben" } })).toBe("unterschreiben und CKM_AES_GCM");
  expect(valueIn(said, wordsIn("en"), { de: { sign: "unterschreiben" } })).toBe("sign and CKM_AES_GCM");
});
