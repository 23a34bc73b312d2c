import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sha256Base64, singleFile } from "./bundle.mjs";
import { makeSecondScreen, SINGLE_FILE, writeSecondScreen } from "./second-screen.mjs";

type Made = Awaited<ReturnType<typeof makeSecondScreen>>;
let made: Made;
const folder = mkdtempSync(path.join(tmpdir(), "claviger-second-screen-"));

beforeAll(async () => {
  made = await makeSecondScreen();
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("the same sources make the same bytes, so that anybody can make the hash that the page says of itself", async () => {
  expect(await makeSecondScreen()).toEqual(made);
});

test("the worker pins every other file by its hash, and its own hash is the build's", () => {
  const { "offline-worker.js": worker = "", ...others } = made.files;
  for (const [name, text] of Object.entries(others)) {
    expect(worker).toContain(name);
    expect(worker).toContain(sha256Base64(text));
  }
  expect(made.hash).toBe(createHash("sha256").update(worker).digest("hex"));
});

test("the page loads its own files and nothing else, and has no script or style inside", () => {
  const page = made.files["index.html"] ?? "";
  const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name);
  expect(loaded.every((name) => Object.hasOwn(made.files, name ?? ""))).toBe(true);
  expect(page).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)/);
});

test("nothing in it evaluates text, talks to a network but for its own files, or was written for a framework", () => {
  const { "main.js": script = "", "offline-worker.js": worker = "" } = made.files;
  expect(script).not.toMatch(/XMLHttpRequest|WebSocket|EventSource|sendBeacon|innerHTML|document\.write/);
  expect(script.match(/\bfetch\(/g)).toHaveLength(1);
  expect(worker.match(/\bfetch\(/g)).toHaveLength(1);
});

test("what is written is what was made, and what lay there before is gone", async () => {
  const { hash, single } = await writeSecondScreen(folder);
  expect(hash).toBe(made.hash);
  expect(readdirSync(folder).sort()).toEqual([...Object.keys(made.files), SINGLE_FILE].sort());
  expect(createHash("sha256").update(readFileSync(path.join(folder, SINGLE_FILE))).digest("hex")).toBe(single);
});

test("the single file allows its own script and style by their hashes, and no others", () => {
  const policy = /content="([^"]+)"/.exec(made.single)?.[1] ?? "";
  const [script, style] = [made.files["main.js"] ?? "", made.files["style.css"] ?? ""];
  expect(policy).toContain(`script-src 'sha256-${sha256Base64(script)}'`);
  expect(policy).toContain(`style-src 'sha256-${sha256Base64(style)}'`);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(made.single).toContain(`<script type="module">${script}</script>`);
});

test("a script that holds the end of one is not put into a page", () => {
  const page = { lang: "en", title: "", body: "", style: "" };
  expect(() => singleFile({ ...page, script: 'const a = "</script>";' })).toThrow("end of one");
  expect(() => singleFile({ ...page, script: 'const a = "<!--";' })).toThrow("end of one");
});
