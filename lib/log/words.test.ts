import { describe, expect, test } from "vitest";
import { fromHex } from "./digest";
import { bytesOfWords, hashWords } from "./words";

describe("hashWords", () => {
  // The example every description of the list gives (P. Juola 1995; the fingerprint is Philip Zimmermann's), and the ends of both columns.
  test.each([
    [
      "e58294f2e9a227486e8b061b31cc528fd7fa3f19",
      "topmost Istanbul Pluto vagabond treadmill Pacific brackish dictator goldfish Medusa afflict bravado chatter revolver Dupont midsummer stopwatch whimsical cowbell bottomless",
    ],
    ["9030e74b", "peachy commando transit disable"],
    ["0000ffff", "aardvark adroitness Zulu Yucatan"],
    ["", ""],
  ])("says %s as published", (bytes, words) => expect(hashWords(fromHex(bytes)).join(" ")).toBe(words));

  const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const column = (parity: 0 | 1) => Array.from(everyByte, (byte) => hashWords(Uint8Array.of(...(parity ? [0, byte] : [byte])))[parity]!);

  test("has a word for every byte in both columns, and no word twice, so that a swap is heard", () => {
    const words = [...column(0), ...column(1)];
    expect(words.every((word) => /^[A-Za-z]+$/.test(word))).toBe(true);
    expect(new Set(words.map((word) => word.toLowerCase())).size).toBe(512);
  });

  test("is in the order of the alphabet in each column, but for the one pair the published list has the other way round", () => {
    const outOfOrder = (words: string[]) => words.filter((word, i) => word.toLowerCase() < (words[i - 1] ?? "").toLowerCase());
    expect([outOfOrder(column(0)), outOfOrder(column(1))]).toEqual([[], ["Apollo"]]);
  });

  test("two hashes that differ in one byte differ in one word, at its place", () => {
    const one = hashWords(fromHex("ab".repeat(32)));
    const other = hashWords(fromHex("ab".repeat(20) + "ac" + "ab".repeat(11)));
    expect(one.map((word, i) => (word === other[i] ? "" : String(i))).join("")).toBe("20");
  });
});

describe("bytesOfWords", () => {
  const everyByte = Uint8Array.from({ length: 512 }, (_, i) => i >> 1);

  test("reads back what hashWords says, in any case and with numbers and commas between", () => {
    expect(bytesOfWords(hashWords(everyByte).join(" "))).toEqual(everyByte);
    expect(bytesOfWords("1. PEACHY commando,\n2. Transit disable")).toEqual(fromHex("9030e74b"));
    expect(bytesOfWords("")).toEqual(new Uint8Array());
  });

  test.each(["peachy transit disable", "commando peachy", "peachy peachy", "peachy comando", "peachy commandö"])(
    "a word left out, swapped, doubled or misspelt is none: %s",
    (typed) => expect(bytesOfWords(typed)).toBeNull(),
  );
});
