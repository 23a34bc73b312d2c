import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { testModule } from "#cli/testing/test-database";
import type { Script } from "#lib/ceremony/script";
import { book } from "#lib/operations/book";
import { unifiedDiff } from "#lib/script-source/line-diff";
import { readScript } from "#lib/script-source/read-script";
import { playScript } from "./play-script";
import { rehearsalTranscript } from "./rehearsal-transcript";

const folder = path.join(import.meta.dirname, "..", "..", "lib", "ceremony", "scripts");
const scripts = readdirSync(folder).filter((file) => file.endsWith(".yaml"));

function scriptIn(file: string): Script {
  const read = readScript(readFileSync(path.join(folder, file), "utf8"), file, book);
  if (!read.ok) throw new Error(read.refusal[0]?.sentence);
  return read.value.script;
}

describe("every script that comes with the project is performed as it was reviewed", () => {
  test.each(scripts)("%s", async (file) => {
    const reviewed = readFileSync(path.join(folder, file.replace(".yaml", ".rehearsal.md")), "utf8");
    const played = rehearsalTranscript(await playScript(scriptIn(file), testModule("softhsm")));
    expect(unifiedDiff(reviewed, played)).toBe("");
  });
});
