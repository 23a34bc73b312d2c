import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { BAD_INPUT, goodScript as good, remedyOf, type BadInput } from "#lib/script-source/bad-input.under-test";
import { Unusable } from "./command";
import { scriptCommand } from "./script";

const shipped = path.join(import.meta.dirname, "..", "..", "lib", "ceremony", "scripts", "production-key-generation.yaml");

let folder: string;
let said: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-script-"));
  said = "";
  vi.spyOn(console, "log").mockImplementation((text: string) => {
    said += `${text}\n`;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Lints the text as a file and answers the exit code: in under a second of work, and nothing is written anywhere. */
async function lint(text: string | Uint8Array, ...options: string[]): Promise<number> {
  const file = path.join(folder, "script.yaml");
  writeFileSync(file, text);
  const before = process.cpuUsage();
  const code = await scriptCommand(["lint", file, ...options]);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1000);
  expect(readdirSync(folder)).toEqual(["script.yaml"]);
  return code;
}

test("a finding says where it is, how grave, by which code, what, why, and what to do", async () => {
  expect(await lint(good.replace("{ approve: 3, of: 5 }", "{ approve: 5, of: 5 }"))).toBe(1);
  expect(said).toMatch(/script\.yaml:27:9 {2}warning {2}QUORUM-ALL\n {2}All 5 custodians have to agree; .*\n {2}Why: .*\n {2}Do: {2}.*\n/);
  expect(said).toMatch(/\d+ errors?, \d+ warnings?, \d+ of advice\.\nSHA-256 [0-9a-f]{64}\n$/);
});

test("advice alone leaves the exit code at 0", async () => {
  expect(await lint(good)).toBe(0);
  expect(said).toMatch(/ {2}advice {2}/);
  expect(said).toContain("0 errors, 0 warnings, ");
});

test("JSON holds the same for every file, and a program can read it", async () => {
  await lint(good, "--json");
  const { files } = JSON.parse(said) as { files: { file: string; hash: string; findings: Record<string, unknown>[] }[] };
  expect(files[0]?.file).toBe(path.join(folder, "script.yaml"));
  expect(files[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(files[0]?.findings[0]).toEqual({
    line: expect.any(Number) as number,
    column: expect.any(Number) as number,
    code: expect.any(String) as string,
    severity: expect.any(String) as string,
    sentence: expect.any(String) as string,
    why: expect.any(String) as string,
    remedy: expect.any(String) as string,
  });
});

test("the profile that is asked for stands in for the script's own", async () => {
  await lint(good, "--profile", "aws-cloudhsm");
  expect(said).toContain("PROVIDER-IV");
  said = "";
  await lint(good, "--profile", "softhsm2");
  expect(said).not.toContain("PROVIDER-IV");
});

test.each<BadInput>([
  ...BAD_INPUT,
  ["a title with letters that only look Latin", good.replace("title: JWT signing key", "title: JWT sign\u0456ng key"), "TEXT-MIXED"],
  ["two labels that look alike", good.replaceAll("session-encryption-2026-11", "api-encryption-2o26-ii"), "LABEL-ALIKE"],
])("%s comes to a clear finding and its remedy, fast, and nothing is stored", async (_what, text, code) => {
  expect(await lint(text)).toBe(1);
  expect(said).toMatch(new RegExp(`script\\.yaml:\\d+:\\d+ {2}(?:error|warning) {2}${code}\n`));
  expect(said).toContain(`  Do:  ${remedyOf(code)}`);
  expect(said).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
});

test.each<[string, () => string[], string]>([
  ["a file that is not there", () => [path.join(folder, "absent.yaml")], "cannot be read (ENOENT). Nothing was done."],
  ["a folder", () => [folder], "is not a file. Nothing was done."],
  ["a device without end", () => ["/dev/zero"], "is not a file. Nothing was done."],
  ["no file", () => [], "claviger script lint FILE"],
  ["a profile nobody knows", () => [shipped, "--profile", "toaster"], "There is no profile toaster; there are softhsm2,"],
  ["an option nobody knows", () => [shipped, "--fix"], "There is no option --fix."],
])("%s cannot be linted", async (_what, args, sentence) => {
  await expect(scriptCommand(["lint", ...args()])).rejects.toThrow(Unusable);
  await expect(scriptCommand(["lint", ...args()])).rejects.toThrow(sentence);
  expect(said).toBe("");
});

test("what is no text cannot be linted", async () => {
  await expect(lint(new Uint8Array([0xff, 0xfe, 0x00]))).rejects.toThrow("is not text in UTF-8");
  await expect(scriptCommand(["bake"])).rejects.toThrow(Unusable);
});

test("the command line says so with exit code 2, and with 1 for findings", () => {
  const run = (...args: string[]) => {
    try {
      execFileSync(process.execPath, [path.join(import.meta.dirname, "..", "claviger.mjs"), "script", "lint", ...args], { stdio: "pipe" });
      return 0;
    } catch (fault) {
      return (fault as { status: number }).status;
    }
  };
  writeFileSync(path.join(folder, "s.yaml"), "script: x\n");
  expect(run(path.join(folder, "s.yaml"))).toBe(1);
  expect(run(path.join(folder, "absent.yaml"))).toBe(2);
});
