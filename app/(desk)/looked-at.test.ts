import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

// An auditor's look is an audit event, whatever page it is at. Every page notes it, and waits for that, before it shows anything.

const DESK = import.meta.dirname;
const pages = readdirSync(DESK, { recursive: true, encoding: "utf8" }).filter((file) => path.basename(file) === "page.tsx");

/** What notes a look (lib/wiring/desk-looks.ts): at a page, at the register of keys, at a part of the auditor's desk, and by its searches. */
const NOTES = /\b(?:lookAt|lookAtRegister|noteDeskVisit|deskRecords|deskLog)\(/g;

/** What is wrong about a page's source; null where nothing is. */
function wrong(source: string): string | null {
  const body = source.slice(source.indexOf("export default async function"));
  const first = body.search(NOTES);
  if (first < 0) return "notes nobody's look";
  const shown = /\n {2}return \(\n/.exec(body)?.index ?? body.length;
  if (first > shown) return "shows itself before the look is noted";
  const lastStatement = body.slice(0, first).split(/;\n/).at(-1) ?? "";
  return /\bawait\b/.test(lastStatement) ? null : "does not wait until the look is noted";
}

describe("a page behind the sign-in", () => {
  it.each(pages)("%s notes an auditor's look before it shows anything", (file) => {
    expect(wrong(readFileSync(path.join(DESK, file), "utf8"))).toBeNull();
  });

  it.each([
    ["notes nobody's look", "export default async function Page() {\n  return (\n    <p />\n  );\n}"],
    ["shows itself before the look is noted", "export default async function Page() {\n  return (\n    <p>{await lookAt(me)}</p>\n  );\n}"],
    ["does not wait until the look is noted", "export default async function Page() {\n  void lookAt(me);\n  return (\n    <p />\n  );\n}"],
  ])("is found where it %s", (why, source) => {
    expect(wrong(source)).toBe(why);
  });

  it("is more than a few", () => expect(pages.length).toBeGreaterThan(25));
});
