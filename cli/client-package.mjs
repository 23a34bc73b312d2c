// npm run client -- FOLDER: the package that applications install to import `claviger/client`.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import ts from "typescript";
import { checkout } from "./setup/checkout.mjs";

const SOURCE = "lib/client/published.ts";

/**
 * Writes the package into a folder: one file of ESM with everything of ours in it and nothing else, one of its types, a package.json whose
 * exports are what this checkout's are, and the licence. The same bytes from the same sources.
 * @param {string} folder
 */
export async function writeClientPackage(folder) {
  mkdirSync(folder, { recursive: true });
  const { version, license, engines } = JSON.parse(readFileSync(path.join(checkout, "package.json"), "utf8"));
  await build({
    absWorkingDir: checkout,
    entryPoints: [SOURCE],
    outfile: path.join(folder, "client.js"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    charset: "utf8",
    logLevel: "error",
  });
  writeFileSync(path.join(folder, "client.d.ts"), declarations(path.join(checkout, SOURCE)));
  copyFileSync(path.join(checkout, "LICENSE"), path.join(folder, "LICENSE"));
  const described = {
    name: "claviger",
    version,
    description: "Asks the key process of Claviger: signatures, tokens, encryption, data keys.",
    license,
    type: "module",
    engines,
    exports: { "./client": { types: "./client.d.ts", default: "./client.js" } },
  };
  writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(described, null, 2)}\n`);
}

/**
 * The types of everything that a file exports from others, as one file: declarations of all of them, and only what it names exported.
 * @param {string} entry
 */
function declarations(entry) {
  const read = ts.readConfigFile(path.join(checkout, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(read.config.compilerOptions, checkout);
  const program = ts.createProgram([entry], { ...options, noEmit: false, incremental: false, declaration: true, emitDeclarationOnly: true, plugins: [] });
  /** @type {Map<string, string>} */
  const emitted = new Map();
  program.emit(undefined, (file, text) => void emitted.set(file, text), undefined, true);
  /** @type {Set<string>} */
  const imports = new Set();
  /** @type {string[]} */
  const declared = [];
  /** @type {string[]} */
  const names = [];
  for (const [file, text] of emitted) {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
    for (const statement of source.statements) {
      if (ts.isImportDeclaration(statement)) {
        if (!/** @type {ts.StringLiteral} */ (statement.moduleSpecifier).text.startsWith(".")) imports.add(statement.getText());
      } else if (ts.isExportDeclaration(statement)) {
        if (!file.endsWith("/published.d.ts")) continue;
        const { exportClause, isTypeOnly } = statement;
        if (!exportClause || !ts.isNamedExports(exportClause)) throw new Error("every export is named");
        names.push(...exportClause.elements.map((one) => `${isTypeOnly || one.isTypeOnly ? "type " : ""}${one.name.text}`));
      } else {
        declared.push(statement.getFullText().trim().replace(/^export (?=(?:declare|interface|type|abstract)\b)/m, ""));
      }
    }
  }
  return `${[...imports].sort().join("\n")}\n\n${declared.join("\n")}\n\nexport { ${names.sort().join(", ")} };\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) {
    process.stderr.write("npm run client -- FOLDER: where the package is written\n");
    process.exit(2);
  }
  await writeClientPackage(folder);
}
