import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { holdFolder } from "./checkout.mjs";
import { needSpace } from "./disk.mjs";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "claviger-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder that a living process holds is refused, naming the process", async () => {
  const other = spawn("sleep", ["30"]);
  try {
    writeFileSync(path.join(folder, "held-by"), String(other.pid));
    expect(() => holdFolder(folder, "the demo")).toThrow(`process ${String(other.pid)}`);
  } finally {
    other.kill();
    await new Promise((resolve) => other.once("exit", resolve));
  }
  holdFolder(folder, "the demo")();
});

test("a holder that was killed holds nothing", () => {
  writeFileSync(path.join(folder, "held-by"), "999999999");
  const release = holdFolder(folder, "the demo");
  expect(readFileSync(path.join(folder, "held-by"), "utf8")).toBe(String(process.pid));
  release();
});

test("work that would fill the disk is refused before it begins", () => {
  expect(() => needSpace(path.join(folder, "not", "there", "yet"), 1e12, "a new database")).toThrow(
    /not enough disk space for a new database/,
  );
  needSpace(folder, 0, "nothing");
});
