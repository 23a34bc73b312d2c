import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as published from "#lib/client/published";
import { writeClientPackage } from "./client-package.mjs";

/** The package as an application has it: installed beside it, without anything else of this checkout. */
const folder = mkdtempSync(path.join(tmpdir(), "claviger-package-"));
const installed = path.join(folder, "node_modules", "claviger");
const file = (name: string) => readFileSync(path.join(installed, name), "utf8");
beforeAll(() => writeClientPackage(installed));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("exports what the checkout's claviger/client exports, and brings nothing along", () => {
  const program = 'import * as client from "claviger/client"; console.log(JSON.stringify(Object.keys(client)));';
  writeFileSync(path.join(folder, "names.mjs"), program);
  const names = JSON.parse(execFileSync(process.execPath, ["names.mjs"], { cwd: folder, encoding: "utf8" })) as string[];
  expect(names.sort()).toEqual(Object.keys(published).sort());
  const imported = [...file("client.js").matchAll(/^(?:import|export) .* from "(.*)";$/gm)].map(([, name = ""]) => name);
  expect(imported.length).toBeGreaterThan(3);
  expect(imported.filter((name) => !name.startsWith("node:"))).toEqual([]);
  expect(JSON.parse(file("package.json"))).toMatchObject({ name: "claviger", type: "module", exports: { "./client": { default: "./client.js" } } });
  expect(file("LICENSE")).toContain("Apache License");
});

test("has types that hold for a strict application, and refuse what is none", () => {
  const good = `import { ClavigerClient, ClientProblem, KeySet, provedByKey, TokenVerifier, type Issued } from "claviger/client";
import { generateKeyPairSync } from "node:crypto";
const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
export const client = new ClavigerClient({ url: "https://keys.example", proof: provedByKey("billing", privateKey) });
export const issue = (): Promise<Issued> => client.issueToken("jwt", { claims: { sub: "anna" } });
export const verifier = new TokenVerifier(new KeySet({ url: "https://keys.example" }), { issuer: "i", audience: "a" });
export const code = (fault: unknown): string | null => (fault instanceof ClientProblem ? fault.code : null);
`;
  const bad = 'import { client } from "./good.mjs";\nexport const wrong: number = client.sign("seal", "HS256", new Uint8Array());\n';
  const places = [["good.mts", good], ["bad.mts", bad]].map(([name = "", text = ""]) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  });
  const options: ts.CompilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noEmit: true, target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"] },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    ...{ typeRoots: [path.resolve(import.meta.dirname, "../node_modules/@types")], types: ["node"] },
  };
  const program = ts.createProgram(places, options);
  const flaws = (name: string) => {
    const source = program.getSourceFile(name);
    if (!source) throw new Error(`${name} is no part of it`);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ code }) => code);
  };
  expect(flaws(path.join(installed, "client.d.ts"))).toEqual([]);
  expect(flaws(places[0] ?? "")).toEqual([]);
  expect(flaws(places[1] ?? "")).toHaveLength(2);
});
