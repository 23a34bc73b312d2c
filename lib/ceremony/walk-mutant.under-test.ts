import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { walk, Walked } from "./walk.under-test";
import type { WalkedWorld } from "./walked-world.under-test";

/** One way to break the rule book: in each file, the text that is there and what stands there instead. */
export type Mutant = readonly (readonly [file: string, from: string, to: string])[];

const lib = path.resolve(import.meta.dirname, "..");
const mutants = path.join(lib, "..", ".claviger", "mutants");
const wanted = (file: string) => !/(?<!under-)test\.ts$|\/scripts$/.test(file);

/** The walk over a copy of the rule book with these changes. Each text must be there exactly once, so that no mutant dies out. */
export async function walkMutant(mutant: Mutant, walked: WalkedWorld): Promise<Walked> {
  mkdirSync(mutants, { recursive: true });
  const copy = mkdtempSync(path.join(mutants, "m-"));
  try {
    for (const part of ["result.ts", "log", "ceremony"]) cpSync(path.join(lib, part), path.join(copy, part), { recursive: true, filter: wanted });
    for (const [file, from, to] of mutant) {
      const there = path.join(copy, "ceremony", file);
      const parts = readFileSync(there, "utf8").split(from);
      if (parts.length !== 2) throw new Error(`${file} has ${String(parts.length - 1)} times: ${from}`);
      writeFileSync(there, parts.join(to));
    }
    const changed = (await import(/* @vite-ignore */ path.join(copy, "ceremony", "walk.under-test.ts"))) as { walk: typeof walk };
    return await changed.walk(walked);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
