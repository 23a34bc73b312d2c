/** 0: done, 1: not done (a rule or the world says no), 2: the input cannot be used, 3: good, and not what was asked for (`verify`). */
export type ExitCode = 0 | 1 | 2 | 3;
export type Command = (args: readonly string[]) => Promise<ExitCode>;

/** Wrong arguments or surroundings: said with what to do about it, exit code 2. */
export class Unusable extends Error {}

/** The work could not be done: said with what to do about it, exit code 1. */
export class NotDone extends Error {}

/** Arguments apart: `--name value` for the names in `valued`, `--name` for those in `flags`, and the rest. Refuses any other. */
export function readArguments<V extends string, F extends string>(
  args: readonly string[],
  { valued, flags, usage }: { readonly valued: readonly V[]; readonly flags: readonly F[]; readonly usage: string },
): { readonly values: Readonly<Partial<Record<V, string>>>; readonly flags: ReadonlySet<F>; readonly rest: readonly string[] } {
  const values: Partial<Record<V, string>> = {};
  const set = new Set<F>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? "";
    const name = arg.slice(2);
    if (!arg.startsWith("--")) rest.push(arg);
    else if ((flags as readonly string[]).includes(name)) set.add(name as F);
    else if ((valued as readonly string[]).includes(name)) {
      i += 1;
      const value = args[i];
      if (value === undefined) throw new Unusable(`${arg} needs a value.\n\n${usage}`);
      values[name as V] = value;
    } else throw new Unusable(`There is no option ${arg}.\n\n${usage}`);
  }
  return { values, flags: set, rest };
}

/** Hex in groups of four, as it is read aloud and printed. */
export const inFours = (hash: string): string => hash.match(/.{1,4}/g)?.join(" ") ?? "";

/** Words in lines of eight, indented. */
export const inLines = (words: readonly string[]): string =>
  Array.from({ length: Math.ceil(words.length / 8) }, (_, line) => `  ${words.slice(line * 8, line * 8 + 8).join(" ")}`).join("\n");
