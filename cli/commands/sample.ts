import { readFileSync } from "node:fs";
import { sha256Hex } from "#lib/log/digest";
import { drawSample, readPopulation, seedOf, type Population } from "#lib/log/sample";
import { Unusable, readArguments, type ExitCode } from "./command";

export const SAMPLE_USAGE = `claviger sample POPULATION.json --size N --seed SEED
claviger sample POPULATION.json --size N --words WORDS --origin ORIGIN --leaves N --root ROOT

  Draws a sample of the auditor's desk again: the members with the lowest tickets, where a ticket is SHA-256 of the seed, a
  space and the member. The second form makes the seed as well, of the auditor's words and of the first checkpoint after the
  announcement, and says it.
Exit code: 0 drawn, 2 the input cannot be used.`;

const HASH = /^[0-9a-f]{64}$/;

/** `claviger sample`: what was drawn at the desk, drawn again by anybody. */
export async function sampleCommand(args: readonly string[]): Promise<ExitCode> {
  const valued = ["size", "seed", "words", "origin", "leaves", "root"] as const;
  const { values, rest } = readArguments(args, { valued, flags: [], usage: SAMPLE_USAGE });
  const [file, ...more] = rest;
  const size = Number(values.size);
  if (file === undefined || more.length > 0 || !Number.isInteger(size) || size < 1) throw new Unusable(SAMPLE_USAGE);
  const { population, hash } = populationIn(file);
  const seed = values.seed ?? seedFrom(values, hash, size);
  if (!HASH.test(seed)) throw new Unusable("--seed has 64 digits, 0 to 9 and a to f.");
  console.log(`Population ${hash}, ${String(population.members.length)} members`);
  console.log(`Seed       ${seed}`);
  for (const member of drawSample(seed, population.members, size)) console.log(member);
  return 0;
}

type Parts = Readonly<Partial<Record<"words" | "origin" | "leaves" | "root", string>>>;

function seedFrom({ words, origin, leaves, root }: Parts, population: string, size: number): string {
  if (words === undefined || origin === undefined || leaves === undefined || root === undefined) throw new Unusable(SAMPLE_USAGE);
  if (!/^[1-9][0-9]{0,15}$/.test(leaves) || !HASH.test(root)) throw new Unusable("--leaves is a number, --root 64 digits of hex.");
  return seedOf({ words: words.normalize("NFC"), checkpoint: { origin, size: Number(leaves), root }, population, size });
}

function populationIn(file: string): { readonly population: Population; readonly hash: string } {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(file));
  } catch {
    throw new Unusable(`${file} cannot be read.`);
  }
  const population = readPopulation(bytes);
  if (!population) throw new Unusable(`${file} is no population of a sample: take it from the sample's page, or out of a closed audit file.`);
  return { population, hash: sha256Hex(bytes) };
}
