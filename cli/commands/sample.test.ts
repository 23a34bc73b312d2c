import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sha256Hex } from "#lib/log/digest";
import { drawSample, populationBytes, seedOf } from "#lib/log/sample";
import { Unusable } from "./command";
import { sampleCommand } from "./sample";

const members = ["c-1", "c-2", "c-3", "c-4", "c-5"];
const bytes = populationBytes({ of: "records", filter: {}, at: "2026-11-23T10:00:00.000Z", members });
const checkpoint = { origin: "example.org/log", size: 12, root: "ab".repeat(32) };
const seed = seedOf({ words: "seven herons", checkpoint, population: sha256Hex(bytes), size: 2 });
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-sample-"));
  file = path.join(folder, "population.json");
  writeFileSync(file, bytes);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function said(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => lines.push(line));
  try {
    expect(await sampleCommand([file, "--size", "2", ...args])).toBe(0);
  } finally {
    log.mockRestore();
  }
  return lines;
}

test("draws again what the desk drew, from the printed seed and from what it was made of", async () => {
  const bySeed = await said("--seed", seed);
  expect(bySeed.slice(2)).toEqual(drawSample(seed, members, 2));
  const { origin, size, root } = checkpoint;
  expect(await said("--words", "seven herons", "--origin", origin, "--leaves", String(size), "--root", root)).toEqual(bySeed);
});

test.each([
  ["no seed", []],
  ["a seed that is none", ["--seed", "abc"]],
  ["words without a checkpoint", ["--words", "a"]],
  ["a root that is none", ["--words", "a", "--origin", "o", "--leaves", "1", "--root", "abc"]],
])("says how it is used: %s", async (_, args) => {
  await expect(sampleCommand([file, "--size", "2", ...args])).rejects.toThrow(Unusable);
});

test("refuses a file that is no population, or not in its one form", async () => {
  writeFileSync(path.join(folder, "other.json"), `${new TextDecoder().decode(bytes)}\n`);
  await expect(sampleCommand([path.join(folder, "other.json"), "--size", "1", "--seed", seed])).rejects.toThrow(/no population/);
});
