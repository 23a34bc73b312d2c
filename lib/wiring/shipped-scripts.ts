import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { book } from "#lib/operations/book";
import { readScript } from "#lib/script-source/read-script";

/** A script that comes with this project, to begin one's own from. */
export type ShippedScript = { readonly name: string; readonly title: string; readonly purpose: string; readonly yaml: string };

/** The app runs in the folder of its own sources, where these are files among others. */
const FOLDER = path.join(process.cwd(), "lib", "ceremony", "scripts");

let shipped: readonly ShippedScript[] | undefined;

/** Every sound script of the project, by title; read once. */
export function shippedScripts(): readonly ShippedScript[] {
  return (shipped ??= readdirSync(FOLDER)
    .filter((file) => file.endsWith(".yaml"))
    .flatMap((file) => {
      const yaml = readFileSync(path.join(FOLDER, file), "utf8");
      const read = readScript(yaml, file, book);
      return read.ok
        ? [{ name: read.value.script.script, title: read.value.script.title, purpose: read.value.script.purpose, yaml }]
        : [];
    })
    .sort((a, b) => a.title.localeCompare(b.title)));
}
