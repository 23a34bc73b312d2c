import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { TYPEFACE_PACKAGES } from "./typefaces";

const ROOT = path.resolve(import.meta.dirname, "../..");
/** From here on everything is reached that the pages of a record and of an edition are made by, and the report of a pack. */
const BEGINNINGS = ["lib/pdf/drawn-record.ts", "lib/pdf/drawn-edition.ts", "lib/record/evidence-pack.ts"];

let known: string | null = null;

/**
 * What draws records here, by a name that changes with every source file that pages are made by and with every release of the drawing library
 * and of a typeface: two of one name draw the same pages. For processes that run from their sources, as worker and command line do; throws
 * where those are not there.
 */
export const rendererName = (): string => (known ??= madeName());

function madeName(): string {
  const { name, version } = packageOf("");
  const sources = new Map<string, string>();
  const packages = new Set(TYPEFACE_PACKAGES);
  for (const beginning of BEGINNINGS) reach(beginning, sources, packages);
  const parts = [
    ...[...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, text]) => `${file}\0${sha256Hex(utf8(text))}`),
    ...[...packages].sort().map((one) => `${one}\0${packageOf(path.join("node_modules", one)).version}`),
  ];
  return `${name} ${version} (${sha256Hex(utf8(parts.join("\n"))).slice(0, 16)})`;
}

const packageOf = (folder: string) => JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8")) as { name: string; version: string };

/** A file with all that it imports, ours and packages; those of tests are of no page. */
function reach(file: string, sources: Map<string, string>, packages: Set<string>): void {
  if (sources.has(file)) return;
  const text = readFileSync(path.join(ROOT, file), "utf8");
  sources.set(file, text);
  for (const [, from = ""] of text.matchAll(/^(?:import|export)\b[^"]*?from "([^"]+)"/gm)) {
    if (from.startsWith("#")) reach(`${from.slice(1)}.ts`, sources, packages);
    else if (from.startsWith(".")) reach(path.posix.join(path.posix.dirname(file), `${from}.ts`), sources, packages);
    else if (!from.startsWith("node:")) packages.add(packageNamed(from));
  }
}

function packageNamed(from: string): string {
  const [scope = "", name = ""] = from.split("/");
  const found = scope.startsWith("@") ? `${scope}/${name}` : scope;
  if (!existsSync(path.join(ROOT, "node_modules", found, "package.json"))) throw new Error(`${found} is not installed`);
  return found;
}
