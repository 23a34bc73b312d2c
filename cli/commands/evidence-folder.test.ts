import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sha256Hex, utf8 } from "#lib/log/digest";
import { compareEvidence } from "#lib/record/compare-evidence";
import { filesIn } from "./evidence-folder";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "claviger-evidence-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}
const named = (name: string | null, text: string) => ({ step: "film", name, sha256: sha256Hex(utf8(text)), size: text.length });

test("files at hand are found by their hashes, whatever they are called and in whichever folder they lie", async () => {
  const folder = folderWith({ "a/renamed.mkv": "the film", "bag.jpg": "the bag", "notes.txt": "mine" });
  const check = compareEvidence(await filesIn(folder), [named("camera-1.mkv", "the film"), named("bag.jpg", "the bag")]);
  expect(check).toEqual({
    name: "evidence",
    ok: true,
    reason: "2 of 2 files that the record names are at hand, with the hashes it names. 1 other files are not named in it.",
  });
});

test("a file that is not at hand is said, and is no failure", async () => {
  const check = compareEvidence(await filesIn(folderWith({})), [named("camera-1.mkv", "the film"), named(null, "taken out")]);
  expect(check.ok).toBe(true);
  expect(check.reason).toMatch(/^0 of 2 .* Not at hand: camera-1\.mkv \([0-9a-f]{8}…\), unnamed \([0-9a-f]{8}…\)\.$/);
});

test("a file of the name in the record and another hash is not what it seems", async () => {
  const check = compareEvidence(await filesIn(folderWith({ "bag.jpg": "another bag" })), [named("bag.jpg", "the bag")]);
  expect(check.ok).toBe(false);
  expect(check.reason).toContain(`bag.jpg (SHA-256 ${sha256Hex(utf8("another bag"))})`);
});
