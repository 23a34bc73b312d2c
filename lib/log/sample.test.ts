import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { utf8 } from "./digest";
import { drawSample, populationBytes, readPopulation, seedOf, ticketOf, wordsCommitment, type SampleSeed } from "./sample";

const seed: SampleSeed = {
  words: "seven herons at noon",
  checkpoint: { origin: "example.org/log", size: 12, root: "ab".repeat(32) },
  population: "cd".repeat(32),
  size: 2,
};
const members = Array.from({ length: 20 }, (_, i) => `c-${String(i)}`);

test("a ticket is SHA-256 of seed and member, as any other program reckons it", () => {
  expect(ticketOf("s", "c-1")).toBe(createHash("sha256").update("s c-1").digest("hex"));
});

test("the same seed draws the same members whatever the order of the list, and never one twice", () => {
  const drawn = drawSample(seedOf(seed), members, 5);
  expect(drawSample(seedOf(seed), [...members].reverse(), 5)).toEqual(drawn);
  expect(new Set(drawn).size).toBe(5);
  expect(drawSample(seedOf(seed), members, 50)).toHaveLength(20);
});

test.each([
  ["the words", { words: "eight herons at noon" }],
  ["the root", { checkpoint: { ...seed.checkpoint, root: "ac".repeat(32) } }],
  ["the size of the log", { checkpoint: { ...seed.checkpoint, size: 13 } }],
  ["the population", { population: "ce".repeat(32) }],
  ["the size of the sample", { size: 3 }],
])("%s changes the seed", (_, change) => {
  expect(seedOf({ ...seed, ...change })).not.toBe(seedOf(seed));
});

test("every member is drawn about as often as any other", () => {
  const counts = new Map(members.map((member) => [member, 0]));
  const rounds = 2_000;
  for (let i = 0; i < rounds; i++)
    for (const one of drawSample(seedOf({ ...seed, words: String(i) }), members, 5)) counts.set(one, (counts.get(one) ?? 0) + 1);
  const expected = (rounds * 5) / members.length;
  const chi = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 19 degrees of freedom: beyond 43.8 once in a thousand; these rounds are the same each time.
  expect(chi).toBeLessThan(43.8);
});

test("a population is sorted and has each member once; bytes that are none are null", () => {
  const bytes = populationBytes({ of: "records", filter: { person: "olga" }, at: "2026-11-22T10:00:00.000Z", members: ["b", "a", "b"] });
  expect(readPopulation(bytes)?.members).toEqual(["a", "b"]);
  expect(readPopulation(utf8("{}"))).toBeNull();
  expect(readPopulation(utf8(new TextDecoder().decode(bytes).replace('["a","b"]', '["b","a"]')))).toBeNull();
});

test("words are committed to without being told", () => {
  expect(wordsCommitment("a")).toMatch(/^[0-9a-f]{64}$/);
  expect(wordsCommitment("a")).not.toBe(wordsCommitment("b"));
});
