import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

// The start scripts in a checkout to which less was done than they need.

let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), "claviger-checkout-"));
  for (const folder of ["start", "setup"]) {
    cpSync(path.resolve(import.meta.dirname, "..", folder), path.join(checkout, "cli", folder), { recursive: true });
  }
});
afterEach(() => rmSync(checkout, { recursive: true }));

function start(script: string): { readonly code: number | null; readonly said: string } {
  const { status, stderr, stdout } = spawnSync(process.execPath, [path.join(checkout, "cli", "start", script)], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, NODE_ENV: "test" },
  });
  return { code: status, said: stdout + stderr };
}

test.each(["app.mjs", "worker.mjs", "build.mjs", "migrate.mjs"])("%s names the packages that are missing", (script) => {
  expect(start(script)).toEqual({ code: 1, said: expect.stringMatching(/packages are not installed[^]*npm ci/) as string });
});

test("worker.mjs names the database client that is missing, and app.mjs the build", () => {
  mkdirSync(path.join(checkout, "node_modules"));
  expect(start("worker.mjs")).toEqual({ code: 1, said: expect.stringMatching(/database client was not made[^]*npm ci/) as string });
  expect(start("app.mjs")).toEqual({ code: 1, said: expect.stringMatching(/is not built[^]*npm run build/) as string });
});

test("migrate.mjs names the address that is missing", () => {
  mkdirSync(path.join(checkout, "node_modules"));
  expect(start("migrate.mjs")).toEqual({ code: 1, said: expect.stringContaining("MIGRATE_DATABASE_URL is not set") as string });
});
