import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Operation } from "#lib/operations/operation";

type Found = { readonly name: string; readonly constant: string };

const LIST = "every-operation.ts";
/** Files that read the list are not loaded: it may not be there yet, or name a file that is gone. */
const READS_LIST = /from "\.\/(?:every-operation|book)"/;

const isOperation = (value: unknown): value is Operation =>
  typeof value === "object" && value !== null && "effect" in value && "execute" in value;
const inCamelCase = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The source of lib/operations/every-operation.ts, from the files of that folder: each that exports an operation has its line, in
 * the order of their names. Throws for an operation that is not called as its file is, for then nobody would find it.
 */
export async function operationList(folder: string): Promise<string> {
  const found: Found[] = [];
  for (const file of readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name) && name !== LIST).sort()) {
    const place = path.join(folder, file);
    if (READS_LIST.test(readFileSync(place, "utf8"))) continue;
    const exported = (await import(/* @vite-ignore */ pathToFileURL(place).href)) as object;
    for (const [constant, value] of Object.entries(exported)) {
      if (!isOperation(value)) continue;
      const { name } = value;
      if (file !== `${name}.ts` || constant !== inCamelCase(name)) {
        throw new Error(`${file} exports ${constant}, the operation ${name}: the three go by one name.`);
      }
      found.push({ name, constant });
    }
  }
  return [
    "// Written by `npm run book` from the files of this folder: every operation there is, each under the name of its file.",
    'import type { Operation } from "./operation";',
    ...found.map(({ name, constant }) => `import { ${constant} } from "./${name}";`),
    "",
    "export const OPERATIONS: readonly Operation[] = [",
    ...found.map(({ constant }) => `  ${constant},`),
    "];",
    "",
  ].join("\n");
}
